import { describe, expect, it } from 'vitest';
import { smallReport } from '../../../../testing/small-report.js';
import { besideOthers, comparePoints } from './comparison.js';

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

  it('are compared with several, in all options in which one differs', () => {
    const report = smallReport([
      { cycles: 10, energyPj: 4 },
      { cycles: 5, energyPj: 8 },
      { cycles: 20, energyPj: 8 },
    ]);
    const [one, ...others] = report.points;
    const { metrics, options } = besideOthers(one!, others, report);
    expect(metrics.find(({ name }) => name === 'Cycles')).toEqual({
      name: 'Cycles',
      one: '10',
      isBest: false,
      others: [
        { value: '20', ratio: '0.5 ×', isBetter: false },
        { value: '5', ratio: '2 ×', isBetter: true },
      ],
    });
    expect(metrics.find(({ name }) => name === 'Energy')).toMatchObject({ isBest: true });
    expect(options.map(({ name, one: a, others: rest }) => [name, a, ...rest.map(({ value }) => value)])).toEqual([
      ['meshX', '8', '16', '8'],
      ['glbKib', '32', '32', '64'],
    ]);
  });
});
