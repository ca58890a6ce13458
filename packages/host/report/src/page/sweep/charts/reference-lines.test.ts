import { describe, expect, it } from 'vitest';
import type { ChartColors } from '../../shared/chart/style.js';
import { labelRoom, referenceLines } from './reference-lines.js';

const reference = (metric: string, value: number) => ({
  label: `${metric} of a net`,
  metric,
  value,
  source: 'a paper',
});
const AXES = { x: 'cycles', y: 'accuracy', logX: true, logY: false, reach: true, roomPx: 260 };

interface Lines {
  readonly data: readonly unknown[];
  readonly markLine: {
    readonly data: readonly { readonly xAxis?: number; readonly yAxis?: number; readonly label: Label }[];
  };
}
interface Label {
  readonly show: boolean;
  readonly position: string;
  readonly formatter: () => string;
}

const linesOf = (references: readonly ReturnType<typeof reference>[], axes: Partial<typeof AXES> = {}) =>
  referenceLines(references, { ...AXES, ...axes }, [5, 0.5], {} as ChartColors) as Lines[];

describe('lines of references', () => {
  it('are drawn on the axis of their metric, labelled with their value', () => {
    const [lines] = linesOf([reference('cycles', 1e6), reference('accuracy', 0.9), reference('energyPj', 1)]);
    expect(lines?.markLine.data.map(({ xAxis, yAxis }) => [xAxis, yAxis])).toEqual([
      [undefined, 0.9],
      [1e6, undefined],
    ]);
    expect(lines?.markLine.data[0]?.label.formatter()).toBe('90 % accuracy of a net');
    expect(lines?.data).toEqual([
      [5, 0.9],
      [1e6, 0.5],
    ]);
  });

  it('are none without a reference on an axis, or at 0 on a logarithmic one', () => {
    expect(linesOf([reference('energyPj', 1)])).toEqual([]);
    expect(linesOf([reference('cycles', 0)])).toEqual([]);
  });

  it('do not widen the axes of a zoomed plot', () => {
    expect(linesOf([reference('cycles', 1e6)], { reach: false })[0]?.data).toEqual([]);
  });

  it('keep their labels apart, and leave the inner ones out where there is no room', () => {
    const three = [1e4, 1e5, 1e6].map((value) => reference('cycles', value));
    const labels = (roomPx: number) => linesOf(three, { roomPx })[0]?.markLine.data.map(({ label }) => label);
    expect(labels(260)?.map(({ position }) => position)).toEqual([
      ...['insideEndTop', 'insideStartBottom', 'insideEndBottom'],
    ]);
    expect(labels(260)?.map(({ show }) => show)).toEqual([true, true, true]);
    expect(labels(labelRoom(390))?.map(({ show }) => show)).toEqual([true, false, true]);
  });
});
