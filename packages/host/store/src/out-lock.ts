import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';

export const LOCK_FILE = 'archon.lock';

/** Locks this process holds: a lock with its pid that is not among them was left by an earlier process of the same number. */
const held = new Set<string>();

interface Owner {
  readonly pid: number;
  readonly host: string;
}

/**
 * Keeps a second process from writing to the same out directory. The lock of a process of this host that no longer runs is taken over.
 *
 * @returns a function that gives the lock back
 * @throws ArchonError ARCHON_OUT_LOCKED while another process holds it, ARCHON_FILE_REFUSED or ARCHON_DISK_FULL when it cannot be written
 */
export function lockOutDir(outDir: string): () => void {
  const file = join(outDir, LOCK_FILE);
  const text = JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner);
  attemptFile({ path: file, doing: 'written' }, () => {
    if (createExclusively(file, text)) return;
    removeStale(file);
    if (!createExclusively(file, text)) refuse(file, readOwner(file));
  });
  held.add(file);
  return () => {
    held.delete(file);
    attemptFile({ path: file, doing: 'removed' }, () => {
      rmSync(file, { force: true });
    });
  };
}

function createExclusively(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    rmSync(file, { force: true }); // without its text, as on a full disk, it would be a lock that nobody gives back
    throw error;
  }
}

/** Moves a dead process's lock away. Should another process have renewed it in between, it is put back. */
function removeStale(file: string): void {
  const owner = readOwner(file);
  if (owner === undefined ? existsSync(file) : isAlive(owner, file)) refuse(file, owner);
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readOwner(aside);
    if (moved !== undefined && isAlive(moved, file)) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  rmSync(aside, { force: true });
}

/** Whether the owner may still run; on another host nobody can tell. */
function isAlive({ pid, host }: Owner, file: string): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined; // gone, or just being written
  }
}

function refuse(file: string, owner: Owner | undefined): never {
  return fail({
    code: 'ARCHON_OUT_LOCKED',
    message: `${file} is held by ${owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`}`,
    expected: 'one process at a time for an out directory',
    hint: 'Wait for it, use another out directory, or delete the file if that process is gone.',
  });
}
