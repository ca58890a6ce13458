import { describe, expect, it } from 'vitest';
import { fakeReport, smallReport } from '../../../../testing/small-report.js';
import { brushedByKey, draggedInterval, stretchOf } from './brush.js';
import { fieldsOf } from './fields.js';
import { parallelAxes, type ParallelAxis } from './parallel-axes.js';
import { passing, type Interval } from './passing.js';

const axesOf = (report: ReturnType<typeof fakeReport>): Record<string, ParallelAxis> =>
  Object.fromEntries(parallelAxes(report, fieldsOf(report)).map((axis) => [axis.key, axis]));

// Cycles of 10, 20, 30 and 50 on a linear axis: places 0, 1/4, 1/2 and 1.
const report = smallReport([10, 20, 30, 50].map((cycles, i) => ({ cycles, energyPj: 9 - i })));
const { cycles } = axesOf(report) as { cycles: ParallelAxis };

describe('a drag over an axis', () => {
  const inside = (from: number, to: number): number[] => {
    const brushes = new Map([['cycles', [draggedInterval(cycles, from, to)]]]);
    const { mask } = passing(report.points, [], [cycles], { filters: new Map(), brushes, frontsOnly: false });
    const kept = report.points.flatMap(({ index, metrics }) => (mask[index] === 1 ? (metrics['cycles'] ?? NaN) : []));
    return kept.sort((a, b) => a - b);
  };

  it('keeps the points between its ends, whichever came first', () => {
    expect(draggedInterval(cycles, 0.2, 0.6)).toEqual([18, 34]);
    expect(inside(0.2, 0.6)).toEqual([20, 30]);
    expect(inside(0.6, 0.2)).toEqual([20, 30]);
  });

  it('keeps a point on its end', () => {
    expect(inside(0.25, 0.5)).toEqual([20, 30]);
  });

  it('reaches a tenth beyond the axis and no further', () => {
    expect(draggedInterval(cycles, -5, 5)).toEqual([6, 54]);
    expect(inside(0.9, 7)).toEqual([50]);
    expect(inside(0.6, 0.9)).toEqual([]);
  });

  it('of texts counts their places from 0', () => {
    const { network } = axesOf(fakeReport()) as { network: ParallelAxis };
    expect(draggedInterval(network, 0.6, 1)).toEqual([0.6, 1]);
    expect(network.textOf([0.6, 1])).toBe('mobilenet-v2');
    expect(network.textOf([0, 1])).toBe('effnet-lite to mobilenet-v2');
  });
});

describe('a key on an axis', () => {
  const press = (interval: Interval | undefined, key: string, widens = false): Interval | undefined =>
    brushedByKey(cycles, interval, key, widens)?.interval;
  const stretch = (interval: Interval | undefined): readonly number[] =>
    stretchOf(cycles, interval).map((place) => Number(place.toFixed(9)));

  it('starts a brush of a step at the end it comes from', () => {
    expect(stretch(press(undefined, 'ArrowUp'))).toEqual([-1 / 16, 1 / 16]);
    expect(stretch(press(undefined, 'ArrowDown'))).toEqual([15 / 16, 17 / 16]);
  });

  it('moves it by a step of an eighth, and with Shift its upper edge', () => {
    expect(stretch(press([20, 30], 'ArrowRight'))).toEqual([3 / 8, 5 / 8]);
    expect(stretch(press([20, 30], 'ArrowDown'))).toEqual([1 / 8, 3 / 8]);
    expect(stretch(press([20, 30], 'ArrowUp', true))).toEqual([1 / 4, 5 / 8]);
  });

  it('leaves it where it would leave the axis or vanish', () => {
    expect(press([45, 55], 'ArrowUp')).toEqual([45, 55]);
    expect(press([6, 10], 'ArrowDown')).toEqual([6, 10]);
    expect(press([20, 25], 'ArrowDown', true)).toEqual([20, 25]);
  });

  it('takes it away, and does nothing with other keys', () => {
    for (const key of ['Escape', 'Delete', 'Backspace']) {
      expect(brushedByKey(cycles, [20, 30], key, false)).toEqual({ interval: undefined });
    }
    expect(brushedByKey(cycles, [20, 30], 'a', false)).toBeUndefined();
  });
});
