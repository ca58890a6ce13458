import { wordsOf, type Contents } from '@archon-dse/engine';

/** What results depend on beside their sweep: a digest for each thing, by its name in words. */
export type Grounds = Readonly<Record<string, string>>;

export function groundsOf({ inputs, code }: Contents): Grounds {
  return {
    'the engine': code.engine,
    ...Object.fromEntries(Object.entries(code.plugins).map(([name, digest]) => [`plugin "${name}"`, digest])),
    ...Object.fromEntries(Object.entries(inputs).map(([key, { sha256 }]) => [wordsOf(key), sha256])),
  };
}

/** The names of things that are others than they were; of a run that did not note them, nothing can be told apart. */
export function changedGrounds(before: Grounds | undefined, now: Grounds): readonly string[] {
  if (before === undefined) return ['the version of Archon DSE'];
  return Object.keys(now).filter((name) => before[name] !== undefined && before[name] !== now[name]);
}
