import { decimalSteps } from './decimal.js';
import { MOST_AXIS_VALUES } from './grammar-parts.js';
import { itemsOf, numberOf, toJson, valueAt, type MapNode, type Node } from './nodes.js';
import type { Problems } from './problems.js';
import { nameOf, reportDuplicates, type ReadValue } from './report.js';

/** The values of `[a, b, c]`, `{ from, to, step }` or `{ from, to, factor }`; ranges include both ends where a step lands on them. */
export function readAxis(node: Node, problems: Problems): readonly ReadValue[] {
  if (node.kind === 'map') return readRange(node, problems).map((value) => ({ value, node }));
  const values = itemsOf(node).map((item) => ({ value: toJson(item), node: item }));
  reportDuplicates(values, problems);
  return values;
}

function readRange(node: MapNode, problems: Problems): readonly number[] {
  const refuse = (at: Node | undefined, wrong: string, expected: string): [] => {
    const place = at ?? node;
    problems.add(place, { code: 'ARCHON_SWEEP_BAD_RANGE', message: `${nameOf(place, problems)} ${wrong}`, expected });
    return [];
  };
  const nodes = ['from', 'to', 'step', 'factor'].map((key) => valueAt(node, key));
  const [fromNode, toNode, stepNode, factorNode] = nodes;
  if (stepNode && factorNode) return refuse(node, 'has both step and factor', 'one of them');
  if (!stepNode && !factorNode) return refuse(node, 'has neither step nor factor', 'one of them');
  if (!problems.isSound(node)) return [];

  const [from = 0, to = 0, step, factor = 0] = nodes.map(numberOf);
  if (from > to) return refuse(toNode, `is ${String(to)}, below from: ${String(from)}`, `at least ${String(from)}`);
  if (step === undefined && from <= 0)
    return refuse(fromNode, `is ${String(from)}, which no factor can raise`, 'a number greater than 0');
  const values = step === undefined ? factors(from, to, factor) : decimalSteps(from, to, step, MOST_AXIS_VALUES);
  if (values.length <= MOST_AXIS_VALUES) return values;
  const most = `${String(MOST_AXIS_VALUES)} values`;
  return refuse(node, `holds more than ${most}`, `at most ${most} on an axis`);
}

/** `from`, `from * factor`, ... up to and including `to`; stops with one value more than an axis may have. */
function factors(from: number, to: number, factor: number): number[] {
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
