import { describe, expect, it } from 'vitest';
import { fakeReport, minimize, smallReport } from '../../../../testing/small-report.js';
import { compareSweeps } from './two-sweeps.js';

const objectives = minimize('cycles', 'energyPj');
const report = (...points: readonly (readonly [cycles: number, energyPj: number])[]) =>
  smallReport(
    points.map(([cycles, energyPj]) => ({ cycles, energyPj })),
    { objectives },
  );

describe('compareSweeps', () => {
  it('measures both against one reference', () => {
    // Costs reach from 0 to 10 in both: the reference is at 11, the box is 11 x 11.
    const found = compareSweeps(report([0, 10], [10, 0]), report([5, 5], [10, 10]));
    expect(found?.sides.map(({ share, isExact }) => [share.toFixed(6), isExact])).toEqual([
      [((11 + 11 - 1) / 121).toFixed(6), true],
      [(36 / 121).toFixed(6), true],
    ]);
  });

  it('counts what the other front dominates, and points that only one has', () => {
    const found = compareSweeps(report([1, 1], [0, 9]), report([2, 2], [0, 10], [9, 0]));
    expect(found?.sides.map(({ front, dominated }) => [front.length, dominated])).toEqual([
      [2, 0],
      [3, 2],
    ]);
    // Points of equal options are the same points.
    expect(found?.inBoth).toBe(2);
    expect(found?.sides.map(({ only, onlyOnFront }) => [only, onlyOnFront.length])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('finds equal sweeps equal', () => {
    const one = fakeReport();
    const [a, b] = compareSweeps(one, one)?.sides ?? [];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ only: 0, dominated: 0 });
    expect(a?.share).toBeCloseTo(one.summary.volume?.normalized ?? NaN, 12);
  });

  it('compares by the objectives that both have, and not at all without any', () => {
    const cyclesOnly = smallReport([{ cycles: 3, energyPj: 1 }], { objectives: minimize('cycles') });
    const energyOnly = smallReport([{ cycles: 3, energyPj: 1 }], { objectives: minimize('energyPj') });
    expect(compareSweeps(report([1, 2]), cyclesOnly)?.objectives).toEqual(minimize('cycles'));
    expect(compareSweeps(cyclesOnly, energyOnly)).toBeUndefined();
  });

  it('says nothing where neither has a feasible point', () => {
    const none = smallReport([{ cycles: NaN, energyPj: 1 }], { objectives });
    expect(compareSweeps(none, none)).toBeUndefined();
  });
});
