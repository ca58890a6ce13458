import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EvaluationRecord, Refine, Sweep } from '@archon-dse/core';
import { openStore, readSweepNote } from '@archon-dse/store';
import { describe, expect, it } from 'vitest';
import type { Progress } from './progress.js';
import {
  candidate,
  comparable,
  FIXTURES,
  linesOf,
  loadFixtures,
  runWhole,
  tempDir,
  tinySweep,
} from './test-fixtures.js';

const plugins = await loadFixtures('tiny', 'faulty');
const serial = { kind: 'serial' } as const;

/** Thinned networks of three widths on rows of 1 to 4 multipliers: the wider row is faster and larger. The second step thins less. */
function sweepOf(refine: Partial<Refine> = {}, changes: Partial<Sweep> = {}): Sweep {
  return tinySweep({
    stages: [candidate('fixture/thin', { density: 0.5, log: '' })],
    accelerators: [candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2, 3, 4] })],
    objectives: [
      { metric: 'cycles', direction: 'minimize' },
      { metric: 'areaUm2', direction: 'minimize' },
    ],
    groupBy: 'network.options.width',
    executor: serial,
    refine: { top: 'front', set: { 'stages[0].options.density': 1 }, ...refine },
    ...changes,
  });
}

const run = (sweep: Sweep, more: Partial<Parameters<typeof runWhole>[0]> = {}) =>
  runWhole({ sweep, plugins, outDir: tempDir(), ...more });

const optionsOf = ({ point }: EvaluationRecord): string =>
  [point.network, ...point.stages, point.accelerator].map(({ options }) => Object.values(options).join()).join(' ');

