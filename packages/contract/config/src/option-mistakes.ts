import { canonicalJson, type JsonValue } from '@archon-dse/core';
import { readAxis } from './axis.js';
import { pathTo, type Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';
import { readYaml } from './yaml-nodes.js';

/** A value of an option that is wrong for more than its schema, or an entry that is whatever its options. */
export interface OptionMistake {
  /** Steps to the entry in the sweep, e.g. `['accelerators', 0]`. */
  readonly entry: readonly (string | number)[];
  /** Its name, or the path of a member of one. */
  readonly option?: string;
  readonly value?: JsonValue;
  readonly problem: Problem;
}

/**
 * Points at mistakes in the text of a sweep that `parseSweep` has read.
 *
 * @throws ArchonError with a located diagnostic for each mistake, when there are any
 */
export function throwMistakes(text: string, file: string, mistakes: readonly OptionMistake[]): void {
  if (mistakes.length === 0) return;
  const { root, problems } = readYaml(text, file);
  for (const mistake of mistakes) problems.add(placeOf(mistake, root, problems), mistake.problem);
  problems.throwIfAny();
}

/** The value, under `options` or on an axis; the whole entry where it is a default, or where no option is to blame. */
function placeOf({ entry: steps, option, value }: OptionMistake, root: Node, problems: Problems): Node {
  const entry = find(root, steps) ?? root;
  if (option === undefined) return entry;
  const axis = find(entry, ['axes', option]);
  const isMeant = (one: JsonValue): boolean => value !== undefined && canonicalJson(one) === canonicalJson(value);
  const onAxis = axis && readAxis(axis, problems).find((one) => isMeant(one.value))?.node;
  return onAxis ?? find(entry, ['options', ...option.split(/[.[\]]+/).filter(Boolean)]) ?? entry;
}

function find(node: Node, steps: readonly (string | number)[]): Node | undefined {
  const path = pathTo(node, steps.map(String));
  return path.length > steps.length ? path.at(-1) : undefined;
}
