import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readPluginList } from '@archon-dse/config';
import { ArchonError } from '@archon-dse/core';
import { surveyCode, type CodeSurvey } from '@archon-dse/runner';
import type { Context } from '../context.js';
import type { DevTarget } from './run.js';

/** What a run depends on: places to watch, and the files there with what they hold. */
export type Survey = CodeSurvey;

/** Looks at the file of a sweep and the code of all plugins, without running any. */
export async function surveyOf({ host, cwd }: Context, target: DevTarget): Promise<Survey> {
  if (!('file' in target)) {
    return surveyCode([...host.plugins, ...target.flags.plugin], [cwd, ...host.directories]);
  }
  const file = resolve(cwd, target.file);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const plugins = [...host.plugins, ...pluginsIn(text, file)];
  const { folders, files } = await surveyCode(plugins, [dirname(file), ...host.directories]);
  return { folders: [file, ...folders], files: new Map([[file, text], ...files]) };
}

/** The plugins of a sweep, as far as it can be read at present. */
function pluginsIn(text: string, file: string): readonly string[] {
  try {
    return readPluginList(text, file, 'sweep');
  } catch (error) {
    if (error instanceof ArchonError) return [];
    throw error;
  }
}

/** Files that are new, gone or hold something else. */
export function changedFiles(before: Survey, now: Survey): readonly string[] {
  const paths = new Set([...before.files.keys(), ...now.files.keys()]);
  return [...paths].filter((path) => before.files.get(path) !== now.files.get(path)).sort();
}
