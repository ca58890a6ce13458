import { describe, expect, it } from 'vitest';
import { rampColor } from '../../../render/palette.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { mapWords } from '../state/execution-words.js';
import { cellSentence, cellTip, densityOption } from './density-map.js';

const words = mapWords('firstMasks');
const map = [
  [0, 0.25, 1],
  [0.5, 0.75, 0.125],
];
const colors = { scheme: 'light', text: 'black' } as ChartColors;

interface Drawn {
  readonly yAxis: { readonly inverse: boolean; readonly data: readonly string[] };
  readonly series: readonly { readonly data: readonly { readonly value: number[]; readonly itemStyle: object }[] }[];
}

describe('a map of densities', () => {
  it('has a cell a share, the first row on top, coloured on the scale from 0 to 1', () => {
    const { yAxis, series } = densityOption(map, words, colors, 4) as unknown as Drawn;
    expect(yAxis).toMatchObject({ inverse: true, data: ['1', '2'] });
    const cells = series[0]?.data ?? [];
    expect(cells.map(({ value }) => value.join())).toEqual([
      '0,0,0',
      '1,0,0.25',
      '2,0,1',
      '0,1,0.5',
      '1,1,0.75',
      '2,1,0.125',
    ]);
    expect(cells[2]?.itemStyle).toEqual({ color: rampColor(1, 'light') });
    expect(series[1]?.data).toMatchObject([{ value: [1, 1, 0.75], itemStyle: { borderColor: 'black' } }]);
  });

  it('says what its cells are', () => {
    expect(cellSentence(map, words, 4)).toBe('channel group 2, position 2: 75.0 %');
    expect(cellTip(map, words, 5).rows).toEqual([
      ['channel group', '2 of 2'],
      ['position', '3 of 3'],
      ['share', '12.5 %'],
    ]);
  });
});
