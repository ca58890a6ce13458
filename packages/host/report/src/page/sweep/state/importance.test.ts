import { describe, expect, it } from 'vitest';
import { smallReport, twoStepReport } from '../../../../testing/small-report.js';
import { importances } from './importance.js';

describe('importance of options', () => {
  // cycles = 10 meshX effect only: means 5 and 15. energy: 0, 2, 4, 10: mesh means 1 and 7, glb means 2 and 6, mean 4, variance 14.
  const report = smallReport([
    { cycles: 5, energyPj: 0 },
    { cycles: 5, energyPj: 2 },
    { cycles: 15, energyPj: 4 },
    { cycles: 15, energyPj: 10 },
  ]);
  const shares = Object.fromEntries(
    importances(report, ['cycles', 'energyPj', 'areaUm2']).map((one) => [one.label, one.shares]),
  );

  it('is the share of the variance that an option explains by itself', () => {
    expect(shares['meshX']).toEqual({ cycles: 1, energyPj: 9 / 14 });
    expect(shares['glbKib']?.['cycles']).toBe(0);
    expect(shares['glbKib']?.['energyPj']).toBeCloseTo(4 / 14, 12);
  });

  it('has none of a metric that does not vary', () => {
    expect(shares['meshX']).not.toHaveProperty('areaUm2');
  });

  it('leaves what options explain together', () => {
    // 9/14 + 4/14 leave 1/14 to the interaction: (0 - 2 - 4 + 10) / 4 = 1, squared over the variance.
    expect(1 - (shares['meshX']?.['energyPj'] ?? 0) - (shares['glbKib']?.['energyPj'] ?? 0)).toBeCloseTo(1 / 14, 12);
  });

  it('is of the first of two steps, which has all points', () => {
    const screened = [5, 5, 15, 15].map((cycles) => ({ cycles, energyPj: 1 }));
    const steps = twoStepReport(screened, [{ cycles: 900, energyPj: 1 }]);
    const found = importances(steps, ['cycles']);
    expect(found.map(({ label, shares: of }) => [label, of['cycles']])).toEqual([
      ['meshX', 1],
      ['glbKib', 0],
    ]);
  });
});
