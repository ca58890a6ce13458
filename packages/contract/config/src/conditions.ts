import {
  completeValue,
  hintOf,
  placeOf,
  quote,
  schemaAtPath,
  type AxisValues,
  type ContributionMeta,
  type JsonValue,
} from '@archon-dse/core';
import { entriesOf, toJson, type Node } from './nodes.js';
import type { Problems } from './problems.js';

/** With which values of which options an axis exists. */
export type Conditions = Readonly<Record<string, readonly JsonValue[]>>;

/**
 * The `when` of an axis: for each option the value, or the list of values, with which there is the axis.
 *
 * @param earlier - the axes before this one; only they can decide
 */
export function readConditions(
  node: Node | undefined,
  meta: ContributionMeta,
  earlier: ReadonlyMap<string, AxisValues>,
  problems: Problems,
): Conditions {
  const conditions = entriesOf(node).map(([option, { key, value }]): [string, readonly JsonValue[]] => {
    const values = earlier.get(option);
    if (values === undefined) {
      problems.add(key, {
        code: 'ARCHON_SWEEP_BAD_VALUE',
        message: `${key.path} names ${quote(option)}, which is no axis of this entry before this one`,
        expected: earlier.size === 0 ? 'an axis listed before it' : `one of: ${[...earlier.keys()].join(', ')}`,
        ...hintOf(option, [...earlier.keys()]),
      });
      return [option, []];
    }
    const schema = schemaAtPath(meta.options, option) ?? { type: 'object', description: '' };
    const wanted = value.kind === 'list' ? value.items : [value];
    return [option, wanted.map((one) => readWanted(one, option, completeValue(schema, toJson(one)), values, problems))];
  });
  return Object.fromEntries(conditions);
}

function readWanted(node: Node, option: string, value: JsonValue, values: AxisValues, problems: Problems): JsonValue {
  if (placeOf(values, value) >= 0 || (Array.isArray(values) && values.length === 0)) return value;
  problems.add(node, {
    code: 'ARCHON_SWEEP_BAD_VALUE',
    message: `${node.path} is ${quote(value)}, which is no value of the axis ${option}`,
    expected: Array.isArray(values) ? `one of: ${values.map(quote).join(', ')}` : 'a value of its range',
    ...(Array.isArray(values) && typeof value === 'string' ? hintOf(value, values.map(String)) : {}),
  });
  return value;
}
