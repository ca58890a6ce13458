import type { OptionMistake } from '@archon-dse/config';
import { CHOICE_KINDS, valueCount, type ChoiceKind, type Refine, type Sweep } from '@archon-dse/core';

type Entry = OptionMistake['entry'];

/**
 * Mistakes of a second step, at the settings to blame for them: at the setting itself, or at all of them where they make no sense with
 * whatever else a candidate has. Other values of an axis may do, so one that is refused is left to fail its points.
 *
 * @param refined - the sweep as its second step sees it
 */
export function settingMistakes(
  mistakes: readonly OptionMistake[],
  refined: Sweep,
  { set }: Refine,
): readonly OptionMistake[] {
  const located = mistakes.flatMap(({ entry, option, problem }): OptionMistake[] => {
    const setting = option === undefined ? undefined : settingOf(`${partOf(entry)}.options.${option}`, set);
    if (setting !== undefined) return [{ entry: ['refine', 'set', setting], problem }];
    const refused = mistakes.filter((one) => String(one.entry) === String(entry) && one.option === option).length;
    return refused < valuesOf(entry, option, refined) ? [] : [{ entry: ['refine', 'set'], problem }];
  });
  return [...new Map(located.map((one) => [`${String(one.entry)} ${one.problem.message}`, one])).values()];
}

/** The setting that sets an option, or what it is a member or an item of. */
function settingOf(path: string, set: Refine['set']): string | undefined {
  return Object.keys(set).find((one) => path.startsWith(one) && /^(?:$|[.[])/.test(path.slice(one.length)));
}

function kindOf([list]: Entry): ChoiceKind {
  const kinds = Object.keys(CHOICE_KINDS) as ChoiceKind[];
  return kinds.find((kind) => CHOICE_KINDS[kind] === list) ?? 'network';
}

/** The part of a point that an entry is. */
function partOf(entry: Entry): string {
  const kind = kindOf(entry);
  return kind === 'stage' ? `stages[${String(entry[1])}]` : kind;
}

/** How many values of an option an entry has; one of an entry as a whole. */
function valuesOf(entry: Entry, option: string | undefined, refined: Sweep): number {
  const candidate = refined[CHOICE_KINDS[kindOf(entry)]][Number(entry[1])];
  return option === undefined ? 1 : valueCount(candidate?.axes[option] ?? [null]);
}
