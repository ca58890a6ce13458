import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RunStatus } from '@archon-dse/core';
import { readProgress } from '@archon-dse/store';
import { describe, expect, it } from 'vitest';
import { RunReporter } from './run-reporter.js';
import { runSweep } from './run-sweep.js';
import { candidate, faultySweep, loadFixtures, rejection, tempDir, tinySweep } from './test-fixtures.js';

const plugins = await loadFixtures('tiny', 'faulty');
const progress = { done: 1, total: 9, failed: 0, skipped: 0, elapsedMs: 5, stages: [] };

describe('progress.json', () => {
  it('tells while a run goes on how far it is and who leads it, and in the end that it is done', async () => {
    const outDir = tempDir();
    const slow = [candidate('fixture/mac', { macs: 1, delayMs: 400 })];
    const run = runSweep({ sweep: tinySweep({ accelerators: slow }), plugins, outDir });
    const states: (RunStatus | undefined)[] = [];
    for (let tries = 0; tries < 200 && readProgress(outDir)?.state !== 'done'; tries++) {
      states.push(readProgress(outDir));
      await setTimeout(20);
    }
    await run;
    const [running] = states.flatMap((status) => (status?.state === 'running' ? [status] : []));
    expect(running).toMatchObject({
      leader: { pid: process.pid, host: hostname() },
      executor: { kind: 'workerpool', workers: 2 },
      points: { done: 0, total: 3 },
    });
    const end = readProgress(outDir);
    expect(end).toMatchObject({ state: 'done', points: { done: 3, total: 3, failed: 0 }, stages: [] });
    expect(end?.workers.reduce((sum, { done }) => sum + done, 0)).toBe(3);
    expect(readdirSync(outDir).sort()).toEqual(['progress.json', 'results', 'sweep.json']);
  });

  it('counts what failed, by worker', async () => {
    const outDir = tempDir();
    await runSweep({ sweep: { ...faultySweep('throw'), executor: { kind: 'serial' } }, plugins, outDir });
    expect(readProgress(outDir)).toMatchObject({
      state: 'done',
      executor: { kind: 'serial' },
      points: { failed: 1 },
      workers: [{ done: 1, failed: 1 }],
    });
  });

  it('says that a run was interrupted', async () => {
    const outDir = tempDir();
    const stop = new AbortController();
    const slow = [candidate('fixture/mac', { macs: 1, delayMs: 300 })];
    await runSweep({
      sweep: tinySweep({ accelerators: slow, executor: { kind: 'workerpool', workers: 1 } }),
      ...{ plugins, outDir, signal: stop.signal },
      onProgress: ({ done }) => {
        if (done === 1) stop.abort();
      },
    });
    expect(readProgress(outDir)).toMatchObject({ state: 'interrupted', points: { done: 1, total: 3 } });
  });

  it('is not written into a directory that is not ours', async () => {
    const outDir = tempDir();
    writeFileSync(join(outDir, 'mine.txt'), '');
    await rejection(runSweep({ sweep: tinySweep(), plugins, outDir }));
    expect(readdirSync(outDir)).toEqual(['mine.txt']);
  });

  it('stops no run where it cannot be written', async () => {
    const outDir = tempDir();
    mkdirSync(join(outDir, 'progress.json', 'in-the-way'), { recursive: true });
    writeFileSync(join(outDir, 'sweep.json'), '{}');
    const { counts } = await runSweep({ sweep: tinySweep(), plugins, outDir });
    expect(counts.ok).toBe(6);
    expect(readProgress(outDir)).toBeUndefined();
  });

  it.each(['', '{', '[]', 'null', '{"schemaVersion":2}', '{"schemaVersion":1,"state":"running"}'])(
    'that reads %j is none',
    (text) => {
      const outDir = tempDir();
      writeFileSync(join(outDir, 'progress.json'), text);
      expect(readProgress(outDir)).toBeUndefined();
    },
  );
});

describe('RunReporter', () => {
  it('writes no oftener than once a second, and tells the tasks of a scheduler, odd ones first', async () => {
    const outDir = tempDir();
    const reporter = new RunReporter(outDir, { kind: 'slurm' });
    await reporter.follow(async () => {
      reporter.update(progress);
      const first = readProgress(outDir);
      expect(first?.tasks).toBeUndefined();
      const waiting = Array.from({ length: 200 }, (_, task) => ({ id: `7_${String(task)}`, state: 'PENDING' }));
      reporter.hearTasks([...waiting, { id: '7_200', state: 'NODE_FAIL', reason: 'node n3 is down', node: 'n3' }]);
      expect(readProgress(outDir)).toEqual(first);
      await expect.poll(() => readProgress(outDir)?.tasks?.counts).toEqual({ PENDING: 200, NODE_FAIL: 1 });
      const shown = readProgress(outDir)?.tasks?.shown;
      expect(shown).toHaveLength(100);
      expect(shown?.[0]).toEqual({ id: '7_200', state: 'NODE_FAIL', reason: 'node n3 is down', node: 'n3' });
      return { interrupted: false };
    });
  });

  it('has a clock that goes on while nothing else does', async () => {
    const outDir = tempDir();
    const reporter = new RunReporter(outDir, { kind: 'slurm' });
    await reporter.follow(async () => {
      reporter.update({ ...progress, etaMs: 60_000, stages: [] });
      await setTimeout(300);
      return { interrupted: true };
    });
    const { elapsedMs = 0, etaMs = 0 } = readProgress(outDir)?.points ?? {};
    expect(elapsedMs).toBeGreaterThan(290);
    expect(elapsedMs - progress.elapsedMs + etaMs).toBeCloseTo(60_000);
  });

  it('tells what ended a run, and nothing where it never began', async () => {
    const [begun, never] = [tempDir(), tempDir()];
    const fall = (outDir: string, hasBegun: boolean): Promise<unknown> => {
      const reporter = new RunReporter(outDir, { kind: 'serial' });
      return reporter.follow(() => {
        if (hasBegun) reporter.update(progress);
        return Promise.reject(new Error('the disk is gone'));
      });
    };
    await expect(fall(begun, true)).rejects.toThrow('the disk is gone');
    await expect(fall(never, false)).rejects.toThrow('the disk is gone');
    expect(readProgress(begun)).toMatchObject({ state: 'failed', error: { message: 'Error: the disk is gone' } });
    expect(existsSync(join(never, 'progress.json'))).toBe(false);
  });
});
