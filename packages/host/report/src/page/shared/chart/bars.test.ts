import { describe, expect, it } from 'vitest';
import { fillOf } from '../patterns.js';
import { barOption, type BarData } from './bars.js';
import type { ChartColors } from './style.js';

const colors = { text: 'black', muted: 'gray', line: 'silver' } as ChartColors;
const data: BarData = {
  categories: ['a', 'b'],
  series: [
    { name: 'one', stack: 's', fill: fillOf(0), values: [1, '-'] },
    { name: 'two', values: [3, 4] },
  ],
  tips: [],
  sentences: [],
};

describe('bars', () => {
  it('stand over their categories', () => {
    const option = barOption(data, { grid: {}, valueText: (value) => `${value} mm` }, colors);
    expect(option).toMatchObject({
      xAxis: { type: 'category', data: ['a', 'b'] },
      yAxis: { type: 'value' },
      series: [
        { name: 'one', stack: 's', data: [1, '-'] },
        { name: 'two', data: [3, 4] },
      ],
    });
    const { yAxis } = option as { yAxis: { axisLabel: { formatter: (value: number) => string } } };
    expect(yAxis.axisLabel.formatter(2)).toBe('2 mm');
  });

  it('lie beside them, the first on top', () => {
    const option = barOption(data, { grid: {}, lying: true }, colors);
    expect(option).toMatchObject({ yAxis: { type: 'category', inverse: true }, xAxis: { type: 'value' } });
  });

  it('take what a look says of all, of the first series and of each bar', () => {
    const bar = (value: number | '-', index: number): object => ({ label: `${value} at ${index}` });
    const look = {
      grid: {},
      barStyle: { borderRadius: 3 },
      series: { barWidth: 3 },
      firstSeries: { markArea: {} },
      bar,
    };
    expect(barOption(data, look, colors)['series']).toMatchObject([
      {
        barWidth: 3,
        markArea: {},
        itemStyle: { color: fillOf(0).color, borderRadius: 3 },
        data: [
          { value: 1, label: '1 at 0' },
          { value: '-', label: '- at 1' },
        ],
      },
      { barWidth: 3, data: [{ value: 3 }, { value: 4 }] },
    ]);
  });
});
