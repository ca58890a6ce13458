import {
  deepFreeze,
  mapPaths,
  type Choice,
  type ChoiceKind,
  type OptionPath,
  type Options,
  type Registry,
} from '@archon-dse/core';

/** A file or folder that an option names, as it was when it was looked at. */
export interface Input {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of what it holds: equal for equal content, wherever it lies. */
  readonly sha256: string;
  /** Sizes and times of its files: while they stay, so does the content. */
  readonly stamp: string;
}

/** By {@link inputKey}. Plain data. */
export type Inputs = Readonly<Record<string, Input>>;

/** Which files of a folder count is part of the key; a path means the same in all options of a run otherwise. */
export function inputKey(text: string, { kind, endings = [] }: OptionPath): string {
  return JSON.stringify([kind, text, ...endings]);
}

/** A key for people, e.g. `file "weights.h5"`. */
export function wordsOf(key: string): string {
  const [kind, text] = JSON.parse(key) as readonly [string, string];
  return `${kind} "${text}"`;
}

/** @throws RangeError for a path that nobody has looked at, a mistake of the engine */
export function inputOf(text: string, path: OptionPath, inputs: Inputs): Input {
  const input = inputs[inputKey(text, path)];
  if (input === undefined) throw new RangeError(`nobody has looked at "${text}"`);
  return input;
}

interface Paths {
  readonly registry: Registry;
  readonly inputs: Inputs;
}

/** The options a contribution is given: with absolute paths, and frozen. */
export function locate(kind: ChoiceKind, { use, options }: Choice, { registry, inputs }: Paths): Options {
  const { meta } = registry.resolve(kind, use).contribution;
  return deepFreeze(mapPaths(meta, options, (text, path) => inputOf(text, path, inputs).path));
}
