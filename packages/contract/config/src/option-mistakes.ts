import { canonicalJson, type JsonValue } from '@archon-dse/core';
import { readAxis } from './axis.js';
import { withDocuments, type Documents } from './documents.js';
import { entriesOf, labelOf, pathTo, toJson, type Node } from './nodes.js';
import type { Place, Problem, Problems } from './problems.js';
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
export function throwMistakes(
  text: string,
  file: string,
  mistakes: readonly OptionMistake[],
  documents: Documents,
): void {
  if (mistakes.length === 0) return;
  const { root: plain, problems } = readYaml(text, file);
  const root = withDocuments(plain, documents, problems);
  for (const mistake of mistakes) problems.add(placeOf(mistake, root, problems), mistake.problem);
  problems.throwIfAny();
}

/**
 * The value on an axis, or else the nearest thing around it that stands under `options`, in a document, or beside the other keys of a
 * search; the whole entry where it is a default, or where no option is to blame.
 */
function placeOf({ entry: entrySteps, option, value }: OptionMistake, root: Node, problems: Problems): Place {
  const entry = find(root, entrySteps) ?? root;
  if (option === undefined) return entry;
  const isMeant = (one: JsonValue): boolean => value !== undefined && canonicalJson(one) === canonicalJson(value);
  for (const [name, axis] of entriesOf(find(entry, ['axes']))) {
    if (name !== option && !option.startsWith(`${name}.`)) continue;
    const inside = stepsOfOption(option.slice(name.length));
    for (const one of readAxis(axis.value, problems, true).checked) {
      const node = find(one.node, inside);
      if (node !== undefined && isMeant(inside.length === 0 ? one.value : toJson(node))) return node;
    }
  }
  const beside = find(entry, [option]);
  if (entrySteps[0] === 'search' && beside !== undefined) return beside;
  const [, , ...found] = pathTo(entry, ['options', ...stepsOfOption(option)]);
  const nearest = found.at(-1);
  return nearest?.kind === 'map' ? labelOf(nearest) : (nearest ?? entry);
}

function stepsOfOption(option: string): readonly string[] {
  return option.split(/[.[\]]+/).filter(Boolean);
}

function find(node: Node, steps: readonly (string | number)[]): Node | undefined {
  const path = pathTo(node, steps.map(String));
  return path.length > steps.length ? path.at(-1) : undefined;
}
