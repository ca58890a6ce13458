import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ArchonError,
  didYouMean,
  fail,
  mapPaths,
  type Candidate,
  type Choice,
  type ContributionKind,
  type Diagnostic,
  type OptionPath,
  type Registry,
} from '@archon-dse/core';
import { digestFile, digestFolder, stampFile, stampFolder, type Digest } from './file-digest.js';
import { inputKey, inputOf, type Input, type Inputs } from './inputs.js';

/** What a run uses of each kind, with fixed options or with axes. */
export type Choices = Readonly<Partial<Record<ContributionKind, readonly (Choice | Candidate)[]>>>;

/** A path in the options of something, as it was written. */
export interface NamedPath {
  readonly kind: ContributionKind;
  /** Index among those of its kind. */
  readonly index: number;
  readonly option: string;
  readonly text: string;
  readonly path: OptionPath;
}

/** Every path that options name, on axes too. */
export function namedPaths(choices: Choices, registry: Registry): readonly NamedPath[] {
  const found: NamedPath[] = [];
  for (const [kind, list] of Object.entries(choices) as [ContributionKind, readonly (Choice | Candidate)[]][]) {
    for (const [index, choice] of list.entries()) {
      const { meta } = registry.resolve(kind, choice.use).contribution;
      const note = (text: string, path: OptionPath, option: string): string => {
        found.push({ kind, index, option, text, path });
        return text;
      };
      mapPaths(meta, choice.options, note);
      if (!('axes' in choice)) continue;
      for (const [option, values] of Object.entries(choice.axes)) {
        for (const value of values) mapPaths(meta, { [option]: value }, note);
      }
    }
  }
  return found;
}

/**
 * Looks at all files and folders that options name: the one place where relative paths become absolute.
 *
 * @param cwd - where relative paths start
 * @throws ArchonError ARCHON_FILE_NOT_FOUND for each that is not there, naming the option
 */
export async function digestInputs(choices: Choices, registry: Registry, cwd: string): Promise<Inputs> {
  const named = new Map(namedPaths(choices, registry).map((one) => [inputKey(one.text, one.path), one]));
  const missing = [...named.values()].flatMap(({ kind, index, option, text, path }): Diagnostic[] => {
    const problem = missingPath(text, path, cwd);
    return problem === undefined ? [] : [{ ...problem, path: `${kind}[${String(index)}].options.${option}` }];
  });
  const [first, ...rest] = missing;
  if (first !== undefined) throw new ArchonError(first, ...rest);
  const inputs: Record<string, Input> = {};
  for (const [key, { text, path }] of named) {
    const absolute = resolve(cwd, text);
    inputs[key] = { path: absolute, ...(await digestPath(absolute, path)) };
  }
  return inputs;
}

/** Why a path cannot be used, without reading what it leads to; nothing when it can. */
export function missingPath(
  text: string,
  { kind, keywords = [] }: OptionPath,
  cwd: string,
): Pick<Diagnostic, 'code' | 'message' | 'expected' | 'hint'> | undefined {
  const found = statSync(resolve(cwd, text), { throwIfNoEntry: false });
  if (kind === 'folder' ? found?.isDirectory() === true : found?.isFile() === true) return undefined;
  const hint =
    didYouMean(text, keywords) ?? (keywords.length > 0 ? undefined : 'Paths start from the working directory.');
  return {
    code: 'ARCHON_FILE_NOT_FOUND',
    message: found === undefined ? `there is no ${kind} "${text}"` : `"${text}" is no ${kind}`,
    expected: [...keywords.map((keyword) => `"${keyword}"`), `a ${kind}, from the working directory`].join(', or '),
    ...(hint === undefined ? {} : { hint }),
  };
}

function digestPath(absolute: string, { kind, endings }: OptionPath): Promise<Digest> {
  return kind === 'folder' ? digestFolder(absolute, endings) : digestFile(absolute);
}

/**
 * Makes sure that what options name is still what it was at the start.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
export async function verifyInputs(
  kind: ContributionKind,
  { use, options }: Choice,
  { registry, inputs }: { readonly registry: Registry; readonly inputs: Inputs },
): Promise<void> {
  for (const { option, text, path } of namedPaths({ [kind]: [{ use, options }] }, registry)) {
    const input = inputOf(text, path, inputs);
    if (await isUnchanged(input, path)) continue;
    fail({
      code: 'ARCHON_INPUT_CHANGED',
      message: `${path.kind} "${text}" has changed while it was in use`,
      expected: 'what it held at the start',
      path: `options.${option}`,
      hint: 'Run it again: what depends on the new content is computed anew.',
    });
  }
}

async function isUnchanged({ path, sha256, stamp }: Input, declared: OptionPath): Promise<boolean> {
  try {
    const now = declared.kind === 'folder' ? stampFolder(path, declared.endings) : stampFile(path);
    return now === stamp || (await digestPath(path, declared)).sha256 === sha256;
  } catch {
    return false; // gone
  }
}
