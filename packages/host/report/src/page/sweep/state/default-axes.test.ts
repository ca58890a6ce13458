import { describe, expect, it } from 'vitest';
import { minimize, smallReport } from '../../../../testing/small-report.js';
import { defaultAxes, frontsInPlane } from './default-axes.js';

describe('default axes', () => {
  it('are the pair of objectives with the longest front', () => {
    const report = smallReport(
      [
        { cycles: 1, energyPj: 1, areaUm2: 4 },
        { cycles: 2, energyPj: 2, areaUm2: 3 },
        { cycles: 3, energyPj: 3, areaUm2: 2 },
        { cycles: 4, energyPj: 0.5, areaUm2: 2 },
      ],
      { objectives: minimize('cycles', 'energyPj', 'areaUm2') },
    );
    expect(defaultAxes(report)).toEqual(['cycles', 'areaUm2']);
    expect(
      frontsInPlane(report, 'cycles', 'areaUm2')
        .get('')
        ?.map(({ metrics }) => metrics['cycles']),
    ).toEqual([1, 2, 3]);
    expect(frontsInPlane(report, 'cycles', 'cycles').size).toBe(0);
  });

  it('leave out an objective with one value when all fronts are a point', () => {
    const metrics = [
      { accuracy: 0.2, cycles: 1, energyPj: 1 },
      { accuracy: 0.2, cycles: 2, energyPj: 2 },
    ];
    const objectives = [{ metric: 'accuracy', direction: 'maximize' as const }, ...minimize('cycles', 'energyPj')];
    expect(defaultAxes(smallReport(metrics, { objectives }))).toEqual(['cycles', 'energyPj']);
  });

  it('are the first pair when all fronts are a point, and a varied metric beside a single objective', () => {
    const one = [
      { cycles: 1, energyPj: 1, macs: 5 },
      { cycles: 2, energyPj: 2, macs: 6 },
    ];
    expect(defaultAxes(smallReport(one))).toEqual(['cycles', 'energyPj']);
    expect(defaultAxes(smallReport(one, { objectives: minimize('cycles') }))[1]).toBe('cycles');
    expect(defaultAxes(smallReport(one, { objectives: minimize('cycles') }))[0]).toMatch(/energyPj|macs/);
  });
});
