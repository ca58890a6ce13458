import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';
import { readBytes } from '@archon-dse/core/files';

/**
 * The experiments that paths name: a file as it is, of a folder all below it in the order of their paths.
 *
 * @param cwd - where relative paths start
 * @returns paths as they would be given one by one, each once
 * @throws ArchonError ARCHON_FILE_NOT_FOUND for a path that does not exist and for a folder without experiments
 */
export function findExperiments(paths: readonly string[], cwd: string): readonly string[] {
  return [...new Set(paths.flatMap((path) => experimentsAt(path, cwd)))];
}

function experimentsAt(path: string, cwd: string): readonly string[] {
  const place = resolve(cwd, path);
  const found = attemptFile({ path, doing: 'read' }, () => statSync(place, { throwIfNoEntry: false }));
  if (found === undefined) {
    return fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `there is no "${path}"`,
      expected: 'an experiment in YAML, or a folder with some',
    });
  }
  if (!found.isDirectory()) return [path];
  const names = attemptFile({ path, doing: 'listed' }, () => readdirSync(place, { recursive: true, encoding: 'utf8' }));
  const files = names
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(path, name))
    .filter((file) => hasKind(resolve(cwd, file)))
    .sort();
  if (files.length > 0) return files;
  return fail({
    code: 'ARCHON_FILE_NOT_FOUND',
    message: `"${path}" holds no experiments`,
    expected: 'files with kind: experiment, at any depth',
  });
}

/** Sweeps, which have no kind, may stand beside experiments. */
function hasKind(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return /^["']?kind["']?\s*:/m.test(readBytes(file, 'YAML').toString());
}
