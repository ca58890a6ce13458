import { describe, expect, it } from 'vitest';
import { smallReport } from '../../../../testing/small-report.js';
import { comparePoints } from './comparison.js';

describe('two points side by side', () => {
  it('are compared in metrics, components and the options in which they differ', () => {
    const report = smallReport([
      { cycles: 10, energyPj: 4 },
      { cycles: 5, energyPj: 4 },
    ]);
    const [one, other] = report.points;
    const { metrics, options } = comparePoints(one!, other!, report);
    expect(metrics.find(({ name }) => name === 'Cycles')).toEqual({
      ...{ name: 'Cycles', one: '10', other: '5', ratio: '2 ×', better: 'other' },
    });
    expect(metrics.find(({ name }) => name === 'Energy')).toMatchObject({ ratio: 'equal' });
    expect(options.map(({ name, one: a, other: b }) => [name, a, b])).toEqual([['glbKib', '32', '64']]);
  });
});
