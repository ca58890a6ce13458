import { describe, expect, it } from 'vitest';
import { minimize, smallReport } from '../../../../testing/small-report.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { BY_GROUP, coloring } from '../state/coloring.js';
import { marksOf, type View } from '../state/marks.js';
import { scatterOption } from './scatter-option.js';

interface Axis {
  readonly type: string;
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly axisLabel: { readonly formatter: (value: number) => string };
}

interface Series {
  readonly type: string;
  readonly step?: string;
  readonly symbolSize?: number;
  readonly data: readonly (readonly number[])[];
  readonly label?: { readonly formatter: string; readonly show: boolean };
}

const colors = { scheme: 'light' } as ChartColors;
const report = smallReport(
  [
    { cycles: 3000, energyPj: 9e6 },
    { cycles: 7000, energyPj: 5e6 },
    { cycles: 90_000, energyPj: 4e6 },
    { cycles: 90_000, energyPj: 9e6 },
  ],
  { objectives: minimize('cycles', 'energyPj') },
);
const VIEW: View = { x: 'cycles', y: 'energyPj', logX: true, logY: false, zoom: false, outside: false };

function plot(view: Partial<View> = {}, widthPx = 900): { xAxis: Axis; yAxis: Axis; series: readonly Series[] } {
  const look = coloring(report, BY_GROUP);
  const shown = { ...VIEW, ...view };
  const marks = marksOf(report, shown, look, new Uint8Array(4).fill(1));
  const at = (cycles: number) => report.points.find(({ metrics }) => metrics['cycles'] === cycles);
  const rings = { selected: at(7000), compared: [], cursor: at(90_000) };
  const scene = { report, view: shown, marks, coloring: look, rings, widthPx, screenPx: 1440 };
  return scatterOption(scene, colors) as unknown as ReturnType<typeof plot>;
}

describe('the trade-off plot', () => {
  it('has axes that name their unit and write numbers in it', () => {
    const { xAxis, yAxis } = plot();
    expect([xAxis.name, yAxis.name]).toEqual(['Cycles (k)', 'Energy (µJ)']);
    expect(xAxis.axisLabel.formatter(20_000)).toBe('20');
    expect(yAxis.axisLabel.formatter(4.5e6)).toBe('4.5');
  });

  it('ends a logarithmic axis at 1, 2 or 5 times a power of ten around the values', () => {
    expect(plot().xAxis).toMatchObject({ type: 'log', min: 2000, max: expect.closeTo(100_000) });
    expect(plot({ logX: false }).xAxis).not.toHaveProperty('min');
  });

  it('joins the front with steps, and only of two objectives', () => {
    const line = plot().series.find(({ type }) => type === 'line');
    expect(line).toMatchObject({
      step: 'end',
      data: [
        [3000, 9e6],
        [7000, 5e6],
        [90_000, 4e6],
      ],
    });
    expect(plot({ y: 'areaUm2' }).series.some(({ type }) => type === 'line')).toBe(false);
  });

  it('draws rings around the chosen point and the place of the keys', () => {
    const rings = plot().series.filter(({ symbolSize = 0 }) => symbolSize >= 22);
    expect(rings.map(({ symbolSize, data }) => [symbolSize, data])).toEqual([
      [22, [[7000, 5e6]]],
      [30, [[90_000, 4e6]]],
    ]);
  });

  it('names knees where there is room', () => {
    const shows = (widthPx: number) => plot({}, widthPx).series.find(({ label }) => label?.formatter === 'knee')?.label;
    expect(shows(900)).toMatchObject({ show: true });
    expect(shows(400)).toMatchObject({ show: false });
  });
});
