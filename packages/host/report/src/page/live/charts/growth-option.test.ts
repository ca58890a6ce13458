import { describe, expect, it } from 'vitest';
import type { Growth } from '../../../live/front-growth.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { frontText, growthOption, growthTip } from './growth-option.js';

const colors = { scheme: 'light' } as ChartColors;

interface Drawn {
  readonly xAxis: { readonly max: number; readonly minInterval: number };
  readonly series: readonly { readonly showSymbol?: boolean; readonly data: readonly (readonly number[])[] }[];
}

function drawn(evaluated: number, steps: Growth['steps']): Drawn {
  const growth = { evaluated, feasible: evaluated, front: steps.length, steps, isComplete: true };
  return growthOption(growth, colors, undefined) as unknown as Drawn;
}

describe('the growth of the front', () => {
  it('has whole numbers of points on its axis, however few', () => {
    expect(drawn(1, [[1, 0.5]]).xAxis).toMatchObject({ max: 1, minInterval: 1 });
    expect(drawn(2, [[1, 0.5]]).xAxis).toMatchObject({ max: 2, minInterval: 1 });
  });

  it('marks a step that is alone, and draws a line through two', () => {
    expect(drawn(1, [[1, 0.5]]).series[0]).toMatchObject({ showSymbol: true, data: [[1, 0.5]] });
    expect(drawn(2, [[1, 0.5]]).series[0]).toMatchObject({
      showSymbol: false,
      data: [
        [1, 0.5],
        [2, 0.5],
      ],
    });
  });

  it('says how many points there were', () => {
    expect(growthTip([1, 0.5])).toEqual({ title: '1 point', rows: [['Hypervolume', '50.00 %']] });
    expect(growthTip([1200, 0.5]).title).toBe('1,200 points');
  });

  it('says whose front it counts', () => {
    const growth = { evaluated: 40, feasible: 36, front: 5, steps: [], isComplete: true };
    expect(frontText(growth)).toBe('5 of 36 feasible points are on the front.');
    expect(frontText(growth, 3)).toBe(
      '5 of 36 feasible points are on the front of the 3 groups together; the report below counts that of each.',
    );
    expect(frontText({ ...growth, feasible: 1, front: 1 })).toBe('1 of 1 feasible point is on the front.');
  });
});
