import { describe, expect, it } from 'vitest';
import { smallReport } from '../../../../testing/small-report.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { BY_GROUP, coloring } from '../state/coloring.js';
import { faintLines, passingLines } from './parallel-lines.js';

const colors = { scheme: 'light', off: 'gray' } as ChartColors;
// The page has them in the order of glbKib, then meshX: the third comes second.
const report = smallReport([
  { cycles: 1, energyPj: 3 },
  { cycles: 3, energyPj: 3 },
  { cycles: 2, energyPj: 2 },
  { cycles: 4, energyPj: 4 },
]);
const groups = (key: string, ...mask: number[]) =>
  passingLines(report.points, coloring(report, key), Uint8Array.from(mask), colors);

describe('lines over the parallel axes', () => {
  it('are those of the points that pass, the fronts last and stronger', () => {
    const [others, front] = groups(BY_GROUP, 1, 1, 0, 1);
    expect(others).toMatchObject({ lines: [3], width: 1, opacity: 0.28 });
    expect(front).toMatchObject({ lines: [0, 1], width: 2, opacity: 0.95 });
    expect(groups(BY_GROUP, 0, 0, 0, 0)).toEqual([]);
  });

  it('have the colour of their option', () => {
    const found = groups('accelerator.options.glbKib', 1, 1, 1, 1);
    expect(found.map(({ lines }) => lines)).toEqual([
      [2, 3],
      [0, 1],
    ]);
    expect(found[0]?.color).not.toBe(found[1]?.color);
  });

  it('fade where they are many', () => {
    expect(faintLines(report.points, colors)).toEqual([
      { lines: [0, 1, 2, 3], color: 'gray', width: 1, opacity: 0.12 },
    ]);
    const many = Array.from({ length: 1000 }, () => report.points).flat();
    expect(faintLines(many, colors)[0]?.opacity).toBe(0.03);
  });
});
