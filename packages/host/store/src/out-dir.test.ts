import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimOutDir, noteSweep, readSweepNote, type SweepNote } from './out-dir.js';
import { refusal, sweepOf, tempDir } from './test-fixtures.js';

const lockOf = (outDir: string): string => join(outDir, 'archon.lock');

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

describe('claimOutDir', () => {
  it('makes the directory, and gives it back', () => {
    const outDir = join(tempDir(), 'a/b');
    const release = claimOutDir(outDir);
    expect(existsSync(lockOf(outDir))).toBe(true);
    release();
    expect(existsSync(lockOf(outDir))).toBe(false);
    claimOutDir(outDir)();
  });

  it('refuses a directory with other files', async () => {
    const outDir = tempDir();
    writeFileSync(join(outDir, 'thesis.tex'), '');
    const [found] = refusal(() => claimOutDir(outDir));
    expect(found).toMatchObject({ code: 'ARCHON_OUT_NOT_EMPTY', message: expect.stringContaining('found thesis.tex') });
    expect(existsSync(lockOf(outDir))).toBe(false);
  });

  it('accepts other files beside a sweep of ours', async () => {
    const outDir = tempDir();
    await noteSweep(outDir, { sweep: sweepOf(), pointIds: [] });
    writeFileSync(join(outDir, 'report.md'), '');
    claimOutDir(outDir)();
  });

  it('refuses a second claim while the first holds', async () => {
    const outDir = tempDir();
    const release = claimOutDir(outDir);
    const [found] = refusal(() => claimOutDir(outDir));
    expect(found).toMatchObject({
      code: 'ARCHON_OUT_LOCKED',
      message: `${lockOf(outDir)} is held by process ${process.pid} on ${hostname()}`,
    });
    release();
  });

  it.each([
    ['a live process of this host', { pid: process.ppid, host: hostname() }],
    ['a process of another host', { pid: deadPid(), host: 'another-host' }],
    ['an owner that cannot be read', ''],
  ])('refuses the lock of %s', async (_, owner) => {
    const outDir = tempDir();
    writeFileSync(lockOf(outDir), JSON.stringify(owner));
    expect(refusal(() => claimOutDir(outDir))[0]?.code).toBe('ARCHON_OUT_LOCKED');
  });

  it.each([
    ['a process that has ended', deadPid()],
    ['an earlier process of the same number', process.pid],
  ])('takes over the lock of %s', (_, pid) => {
    const outDir = tempDir();
    writeFileSync(lockOf(outDir), JSON.stringify({ pid, host: hostname() }));
    const release = claimOutDir(outDir);
    expect(existsSync(`${lockOf(outDir)}.${process.pid}`)).toBe(false);
    release();
  });
});

describe('noteSweep', () => {
  it('tells whether the directory was used for another sweep', async () => {
    const outDir = tempDir();
    const note = (seed: number): SweepNote => ({ sweep: sweepOf(seed), pointIds: [`point-${String(seed)}`] });
    expect(await noteSweep(outDir, note(1))).toBe(false);
    expect(await noteSweep(outDir, note(1))).toBe(false);
    expect(await noteSweep(outDir, note(2))).toBe(true);
    expect(await noteSweep(outDir, note(2))).toBe(false);
    expect(readSweepNote(outDir)).toEqual(note(2));
  });

  it('says so where there is none, and where it cannot be read', async () => {
    const outDir = tempDir();
    expect(refusal(() => readSweepNote(outDir))[0]?.code).toBe('ARCHON_FILE_NOT_FOUND');
    writeFileSync(join(outDir, 'sweep.json'), '{');
    expect(refusal(() => readSweepNote(outDir))[0]?.code).toBe('ARCHON_JOURNAL_CORRUPT');
  });
});
