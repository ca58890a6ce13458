import type { DataSpace } from '@archon-dse/loop-nest';
import { hintOf } from '@archon-dse/core';
import { holdsData } from '../architecture/component.js';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { Field } from '../input/field.js';
import type { NamedProblem } from '../problem/read-problem.js';
import type { Directive } from './directives.js';
import type { Said } from './said.js';

/**
 * What directives say of the data that levels keep. The outermost level keeps everything, a spread nothing.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID for a data space that is not there or is said twice
 */
export function readKeeps(
  directives: readonly Directive[],
  levels: readonly PlacedLevel[],
  problem: NamedProblem,
): readonly Said[] {
  const all = [...problem.spaces.values()];
  const allOf = (isKept: boolean): Said => Object.fromEntries(all.map((space) => [space, isKept]));
  const said = levels.map(({ place }, l): Said => (l === 0 || holdsData(place) ? {} : allOf(false)));
  for (const { kind, level, field } of directives) {
    const own = said[level];
    if (kind !== 'dataspace' || own === undefined) continue;
    const only = field.get('keep_only');
    for (const [list, isKept] of [
      [field.get('keep'), true],
      [field.get('bypass'), false],
      [only, true],
    ] as const) {
      for (const { space, at } of readSpaces(list, problem)) {
        if (level === 0 && !isKept)
          at.fail(`${at.text()} is not kept by the outermost level, where all data come from`, {
            expected: 'data that the outermost level keeps',
          });
        if ((own[space] ?? isKept) !== isKept)
          at.fail(`whether ${levels[level]?.name ?? ''} keeps ${at.text()} is said twice`, {
            expected: 'keep or bypass',
          });
        own[space] = isKept;
      }
    }
    if (only !== undefined) for (const space of all) own[space] ??= false;
  }
  if (said[0] !== undefined) Object.assign(said[0], allOf(true));
  return said;
}

/** The data spaces that a list of the files names. */
export function readSpaces(
  list: Field | undefined,
  { spaces }: NamedProblem,
): readonly { readonly space: DataSpace; readonly at: Field }[] {
  const items = list === undefined ? [] : list.isList ? list.items() : list.scalar === undefined ? [] : [list];
  const names = [...spaces.keys()];
  return items.map((at) => {
    const name = at.text();
    const space = spaces.get(name);
    return space === undefined
      ? at.fail(`${name} is no data space of the problem`, {
          expected: `one of: ${names.join(', ')}`,
          ...hintOf(name, names),
        })
      : { space, at };
  });
}
