import type { EvaluationRecord, Search, Sweep } from '@archon-dse/core';
import { openStore, readSweepNote } from '@archon-dse/store';
import { describe, expect, it } from 'vitest';
import { expandSweep } from './explore/expand.js';
import { loadPlugins } from './plugins/loader.js';
import type { Progress } from './progress.js';
import type { RunSweepOptions } from './run-sweep.js';
import { candidate, comparable, FIXTURES, rejection, runWhole, tempDir, tinySweep } from './test-fixtures.js';

const plugins = await loadPlugins(['./tiny', '@archon-dse/strategies'], [FIXTURES]);
const serial = { kind: 'serial' } as const;
const range = (from: number, count: number) => ({ from, step: 1, count });

/** 30 widths on 20 sizes, fewer where the formula leaves some out. */
function searching(strategy: string, points: number, options: Search['options'], changes: Partial<Sweep> = {}): Sweep {
  return tinySweep({
    networks: [candidate('fixture/tiny', {}, { width: range(1, 30) })],
    accelerators: [candidate('fixture/mac', { delayMs: 0 }, { macs: range(1, 20) })],
    objectives: [
      { metric: 'cycles', direction: 'minimize' },
      { metric: 'areaUm2', direction: 'minimize' },
    ],
    search: { strategy: `archon/${strategy}`, options, budget: { points }, seed: 5 },
    executor: serial,
    ...changes,
  });
}

const run = (sweep: Sweep, options: Partial<RunSweepOptions> = {}) =>
  runWhole({ sweep, plugins, outDir: tempDir(), ...options });
const pointsOf = (records: readonly EvaluationRecord[]) =>
  records.map(({ point }) => [point.network.options['width'], point.accelerator.options['macs']]);

/** Stops after so many points: an executor of one thread asks before each and after it. */
function stopAfter(points: number): AbortSignal {
  const { signal } = new AbortController();
  let asked = 0;
  return Object.defineProperty(signal, 'aborted', { get: () => ++asked > 2 * points });
}

const STRATEGIES = [
  ['random', { batch: 16 }],
  ['sobol', { batch: 16 }],
  ['nsga2', { population: 12 }],
] as const;

