import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationRecord } from '../record.js';
import type { Objective, Refine, Sweep } from '../sweep.js';
import { chooseTop } from './choose-top.js';

const OBJECTIVES: readonly Objective[] = [
  { metric: 'cycles', direction: 'minimize' },
  { metric: 'accuracy', direction: 'maximize' },
];

function sweepOf(changes: Partial<Sweep> = {}): Sweep {
  return {
    ...{ apiVersion: 'archon/v1', name: 'x', plugins: [], seed: 1 },
    ...{ networks: [], stages: [], accelerators: [], objectives: OBJECTIVES, constraints: [] },
    executor: { kind: 'serial' },
    ...changes,
  };
}

function recordOf(pointId: string, metrics: Readonly<Record<string, number>>, width = 1): EvaluationRecord {
  const point = {
    network: { use: 'n', options: { width } },
    stages: [],
    accelerator: { use: 'a', options: {} },
    seed: 1,
  };
  return {
    ...{ schemaVersion: 1, pointId, point, status: 'ok', metrics, layers: [] },
    provenance: { plugins: [], engine: 'e', seed: 1, prices: {} },
    timing: { startedAt: '', wallMs: 0, worker: 0 },
  };
}

function failedOf(pointId: string): EvaluationRecord {
  return { ...recordOf(pointId, {}), status: 'failed', error: { code: 'ARCHON_POINT_TIMEOUT', message: 'x' } };
}

const idsOf = (records: readonly EvaluationRecord[]): string => records.map(({ pointId }) => pointId).join(' ');

describe('chooseTop', () => {
  // a and c are on the front, b is equal to a; d and e are behind, f breaks the constraint, g failed, h has no accuracy
  const records = [
    recordOf('a', { cycles: 1, accuracy: 0.5 }),
    recordOf('b', { cycles: 1, accuracy: 0.5 }),
    recordOf('c', { cycles: 9, accuracy: 0.9 }),
    recordOf('d', { cycles: 9, accuracy: 0.6 }),
    recordOf('e', { cycles: 9, accuracy: 0.5 }),
    recordOf('f', { cycles: 100, accuracy: 1 }),
    failedOf('g'),
    recordOf('h', { cycles: 0 }),
  ];
  const sweep = sweepOf({ constraints: [{ metric: 'cycles', max: 99 }] });

  it.each([
    ['front', 'a b c'],
    [1, 'a'],
    [2, 'a c'], // b is no end: it is equal to a
    [3, 'a b c'],
    [4, 'a b c d'],
    [99, 'a b c d e'],
  ] as const)('top: %s are %s', (top, expected) => {
    expect(chooseTop(sweep, records, top).join(' ')).toBe(expected);
  });

  it('ranks by value where there is one objective, equal ones in their order', () => {
    const one = { ...sweep, objectives: OBJECTIVES.slice(1) };
    expect([1, 2, 3, 4, 5].map((top) => chooseTop(one, records, top).join(' '))).toEqual([
      'c',
      'c d',
      'a c d',
      'a b c d',
      'a b c d e',
    ]);
  });

  it('chooses in each group by itself', () => {
    const grouped = [
      recordOf('a', { cycles: 2, accuracy: 0.5 }, 1),
      recordOf('b', { cycles: 1, accuracy: 0.6 }, 0.5),
      recordOf('c', { cycles: 3, accuracy: 0.4 }, 1),
      recordOf('d', { cycles: 2, accuracy: 0.5 }, 0.5),
    ];
    const byWidth = { ...sweep, groupBy: 'network.options.width' };
    expect(chooseTop(sweep, grouped, 'front').join(' ')).toBe('b');
    expect(chooseTop(byWidth, grouped, 'front').join(' ')).toBe('a b');
    expect(chooseTop(byWidth, grouped, 1).join(' ')).toBe('a b');
  });

  it('knows metrics that the sweep derives', () => {
    const metrics = [{ name: 'loss', formula: '1 - accuracy' }];
    const derived = sweepOf({ metrics, objectives: [{ metric: 'loss', direction: 'minimize' }] });
    expect(chooseTop(derived, records, 'front').join(' ')).toBe('f');
  });

  it('is the choice of brute force', () => {
    const value = fc.integer({ min: 0, max: 6 });
    const points = fc.array(fc.record({ cycles: value, accuracy: value, isOk: fc.boolean() }), { maxLength: 24 });
    const top = fc.oneof(fc.constant('front' as const), fc.integer({ min: 1, max: 26 }));
    fc.assert(
      fc.property(points, top, fc.integer({ min: 1, max: 2 }), (drawn, asked, count) => {
        const all = drawn.map(({ isOk, ...metrics }, i) =>
          isOk ? recordOf(`p${String(i)}`, metrics) : failedOf(`p${String(i)}`),
        );
        const objectives = OBJECTIVES.slice(0, count);
        const bounded = { ...sweep, objectives, constraints: [{ metric: 'cycles', min: 1 }] };
        expect(chooseTop(bounded, all, asked).join(' ')).toBe(idsOf(bruteForce(all, objectives, asked)));
      }),
    );
  });
});

