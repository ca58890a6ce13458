import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ArchonError, didYouMean, type Diagnostic, type OptionPath, type Registry } from '@archon-dse/core';
import { inputKey, namedPaths, type Choices, type Input, type Inputs } from '@archon-dse/engine';
import { digestFile, digestFolder, stampFile, stampFolder, type Digest } from './file-digest.js';

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

/** Whether a file or folder still holds what it did when it was looked at. */
export async function isUnchanged({ path, sha256, stamp }: Input, declared: OptionPath): Promise<boolean> {
  try {
    const now = declared.kind === 'folder' ? stampFolder(path, declared.endings) : stampFile(path);
    return now === stamp || (await digestPath(path, declared)).sha256 === sha256;
  } catch {
    return false; // gone
  }
}
