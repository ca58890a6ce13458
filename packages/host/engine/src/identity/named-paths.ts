import {
  isRange,
  mapPaths,
  mayHavePaths,
  withValueAt,
  type Candidate,
  type Choice,
  type ChoiceKind,
  type OptionPath,
  type Registry,
} from '@archon-dse/core';

/** What a run uses of each kind, with fixed options or with axes. */
export type Choices = Readonly<Partial<Record<ChoiceKind, readonly (Choice | Candidate)[]>>>;

/** A path in the options of something, as it was written. */
export interface NamedPath {
  readonly kind: ChoiceKind;
  /** Index among those of its kind. */
  readonly index: number;
  readonly option: string;
  readonly text: string;
  readonly path: OptionPath;
}

/** Every path that options name, on axes too. */
export function namedPaths(choices: Choices, registry: Registry): readonly NamedPath[] {
  const found: NamedPath[] = [];
  for (const [kind, list] of Object.entries(choices) as [ChoiceKind, readonly (Choice | Candidate)[]][]) {
    for (const [index, choice] of list.entries()) {
      const { meta } = registry.resolve(kind, choice.use).contribution;
      if (!mayHavePaths(meta.options)) continue;
      const note = (text: string, path: OptionPath, option: string): string => {
        found.push({ kind, index, option, text, path });
        return text;
      };
      mapPaths(meta, choice.options, note);
      if (!('axes' in choice)) continue;
      for (const [option, values] of Object.entries(choice.axes)) {
        for (const value of isRange(values) ? [] : values) mapPaths(meta, withValueAt({}, option, value), note);
      }
    }
  }
  return found;
}