describe('a sweep that searches', () => {
  it.each(STRATEGIES)('has the same points in the same order for any number of workers: %s', async (name, options) => {
    const sweep = searching(name, 40, options);
    const [none, one, four] = await Promise.all([
      run(sweep),
      run(sweep, { executor: 'workerpool', workers: 1 }),
      run(sweep, { executor: 'workerpool', workers: 4 }),
    ]);
    expect(none.counts).toMatchObject({ total: 40, ok: 40, failed: 0, skipped: 0 });
    expect(new Set(none.records.map(({ pointId }) => pointId)).size).toBe(40);
    expect(pointsOf(one.records)).toEqual(pointsOf(none.records));
    expect(comparable(four.records)).toEqual(comparable(none.records));
    expect(pointsOf(four.records)).toEqual(pointsOf(none.records));
  });

  it.each(STRATEGIES)('goes on where it was stopped, also in the middle of a batch: %s', async (name, options) => {
    const sweep = searching(name, 40, options);
    const whole = await run(sweep);
    const outDir = tempDir();
    for (const points of [5, 14, 14]) {
      const { interrupted, counts } = await run(sweep, { outDir, signal: stopAfter(points) });
      expect([interrupted, counts.total]).toEqual([true, 40]);
      expect(counts.ok).toBeLessThan(40);
    }
    const resumed = await run(sweep, { outDir });
    expect(resumed.counts.skipped).toBeGreaterThan(30);
    expect(pointsOf(resumed.records)).toEqual(pointsOf(whole.records));
    expect(openStore(outDir).size).toBe(40);
    expect(readSweepNote(outDir).pointIds).toEqual(whole.records.map(({ pointId }) => pointId));
    const again = await run(sweep, { outDir });
    expect([again.counts.skipped, again.sweepChanged]).toEqual([40, false]);
  });

  it('is the plain sweep with grid, as far as the budget goes', async () => {
    const plain = searching('grid', 600, {}, { networks: [candidate('fixture/tiny', {}, { width: [4, 8] })] });
    const { search, ...all } = plain;
    const expected = expandSweep(all, plugins.registry).jobs;
    const { records, counts } = await run({ ...all, search: { ...search!, options: { batch: 7 } } });
    expect(counts.total).toBe(40);
    expect(records.map(({ point }) => point)).toEqual(expected.map(({ point }) => point));
    const few = await run({ ...all, search: { ...search!, options: { batch: 7 }, budget: { points: 10 } } });
    expect(few.records.map(({ pointId }) => pointId)).toEqual(records.slice(0, 10).map(({ pointId }) => pointId));
  });

  it.each(STRATEGIES)(
    'has no point that a formula leaves out, and ends where there are no others: %s',
    async (name, options) => {
      const where = ['macs * 2 <= 6'];
      const accelerators = [{ ...candidate('fixture/mac', { delayMs: 0 }, { macs: range(1, 20) }), where }];
      const networks = [candidate('fixture/tiny', {}, { width: range(1, 4) })];
      const told: Progress[] = [];
      const { records, counts, interrupted } = await run(searching(name, 100, options, { networks, accelerators }), {
        onProgress: (progress) => told.push(progress),
      });
      expect([counts.total, counts.ok, interrupted]).toEqual([12, 12, false]);
      expect([told[0], told.at(-1)]).toMatchObject([{ total: 100 }, { done: 12, total: 12 }]);
      expect(records.every(({ point }) => Number(point.accelerator.options['macs']) <= 3)).toBe(true);
    },
  );

  it('says so when there is no point at all', async () => {
    const accelerators = [
      { ...candidate('fixture/mac', { delayMs: 0 }, { macs: range(1, 20) }), where: ['macs > 20'] },
    ];
    const [found] = await rejection(run(searching('random', 10, { batch: 4 }, { accelerators })));
    expect(found).toMatchObject({
      code: 'ARCHON_SWEEP_EMPTY',
      message: expect.stringContaining('archon/random found no point'),
    });
  });

  it('is steered by constraints on metrics: most points keep them', async () => {
    const constraints = [{ metric: 'parameters', max: 100 }];
    const { records } = await run(searching('nsga2', 120, { population: 20 }, { constraints }));
    const inside = records.slice(60).filter(({ metrics }) => Number(metrics['parameters']) <= 100);
    expect(inside.length).toBeGreaterThan(30);
    const byChance = await run(searching('random', 120, { batch: 20 }, { constraints }));
    const lucky = byChance.records.slice(60).filter(({ metrics }) => Number(metrics['parameters']) <= 100);
    expect(inside.length).toBeGreaterThan(2 * lucky.length);
  });

  it('evaluates no more than a limit, and says that points are missing', async () => {
    const sweep = searching('nsga2', 40, { population: 12 });
    const { counts, records } = await run(sweep, { limit: 15 });
    expect([counts.total, counts.ok]).toEqual([40, 15]);
    expect(pointsOf(records)).toEqual(pointsOf((await run(sweep)).records).slice(0, 15));
  });

  it('tells its progress over all batches', async () => {
    const told: Progress[] = [];
    const refine = { top: 'front', set: { 'accelerator.options.delayMs': 1 } } as const;
    const sweep = searching('nsga2', 30, { population: 12 }, { refine });
    const { counts, confirmations } = await run(sweep, { onProgress: (progress) => told.push(progress) });
    const firsts = told.filter(({ refined }) => (refined?.done ?? 0) === 0);
    expect(new Set(firsts.map(({ total }) => total))).toEqual(new Set([30]));
    expect(firsts.map(({ done }) => done)).toEqual([...firsts.map(({ done }) => done)].sort((a, b) => a - b));
    expect(counts.refined?.total).toBe(confirmations?.length);
    expect(told.at(-1)).toMatchObject({ done: 30, refined: { done: counts.refined?.total } });
  });

  describe('with an axis of effort', () => {
    /** 9 points of width 1, 3 of width 2 and one of width 4, twice. */
    const sweep = searching(...(['halving', 26, { resource: 'width', points: 9, eta: 3 }] as const), {
      networks: [candidate('fixture/tiny', {}, { width: [1, 2, 4] })],
    });
    const widthOf = ({ point }: EvaluationRecord) => Number(point.network.options['width']);

    it('goes from rung to rung, and tells which points got all of it and what they follow from', async () => {
      const { records, confirmations, counts } = await run(sweep);
      const bracket = [...new Array<number>(9).fill(1), 2, 2, 2, 4];
      expect(records.map(widthOf)).toEqual([...bracket, ...bracket]);
      expect([counts.total, counts.ok]).toEqual([26, 26]);
      const finals = records.filter((record) => widthOf(record) === 4);
      expect(confirmations?.map(({ pointId }) => pointId)).toEqual(finals.map(({ pointId }) => pointId));
      for (const { pointId, refines } of confirmations ?? []) {
        const [final, before] = [pointId, refines].map((id) => records.find((record) => record.pointId === id));
        expect(before && widthOf(before)).toBe(2);
        expect(before?.point.accelerator).toEqual(final?.point.accelerator);
      }
    });

    it('is the same for any number of workers, and after it was stopped on any rung', async () => {
      const whole = await run(sweep);
      const four = await run(sweep, { executor: 'workerpool', workers: 4 });
      expect([pointsOf(four.records), four.confirmations]).toEqual([pointsOf(whole.records), whole.confirmations]);
      const outDir = tempDir();
      for (const points of [4, 6, 5, 8]) await run(sweep, { outDir, signal: stopAfter(points) });
      expect(readSweepNote(outDir).confirmations).toHaveLength(1);
      expect(readSweepNote(outDir).effort).toBe('network.options.width');
      const resumed = await run(sweep, { outDir });
      expect([pointsOf(resumed.records), resumed.confirmations]).toEqual([
        pointsOf(whole.records),
        whole.confirmations,
      ]);
      expect(readSweepNote(outDir).confirmations).toEqual(whole.confirmations);
    });

    it('refines those that got all of it', async () => {
      const refine = { top: 'front', set: { 'accelerator.options.delayMs': 1 } } as const;
      const { confirmations, effort, records } = await run({ ...sweep, refine });
      expect(effort).toBe('network.options.width');
      const byId = new Map(records.map((record) => [record.pointId, record]));
      expect(confirmations?.length).toBeGreaterThan(0);
      for (const { pointId, refines } of confirmations ?? []) {
        expect([pointId, refines].map((id) => widthOf(byId.get(id)!))).toEqual([4, 4]);
        expect(byId.get(pointId)?.point.accelerator.options['delayMs']).toBe(1);
      }
    });
  });
});
