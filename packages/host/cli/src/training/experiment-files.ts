import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';
import { readBytes } from '@archon-dse/core/files';
import { inCwd, type Context } from '../context.js';

/**
 * The experiments that paths name: a file as it is, of a folder all below it in the order of their paths.
 *
 * @returns paths from the working directory, each once
 * @throws ArchonError ARCHON_FILE_NOT_FOUND for a path that does not exist and for a folder without experiments
 */
export function findExperiments(context: Context, paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => experimentsAt(context, path)))];
}

function experimentsAt(context: Context, path: string): readonly string[] {
  const place = inCwd(context, path);
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
    .filter((file) => hasKind(inCwd(context, file)))
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
