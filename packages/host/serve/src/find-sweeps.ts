import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { sha256 } from '@archon-dse/core/files';

/** A folder of a sweep. */
export interface FoundSweep {
  /** Names it in addresses: no path of a client's is ever opened. */
  readonly id: string;
  readonly path: string;
  /** As it was named, or from the folder that was named on. */
  readonly folder: string;
}

/** How deep below a named folder sweeps are looked for: `archon-out/NAME` and one more. */
const MOST_LEVELS = 2;
const MOST_FOLDERS = 1000;

/** The folders among those named, and in them, that hold a sweep; in this order, each once. */
export function findSweeps(named: readonly string[], cwd: string): readonly FoundSweep[] {
  const found = named.flatMap((folder) => sweepsIn(folder, cwd, MOST_LEVELS));
  return [...new Map(found.map((sweep) => [sweep.path, sweep])).values()];
}

function sweepsIn(folder: string, cwd: string, levels: number): readonly FoundSweep[] {
  const path = resolve(cwd, folder);
  if (existsSync(join(path, 'sweep.json'))) return [{ id: sha256(path).slice(0, 12), path, folder }];
  if (levels === 0) return [];
  return foldersIn(path).flatMap((name) => sweepsIn(join(folder, name), cwd, levels - 1));
}

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
      .map(({ name }) => name)
      .sort()
      .slice(0, MOST_FOLDERS);
  } catch {
    return []; // not there yet, or not ours to read
  }
}

/** What a folder is called where its sweep cannot be read. */
export function folderName({ path }: FoundSweep): string {
  return basename(path);
}
