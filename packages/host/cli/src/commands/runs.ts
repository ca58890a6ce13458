import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '@archon-dse/core';
import { cacheDir } from '@archon-dse/core/files';
import { listRuns, readRun } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { loadNamed } from '../host.js';
import { runListText, runText, unreadableText } from '../training/runs-text.js';
import { treeOfRuns, type TreeRun } from '../training/run-tree.js';

interface Flags {
  readonly json?: boolean;
}

/** `archon runs [DIR]`: what was trained, and `archon runs show CHECKPOINT`: one of them. */
export async function showRuns(context: Context, folder: string | undefined, flags: Flags): Promise<void> {
  const folders = foldersOf(context, folder);
  const lists = await Promise.all(folders.map(listRuns));
  const runs = treeOfRuns(lists.flatMap((list) => list.runs));
  const unreadable = lists.flatMap((list) => list.unreadable);
  if (flags.json) context.output.json({ folders, runs: runs.map(summarize), unreadable });
  else context.output.result(await listText(context, { folders, runs, unreadable }));
}

/** `archon runs show CHECKPOINT`. */
export async function showRun(context: Context, path: string, flags: Flags): Promise<void> {
  const run = await readRun(inCwd(context, path));
  if (flags.json) context.output.json(run);
  else context.output.result(runText(run));
}

/** @throws ArchonError ARCHON_FILE_NOT_FOUND when the folder that was named is not there */
function foldersOf(context: Context, folder: string | undefined): readonly string[] {
  if (folder === undefined) return [inCwd(context, join('archon-out', 'train')), cacheDir()].filter(existsSync);
  const path = inCwd(context, folder);
  if (!existsSync(path)) {
    fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `there is no folder "${path}"`,
      expected: 'a folder of checkpoints',
    });
  }
  return [path];
}

/** An entry of `runs --json`: history and layers are left to `runs show`. */
function summarize({ run, parent }: TreeRun) {
  return { ...run, history: undefined, layers: undefined, parentPath: parent?.path ?? null };
}

type Listed = { readonly folders: readonly string[]; readonly runs: readonly TreeRun[] } & Pick<
  Awaited<ReturnType<typeof listRuns>>,
  'unreadable'
>;

async function listText(context: Context, { folders, runs, unreadable }: Listed): Promise<string> {
  const { registry } = await loadNamed(context, []);
  const metas = new Map(registry.list('network').map(({ id, contribution }) => [id, contribution.meta]));
  const tables = [
    ...(runs.length === 0 ? [] : [runListText(runs, (id) => metas.get(id), context.cwd)]),
    ...(unreadable.length === 0 ? [] : [unreadableText(unreadable, context.cwd)]),
  ];
  const nothing = `No checkpoints yet${folders.map((folder) => `; ${folder} is empty`).join('')}. archon train makes some.`;
  return tables.length === 0 ? nothing : tables.join('\n\n');
}
