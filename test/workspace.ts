import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openStore } from '@archon-dse/store';

/** What the end-to-end tests share. */
export const root = resolve(import.meta.dirname, '..');
export const ARCHON = join(root, 'packages/host/cli/bin/archon.js');

/** A new empty folder; `remove` deletes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'archon-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `archon` as a user would. */
export function archon(args: readonly string[], cwd = root, binary = ARCHON): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Groups of packages, as `packages/model`. */
export function packageGroups(): readonly string[] {
  return readdirSync(join(root, 'packages')).map((group) => join('packages', group));
}

/** Records of a sweep folder without their timing, sorted by id. */
export function journalOf(folder: string): readonly { readonly pointId: string; readonly status: string }[] {
  const store = openStore(folder);
  const records = [...store.records()].map((record) => ({ ...record, timing: undefined }));
  store.close();
  return records.sort((a, b) => (a.pointId < b.pointId ? -1 : 1));
}

/** How many records the result files of a sweep folder have, several of one point too. */
export function countRecords(folder: string): number {
  const results = join(folder, 'results');
  if (!existsSync(results)) return 0;
  const texts = readdirSync(results).map((name) => readFileSync(join(results, name), 'utf8'));
  return texts.reduce((count, text) => count + text.split('"pointId"').length - 1, 0);
}
