import { decimalSteps } from './decimal.js';
import { toJson, type MapNode, type Node } from './nodes.js';
import type { Problems } from './problems.js';
import {
  nameOf,
  readFields,
  readNumber,
  readSomeItems,
  reportDuplicates,
  reportType,
  type ReadValue,
} from './readers.js';

/** The most values one axis may have. */
export const MOST_AXIS_VALUES = 10_000;

/** Reads `[a, b, c]`, `{ from, to, step }` or `{ from, to, factor }`; ranges include both ends where a step lands on them. */
export function readAxis(node: Node, problems: Problems): readonly ReadValue[] {
  if (node.kind === 'map') return readRange(node, problems).map((value) => ({ value, node }));
  if (node.kind === 'scalar') {
    const hint = node.value === null ? undefined : 'Write a single value under options, or as a list of one.';
    reportType(node, 'a list of values, or a range { from, to, step } or { from, to, factor }', problems, hint);
    return [];
  }
  const values = readSomeItems(node, problems).map((item) => ({ value: toJson(item), node: item }));
  if (values.length > MOST_AXIS_VALUES) reportRange(node, `holds ${String(values.length)} values`, TOO_MANY, problems);
  reportDuplicates(values, problems);
  return values;
}

const RANGE_KEYS = { required: ['from', 'to'], optional: ['step', 'factor'] } as const;
const TOO_MANY = `at most ${String(MOST_AXIS_VALUES)} values on an axis`;

function readRange(node: MapNode, problems: Problems): readonly number[] {
  const fields = readFields(node, RANGE_KEYS, problems);
  const from = readNumber(fields.from, problems);
  const to = readNumber(fields.to, problems);
  const step = readNumber(fields.step, problems);
  const factor = readNumber(fields.factor, problems);
  if ((fields.step === undefined) === (fields.factor === undefined)) {
    const has = fields.step === undefined ? 'has neither step nor factor' : 'has both step and factor';
    reportRange(node, has, 'one of them', problems);
    return [];
  }
  if (from === undefined || to === undefined || (step ?? factor) === undefined) return [];
  if (fields.to && from > to) {
    reportRange(fields.to, `is ${String(to)}, below from: ${String(from)}`, `at least ${String(from)}`, problems);
    return [];
  }
  const values =
    step === undefined ? factors(fields, from, to, factor ?? 0, problems) : steps(fields, from, to, step, problems);
  if (values.length > MOST_AXIS_VALUES)
    reportRange(node, `holds more than ${String(MOST_AXIS_VALUES)} values`, TOO_MANY, problems);
  return values.slice(0, MOST_AXIS_VALUES);
}

type RangeFields = { readonly [K in 'from' | 'step' | 'factor']?: Node };

function steps(fields: RangeFields, from: number, to: number, step: number, problems: Problems): number[] {
  if (step > 0) return decimalSteps(from, to, step, MOST_AXIS_VALUES);
  if (fields.step) reportRange(fields.step, `is ${String(step)}`, 'a number greater than 0', problems);
  return [];
}

function factors(fields: RangeFields, from: number, to: number, factor: number, problems: Problems): number[] {
  if (fields.factor && factor <= 1)
    reportRange(fields.factor, `is ${String(factor)}`, 'a number greater than 1', problems);
  if (fields.from && from <= 0) {
    reportRange(fields.from, `is ${String(from)}, which no factor can raise`, 'a number greater than 0', problems);
  }
  if (factor <= 1 || from <= 0) return [];
  const values: number[] = [];
  for (let i = 0; values.length <= MOST_AXIS_VALUES; i++) {
    const value = roundOff(from * factor ** i);
    if (value > to) break;
    values.push(value);
  }
  return values;
}

/** Drops what repeated multiplication adds in the last digits; whole numbers are exact already. */
function roundOff(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
}

function reportRange(node: Node, wrong: string, expected: string, problems: Problems): void {
  problems.add(node, { code: 'ARCHON_SWEEP_BAD_RANGE', message: `${nameOf(node, problems)} ${wrong}`, expected });
}
