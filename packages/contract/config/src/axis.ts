import { countUpTo, listValues, type AxisRange, type AxisValues } from '@archon-dse/core';
import { MOST_AXIS_VALUES, MOST_RANGE_VALUES } from './grammar-parts.js';
import { itemsOf, numberOf, toJson, valueAt, type MapNode, type Node } from './nodes.js';
import type { Problems } from './problems.js';
import { nameOf, reportDuplicates, type ReadValue } from './report.js';

/** The values of an axis, and those of them to check with where they stand: of a long range the first and the last. */
export interface ReadAxis {
  readonly values: AxisValues;
  readonly checked: readonly ReadValue[];
}

/**
 * The values of `[a, b, c]`, `{ values: [a, b, c] }`, `{ from, to, step }` or `{ from, to, factor }`; ranges include both ends where a step
 * lands on them.
 *
 * @param isSearched - whether ranges stay ranges, which may then be long
 */
export function readAxis(node: Node, problems: Problems, isSearched = false): ReadAxis {
  const list = valueAt(node, 'values');
  if (node.kind === 'map' && list === undefined) return readRange(node, problems, isSearched);
  const values = itemsOf(list ?? node).map((item) => ({ value: toJson(item), node: item }));
  reportDuplicates(values, problems);
  return { values: values.map(({ value }) => value), checked: values };
}

function readRange(node: MapNode, problems: Problems, isSearched: boolean): ReadAxis {
  const range = rangeOf(node, problems, isSearched ? MOST_RANGE_VALUES : MOST_AXIS_VALUES);
  if (range === undefined) return { values: [], checked: [] };
  const first = listValues(range, MOST_AXIS_VALUES);
  const last = { ...range, from: lastOf(range), count: 1 };
  const values = range.count > first.length ? [...first, ...listValues(last)] : first;
  return { values: isSearched ? range : first, checked: values.map((value) => ({ value, node })) };
}

function lastOf(range: AxisRange): number {
  const index = range.count - 1;
  return 'step' in range ? range.from + index * range.step : range.from * range.factor ** index;
}

function rangeOf(node: MapNode, problems: Problems, most: number): AxisRange | undefined {
  const refuse = (at: Node | undefined, wrong: string, expected: string): undefined => {
    const place = at ?? node;
    problems.add(place, { code: 'ARCHON_SWEEP_BAD_RANGE', message: `${nameOf(place, problems)} ${wrong}`, expected });
  };
  const nodes = ['from', 'to', 'step', 'factor'].map((key) => valueAt(node, key));
  const [fromNode, toNode, stepNode, factorNode] = nodes;
  if (stepNode && factorNode) return refuse(node, 'has both step and factor', 'one of them');
  if (!stepNode && !factorNode) return refuse(node, 'has neither step nor factor', 'one of them');
  if (!problems.isSound(node)) return undefined;

  const [from = 0, to = 0, step, factor = 0] = nodes.map(numberOf);
  if (from > to) return refuse(toNode, `is ${String(to)}, below from: ${String(from)}`, `at least ${String(from)}`);
  if (step === undefined && from <= 0)
    return refuse(fromNode, `is ${String(from)}, which no factor can raise`, 'a number greater than 0');
  const steps = step === undefined ? { from, factor } : { from, step };
  const count = countUpTo(steps, to, most);
  if (count <= most) return { ...steps, count };
  return refuse(node, `holds more than ${String(most)} values`, `at most ${String(most)} values on an axis`);
}