/** Takes one point after the other: of those that nothing left dominates, by definition, the one most alone. */
function bruteForce(all: readonly EvaluationRecord[], objectives: readonly Objective[], top: Refine['top']) {
  const costsOf = ({ metrics }: EvaluationRecord): readonly number[] =>
    objectives.map(({ metric, direction }) => (direction === 'minimize' ? 1 : -1) * (metrics[metric] ?? NaN));
  let left = all.filter(({ status, metrics }) => status === 'ok' && (metrics['cycles'] ?? 0) >= 1);
  const order: EvaluationRecord[] = [];
  while (left.length > 0) {
    const front = left.filter((one) => !left.some((other) => beats(costsOf(other), costsOf(one))));
    const alone = new Map(front.map((one) => [one, alonenessOf(one, front, costsOf)]));
    const rest = [...front];
    while (rest.length > 0) {
      const most = Math.max(...rest.map((one) => alone.get(one) ?? 0));
      const at = rest.findIndex((one) => alone.get(one) === most);
      order.push(...rest.splice(at, 1));
    }
    if (top === 'front') return front;
    left = left.filter((one) => !front.includes(one));
  }
  const chosen = order.slice(0, top === 'front' ? 0 : top);
  return all.filter((one) => chosen.includes(one));
}

function beats(a: readonly number[], b: readonly number[]): boolean {
  return a.every((cost, i) => cost <= (b[i] ?? 0)) && a.some((cost, i) => cost < (b[i] ?? 0));
}

/** The definition, objective by objective: who stands next before and after, with equal costs in the order of the points. */
function alonenessOf(
  one: EvaluationRecord,
  members: readonly EvaluationRecord[],
  costsOf: (record: EvaluationRecord) => readonly number[],
): number {
  const isEqual = (a: EvaluationRecord, b: EvaluationRecord): boolean =>
    costsOf(a).every((cost, i) => cost === costsOf(b)[i]);
  const front = members.filter((other, i) => !members.slice(0, i).some((earlier) => isEqual(earlier, other)));
  if (!front.includes(one)) return 0;
  return costsOf(one).reduce((sum, cost, i) => {
    const costs = front.map((other) => costsOf(other)[i] ?? 0);
    const range = Math.max(...costs) - Math.min(...costs);
    if (range === 0) return sum;
    const at = front.indexOf(one);
    const below = costs.filter((other, j) => other < cost || (other === cost && j < at));
    const above = costs.filter((other, j) => other > cost || (other === cost && j > at));
    if (below.length === 0 || above.length === 0) return Infinity;
    return sum + (Math.min(...above) - Math.max(...below)) / range;
  }, 0);
}
