import { describe, expect, it } from 'vitest';
import type { ChartColors } from '../../shared/chart/style.js';
import type { ExecutedBlock } from '../state/executed-blocks.js';
import { blockCycles, blockLook, timesText } from './block-cycles.js';

const block = (name: string, analyticalCycles: number, usefulCycles: number, stalls: Record<string, number>) => {
  const cycles = Object.values(stalls).reduce((sum, lost) => sum + lost, usefulCycles);
  return { name, layers: [], analyticalCycles, usefulCycles, cycles, stalls: new Map(Object.entries(stalls)) };
};
const blocks: readonly ExecutedBlock[] = [
  block('b1', 100, 120, { imbalance: 30, 'fifo-full': 50 }),
  block('b2', 0, 10, { imbalance: 40 }),
];
const bars = (view: 'cycles' | 'relative') =>
  blockCycles(blocks, view).series.map(({ name, stack, values }) => [name, stack, ...values]);

describe('bars of blocks', () => {
  it('are the analytical cycles beside useful ones and stalls, the largest cause first', () => {
    expect(bars('cycles')).toEqual([
      ['Analytical', 'analytical', 100, 0],
      ['Executed: useful', 'executed', 120, 10],
      ['Busiest PE', 'executed', 30, 40],
      ['FIFOs full', 'executed', 50, 0],
    ]);
  });

  it('are multiples of the analytical cycles, of which there may be none', () => {
    expect(bars('relative')).toEqual([
      ['Analytical', 'analytical', 1, 0],
      ['Executed: useful', 'executed', 1.2, 0],
      ['FIFOs full', 'executed', 0.5, 0],
      ['Busiest PE', 'executed', 0.3, 0],
    ]);
    expect(blocks.map(timesText)).toEqual(['2 ×', '–']);
  });

  it('look unlike each other', () => {
    const fills = blockCycles(blocks, 'cycles').series.map(({ fill }) => fill?.css);
    expect(new Set(fills).size).toBe(4);
  });

  it('say what they are, to eyes and ears', () => {
    const { tips, sentences } = blockCycles(blocks, 'cycles');
    expect(sentences[0]).toBe('b1, analytical 100, executed 200 cycles, FIFOs full 50, 25.0 %, Busiest PE 30, 15.0 %');
    expect(tips[0]?.rows).toEqual([
      ['Analytical', '100'],
      ['Executed', '200, 2 ×'],
      ['Useful', '120'],
      ['FIFOs full', '50, 25.0 %'],
      ['Busiest PE', '30, 15.0 %'],
    ]);
  });

  it('frame the chosen block', () => {
    const { firstSeries } = blockLook(blocks, 'cycles', 1, {} as ChartColors, 600);
    expect(firstSeries).toMatchObject({ markArea: { data: [[{ xAxis: 1 }, { xAxis: 1 }]] } });
  });
});
