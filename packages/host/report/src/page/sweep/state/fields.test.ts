import { describe, expect, it } from 'vitest';
import { fakeReport, minimize, smallReport, twoStepReport } from '../../../../testing/small-report.js';
import { fieldsOf } from './fields.js';

describe('columns of the table of points', () => {
  it('are rank, objectives, varied options, other metrics, state and id', () => {
    expect(fieldsOf(fakeReport()).map(({ title }) => title)).toEqual([
      ...['Rank', 'Cycles', 'Energy', 'network', 'width', 'glbKib', 'meshX'],
      ...['Area', 'Accuracy', 'Energy-delay product', 'MACs', 'Parameters', 'Utilization', 'State', 'Id'],
    ]);
  });

  it('leave the state out where all points are feasible', () => {
    const report = smallReport([{ cycles: 1, energyPj: 1 }]);
    expect(fieldsOf(report).map(({ key }) => key)).not.toContain('state');
  });

  it('tell refined points from screened ones', () => {
    const report = twoStepReport([{ cycles: 1, energyPj: 1 }], [{ cycles: 2, energyPj: 1 }]);
    const state = fieldsOf(report).find(({ key }) => key === 'state');
    expect(report.points.map((point) => [point.id, state?.textOf(point)])).toEqual([
      ['s0', 'screened'],
      ['r0', 'refined'],
    ]);
  });

  it('show metrics in one unit, options as they are, and a dash where there is nothing', () => {
    const report = smallReport(
      [
        { cycles: 1000, energyPj: 1.5e6 },
        { cycles: 123_456, energyPj: 2e9 },
      ],
      { objectives: minimize('cycles', 'energyPj', 'accuracy') },
    );
    const texts = Object.fromEntries(
      fieldsOf(report).map(({ title, textOf }) => [title, report.points.map((point) => textOf(point))]),
    );
    expect(texts['Cycles']).toEqual(['1 k', '123.5 k']);
    expect(texts['Energy']).toEqual(['1.5 µJ', '2000 µJ']);
    expect(texts['glbKib']).toEqual(['32', '64']);
    expect(texts['Rank']).toEqual(['–', '–']);
    expect(texts['State']).toEqual(['no finite objective', 'no finite objective']);
  });

  it('sort by numbers where they show numbers', () => {
    const report = smallReport([
      { cycles: 5, energyPj: 1 },
      { cycles: 30, energyPj: 1 },
    ]);
    const numbers = Object.fromEntries(fieldsOf(report).map(({ key, numbers: all }) => [key, all && [...all]]));
    expect(numbers).toMatchObject({ cycles: [5, 30], rank: [1, 2], id: undefined });
  });
});