describe('a second step', () => {
  it('evaluates the best points again with its settings, as if they had been written so', async () => {
    const outDir = tempDir();
    const sweep = sweepOf({ top: 2 });
    const { records, confirmations = [], counts } = await run(sweep, { outDir });
    const [first, second] = [records.slice(0, 12), records.slice(12)];
    // of each width the ends of the front: the fastest row and the smallest
    expect(second.map(optionsOf)).toEqual(['4 1, 0,1', '4 1, 0,4', '8 1, 0,1', '8 1, 0,4', '16 1, 0,1', '16 1, 0,4']);
    expect(second.map(({ refines }) => first.findIndex(({ pointId }) => pointId === refines))).toEqual([
      0, 3, 4, 7, 8, 11,
    ]);
    expect(confirmations).toEqual(second.map(({ pointId, refines }) => ({ pointId, refines })));
    expect(first.every((record) => !('refines' in record))).toBe(true);
    const written = sweepOf({}, { stages: [candidate('fixture/thin', { density: 1, log: '' })] });
    const { records: direct } = await run(written);
    const byId = new Map(direct.map((record) => [record.pointId, record]));
    expect(second.map((record) => ({ ...record, refines: undefined, timing: undefined }))).toEqual(
      second.map(({ pointId }) => ({ ...byId.get(pointId), refines: undefined, timing: undefined })),
    );
    expect(counts).toEqual({
      ...{ total: 12, ok: 12, failed: 0, skipped: 0, duplicates: 0 },
      refined: { chosen: 6, unchanged: 0, total: 6, ok: 6, failed: 0, skipped: 0 },
    });
    expect(linesOf(outDir).map(({ refines }) => refines)).toEqual(records.map(({ refines }) => refines));
    expect(readSweepNote(outDir)).toMatchObject({ pointIds: first.map(({ pointId }) => pointId), confirmations });
  });

  it('sets the seed too', async () => {
    const { records } = await run(sweepOf({ top: 1, set: { seed: 7 } }));
    expect(records.slice(12).map(({ point }) => point.seed)).toEqual([7, 7, 7]);
  });

  it('chooses no point that failed or breaks a constraint', async () => {
    const accelerators = [
      candidate('faulty/faulty', {}, { fault: ['throws', 'none'] }),
      candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2, 4] }),
    ];
    const objectives = [{ metric: 'cycles', direction: 'minimize' }] as const;
    const constraints = [{ metric: 'areaUm2', max: 1000 }]; // a row of 4 is larger
    const { records, counts } = await run(sweepOf({ top: 99 }, { accelerators, objectives, constraints }));
    expect(counts).toMatchObject({ total: 15, ok: 12, failed: 3, refined: { chosen: 9, total: 9 } });
    const chosen = new Set(records.slice(15).map(({ refines }) => refines));
    const left = records.slice(0, 15).filter(({ pointId }) => !chosen.has(pointId));
    expect(left.map(({ point, status }) => [status, ...Object.values(point.accelerator.options)])).toEqual(
      [0, 1, 2].flatMap(() => [
        ['failed', 'throws'],
        ['ok', 0, 4],
      ]),
    );
  });

  it('records points that fail only with its settings', async () => {
    const accelerators = [candidate('faulty/faulty', {}, { fault: ['none'] })];
    const sweep = sweepOf({ set: { 'accelerator.options.fault': 'throws' } }, { accelerators });
    const { records, counts, interrupted } = await run(sweep);
    expect(records.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'failed', 'failed', 'failed']);
    expect(counts).toMatchObject({ failed: 0, refined: { total: 3, ok: 0, failed: 3 } });
    expect(interrupted).toBe(false);
  });

  it('leaves points as they are that have no such option, and those that are so already', async () => {
    const accelerators = [
      candidate('faulty/faulty', { fault: 'none' }),
      candidate('fixture/mac', { macs: 1 }, { delayMs: [0, 1] }),
    ];
    const sweep = sweepOf({ top: 9, set: { 'accelerator.options.delayMs': 1 } }, { accelerators });
    const outDir = tempDir();
    const { records, confirmations = [], counts } = await run(sweep, { outDir });
    expect(counts).toMatchObject({ total: 9, refined: { chosen: 9, unchanged: 9, total: 0 } });
    expect(linesOf(outDir)).toHaveLength(9);
    const at = (id: string): number => records.findIndex(({ pointId }) => pointId === id);
    expect(confirmations.slice(0, 3).map(({ pointId, refines }) => [at(refines), at(pointId)])).toEqual([
      [0, 0], // no such option
      [1, 2], // the point beside it
      [2, 2], // so already
    ]);
  });

  it('has nothing to do where no point is feasible', async () => {
    const { counts } = await run(sweepOf({}, { constraints: [{ metric: 'cycles', max: 1 }] }));
    expect(counts.refined).toEqual({ chosen: 0, unchanged: 0, total: 0, ok: 0, failed: 0, skipped: 0 });
  });

  it('gives the same records with 1 worker, 3 workers and none', async () => {
    const runs = [{ kind: 'workerpool', workers: 1 }, { kind: 'workerpool', workers: 3 }, serial] as const;
    const results = await Promise.all(runs.map((executor) => run(sweepOf({ top: 2 }, { executor }))));
    const [one, three, none] = results.map(({ records }) => JSON.stringify(comparable(records)));
    expect(three).toBe(one);
    expect(none).toBe(one);
  });

  it('begins when all points of the first have a record, and has what a limit leaves', async () => {
    const outDir = tempDir();
    const sweep = sweepOf({ top: 2 });
    const few = await run(sweep, { outDir, limit: 11 });
    expect(few.counts).toEqual({ total: 12, ok: 11, failed: 0, skipped: 0, duplicates: 0 });
    expect(few.confirmations).toBeUndefined();
    expect(few.interrupted).toBe(false);
    const first = await run(sweep, { outDir, limit: 12 });
    expect(first.counts).toMatchObject({ ok: 12, skipped: 11, refined: { chosen: 6, total: 6, ok: 0, skipped: 0 } });
    const some = await run(sweep, { outDir, limit: 14 });
    expect(some.counts).toMatchObject({ skipped: 12, refined: { total: 6, ok: 2, skipped: 0 } });
    const rest = await run(sweep, { outDir });
    expect(rest.counts).toMatchObject({ skipped: 12, refined: { total: 6, ok: 6, skipped: 2 } });
    expect(linesOf(outDir)).toHaveLength(18);
  });

  it('keeps its points when another is asked for, and says that the sweep has changed', async () => {
    const outDir = tempDir();
    await run(sweepOf({ top: 2 }), { outDir });
    const wider = await run(sweepOf({ top: 3 }), { outDir });
    expect(wider.sweepChanged).toBe(true);
    expect(wider.counts).toMatchObject({ skipped: 12, refined: { total: 9, ok: 9, skipped: 6 } });
  });

  it('retries what failed in it only when asked to', async () => {
    const outDir = tempDir();
    const accelerators = [candidate('faulty/faulty', {}, { fault: ['none'] })];
    const sweep = sweepOf({ set: { 'accelerator.options.fault': 'throws' } }, { accelerators });
    await run(sweep, { outDir });
    expect((await run(sweep, { outDir })).counts.refined).toMatchObject({ failed: 3, skipped: 3 });
    expect((await run(sweep, { outDir, retryFailed: true })).counts.refined).toMatchObject({ failed: 3, skipped: 0 });
  });

  it('tells its progress behind that of the first, as a forecast until it begins', async () => {
    const told: Progress[] = [];
    // so slow that each record is written, and counted, at once
    const accelerators = [candidate('fixture/mac', { delayMs: 300 }, { macs: [1, 2, 3, 4] })];
    await run(sweepOf({ top: 2 }, { accelerators }), { onProgress: (now) => told.push(now) });
    const points = told.filter((now, i) => now.done !== told[i - 1]?.done || now.refined !== told[i - 1]?.refined);
    const shown = points.map(({ done, total, refined }) => [done, total, refined?.done, refined?.total].join());
    // looked at after 1, 2, 3, 5, 8 and 12 points
    expect(shown.slice(0, 13)).toEqual([
      ...['0,12,0,0', '1,12,0,1', '2,12,0,2', '3,12,0,2', '4,12,0,2', '5,12,0,3', '6,12,0,3', '7,12,0,3'],
      ...['8,12,0,4', '9,12,0,4', '10,12,0,4', '11,12,0,4', '12,12,0,6'],
    ]);
    expect(shown.slice(-6)).toEqual([1, 2, 3, 4, 5, 6].map((done) => `12,12,${String(done)},6`));
    expect(told.at(-1)?.etaMs).toBe(0);
  });

  it.each([3, 14])('stopped at point %i, it is interrupted, and a resume does the rest', async (stopAt) => {
    const [outDir, stop] = [tempDir(), new AbortController()];
    const onProgress = ({ done, refined }: Progress): void => {
      if (done + (refined?.done ?? 0) === stopAt) stop.abort();
    };
    // so slow that each record is written at once
    const accelerators = [candidate('fixture/mac', { delayMs: 300 }, { macs: [1, 2, 3, 4] })];
    const sweep = sweepOf({ top: 2 }, { accelerators });
    const partial = await run(sweep, { outDir, signal: stop.signal, onProgress });
    expect(partial.interrupted).toBe(true);
    expect(partial.records).toHaveLength(stopAt);
    const rest = await run(sweep, { outDir });
    expect(rest.interrupted).toBe(false);
    expect(rest.records).toHaveLength(18);
  });
});

