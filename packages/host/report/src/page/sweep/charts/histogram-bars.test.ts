import { describe, expect, it } from 'vitest';
import type { ChartColors } from '../../shared/chart/style.js';
import { histogramWords } from '../state/execution-words.js';
import { histogramBars, histogramLook, histogramOf, histogramText } from './histogram-bars.js';

const words = histogramWords('additions');
const adders = (count: number) => (name: string) => (name === 'addersPerPe' ? count : undefined);
const counts = [10, 20, 30, 40];
const lineOf = (of: Parameters<typeof histogramLook>[0]) =>
  (histogramLook(of, {} as ChartColors, 480, 300).firstSeries as { markLine?: { data: { x: number }[][] } }).markLine;

describe('a histogram', () => {
  const limited = histogramOf(words, counts, adders(2));

  it('has other bars above what is assumed, and a line between them', () => {
    expect(histogramBars(limited).series.map(({ name, values }) => [name, ...values])).toEqual([
      ['up to 2 additions', 10, 20, 30, 0],
      ['more than 2', 0, 0, 0, 40],
    ]);
    // A plot of 480 - 66 - 14 pixels, 4 bars: the line is behind the third.
    expect(lineOf(limited)?.data[0]?.map(({ x }) => x)).toEqual([66 + 300, 66 + 300]);
    expect(histogramText(limited)).toBe(
      '2 additions on average. 40.0 % of fused weights in a PE have more than 2, what a PE adds in a cycle.',
    );
  });

  it('is as long as its line needs, but not endless', () => {
    const beyond = histogramOf(words, counts, adders(6));
    expect(histogramBars(beyond).categories).toEqual(['0', '1', '2', '3 or more', '4', '5', '6', '7']);
    expect(lineOf(beyond)?.data[0]?.[0]?.x).toBe(66 + 350);
    const far = histogramOf(words, counts, adders(1000));
    expect(far.counts).toHaveLength(4);
    expect(lineOf(far)).toBeUndefined();
    expect(histogramText(far)).toContain('0 % of fused weights in a PE have more than 1000');
  });

  it('has no line where the accelerator has no such option, or nobody assumes anything', () => {
    for (const plain of [
      histogramOf(words, counts, () => undefined),
      histogramOf(histogramWords('other'), counts, adders(2)),
    ]) {
      expect(histogramBars(plain).series).toHaveLength(1);
      expect(lineOf(plain)).toBeUndefined();
      expect(histogramText(plain)).toMatch(/^2 (additions|other) on average\.$/);
    }
  });

  it('has whole numbers on its axis of counts', () => {
    expect(histogramLook(limited, {} as ChartColors, 480, 300).valueAxis).toMatchObject({ minInterval: 1 });
  });

  it('says what it is, to eyes and ears', () => {
    const { tips, sentences } = histogramBars(limited);
    expect(sentences).toEqual([
      'additions 0: 10.0 % of fused weights in a PE',
      'additions 1: 20.0 % of fused weights in a PE',
      'additions 2: 30.0 % of fused weights in a PE',
      'additions 3 or more: 40.0 % of fused weights in a PE',
    ]);
    expect(tips[3]).toEqual({
      title: 'additions: 3 or more',
      rows: [
        ['fused weights in a PE', '40'],
        ['share', '40.0 %'],
      ],
    });
  });
});
