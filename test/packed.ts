import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { inject } from 'vitest';
import { exampleFolders, pack, publishedPackages } from '../tools/packages.mjs';
import { root } from './workspace.js';

/** The package of a plugin that only tests have. */
export const TINY = 'test/fixtures/plugin-tiny';
/** The guide's examples. */
export const EXAMPLES: readonly string[] = exampleFolders(root);
/** What is packed: each after all that it depends on. */
export const PACKED: readonly string[] = [...publishedPackages(root).map(({ folder }) => folder), TINY, ...EXAMPLES];

/** Others pack at the same time at most so long; npm needs some seconds. */
const PACKING_MS = 120_000;
const WAIT_MS = 200;

/** Gives the tarball of each of {@link PACKED} by its folder; they are made once for all files of a test run. */
export async function tarballs(): Promise<(folder: string) => string> {
  const list = inject('tarballList');
  const waiting = { retries: PACKING_MS / WAIT_MS, factor: 1, minTimeout: WAIT_MS };
  const release = await lock(dirname(list), { stale: PACKING_MS, retries: waiting });
  try {
    if (!existsSync(list)) writeFileSync(list, JSON.stringify(pack(root, PACKED, dirname(list))));
  } finally {
    await release();
  }
  const paths = JSON.parse(readFileSync(list, 'utf8')) as readonly string[];
  return (folder) => {
    const path = paths[PACKED.indexOf(folder)];
    if (path === undefined) throw new Error(`${folder} is not packed`);
    return path;
  };
}