describe('a sweep of two steps, killed', () => {
  const slow = sweepOf(
    { top: 3, set: { 'accelerator.options.delayMs': 301 } },
    {
      accelerators: [candidate('fixture/mac', { delayMs: 300 }, { macs: [1, 2, 3, 4] })],
      executor: { kind: 'workerpool', workers: 3 },
    },
  );

  let whole: ReturnType<typeof runWhole> | undefined;

  it.each([2, 12, 14])('with %i records, comes to the same with any number of workers', async (lines) => {
    const outDir = tempDir();
    const child = spawn(process.execPath, [join(FIXTURES, 'slow-sweep.js'), outDir, JSON.stringify(slow)], {
      stdio: 'inherit',
    });
    while (linesOf(outDir).length < lines && child.exitCode === null) await setTimeout(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = linesOf(outDir).length;
    expect(before).toBeLessThan(21);
    const resumed = await run(slow, { outDir, workers: 1 });
    const undisturbed = await (whole ??= run(slow, { workers: 3 }));
    expect(resumed.counts.skipped + (resumed.counts.refined?.skipped ?? 0)).toBe(before);
    expect(comparable(resumed.records)).toEqual(comparable(undisturbed.records));
    expect(linesOf(outDir)).toHaveLength(undisturbed.records.length);
    expect(comparable([...openStore(outDir).records()])).toEqual(comparable(undisturbed.records));
    expect(resumed.confirmations).toEqual(undisturbed.confirmations);
  });
});
