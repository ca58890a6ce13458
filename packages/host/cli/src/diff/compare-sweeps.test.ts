import type { RecordHead, Sweep } from '@archon-dse/core';
import { expect, it } from 'vitest';
import { compareSweeps, type ComparedSweep } from './compare-sweeps.js';
import { diffText } from './diff-text.js';

const sweep: Sweep = {
  ...{ apiVersion: 'archon/v1', name: 'x', plugins: [], seed: 1, networks: [], stages: [], accelerators: [] },
  objectives: [
    { metric: 'cycles', direction: 'minimize' },
    { metric: 'accuracy', direction: 'maximize' },
  ],
  constraints: [],
  executor: { kind: 'serial' },
};

/** A sweep of points by id, each with its cycles and accuracy. */
function sweepOf(points: Readonly<Record<string, readonly [cycles: number, accuracy: number]>>): ComparedSweep {
  const heads = Object.entries(points).map(([pointId, [cycles, accuracy]]): RecordHead => ({
    ...{ schemaVersion: 1, pointId, status: 'ok', metrics: { cycles, accuracy } },
    point: { network: { use: 'n', options: {} }, stages: [], accelerator: { use: 'a', options: {} }, seed: 1 },
    provenance: { plugins: [], engine: 'e', seed: 1, prices: {} },
    timing: { startedAt: '', wallMs: 0, worker: 0 },
  }));
  return { name: 'x', sweep, heads: () => heads };
}

it('measures both fronts against one reference, and counts what dominates what', () => {
  // worst cycles 10 and accuracy 0, ranges 10 and 10: the reference is (11, -1)
  const a = sweepOf({ p: [0, 5], q: [10, 10], r: [10, 0] });
  const b = sweepOf({ s: [0, 10], r: [10, 0] });
  const found = compareSweeps(a, b);
  expect(found.reference).toEqual({ cycles: 11, accuracy: -1 });
  expect(found.a).toMatchObject({ points: 3, feasible: 3, front: 2, dominated: 2, hypervolume: 11 * 6 + 1 * 5 });
  expect(found.b).toMatchObject({ points: 2, front: 1, dominated: 0, hypervolume: 11 * 11 });
  expect(found.ratio).toBeCloseTo(121 / 71, 12);
  expect(found.onlyOnFront).toEqual({ a: ['p', 'q'], b: ['s'] });
  expect(found.onlyIn).toEqual({ a: 2, b: 1 });
  expect(found.changed).toEqual([]);
});

it('steps off an objective that is the same everywhere by a tenth of it, or by 1 at zero', () => {
  // cycles 0 everywhere: the reference is 1; accuracy 20 everywhere: it is 18, so the box is 1 x 2
  const found = compareSweeps(sweepOf({ p: [0, 20] }), sweepOf({ q: [0, 20] }));
  expect(found.reference).toEqual({ cycles: 1, accuracy: 18 });
  expect([found.a.hypervolume, found.b.hypervolume, found.ratio]).toEqual([2, 2, 1]);
});

it('alarms where one point has two results', () => {
  const found = compareSweeps(sweepOf({ p: [1, 5], q: [2, 6] }), sweepOf({ p: [1, 5], q: [3, 6] }));
  expect(found.changed).toEqual([{ pointId: 'q', metrics: { cycles: [2, 3] }, status: ['ok', 'ok'] }]);
  expect(diffText(found)).toMatch(/ALARM: 1 points are in both .*\n {2}q: cycles 2 -> 3$/);
});

it('has no ratio of sweeps without a feasible point', () => {
  const [none, some] = [sweepOf({}), sweepOf({ p: [1, 5] })];
  const found = compareSweeps(none, none);
  expect(found).toMatchObject({ ratio: null, a: { front: 0 }, b: { front: 0 } });
  expect(diffText(found).split('\n').at(-1)).toBe('Neither has a feasible point.');
  const last = diffText(compareSweeps(none, some)).split('\n').at(-1);
  expect(last).toBe('A has no feasible point to compare B with.');
});
