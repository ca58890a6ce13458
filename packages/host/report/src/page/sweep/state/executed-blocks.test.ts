import type { LayerExecution } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { executedBlocks, firstShown, wholeOf } from './executed-blocks.js';
import type { Layer } from './report.js';

const layer = (block: string, cycles: number, execution?: LayerExecution): Layer => ({
  ...{ name: `${block}.layer`, block, cycles, role: 'r', phase: '', mapping: '', tiles: '', notes: '', macs: 1 },
  ...{ energyPj: 1, utilization: 0.5, energyByComponentPj: {} },
  ...(execution === undefined ? {} : { execution }),
});
const layers = [
  layer('b0', 50),
  layer('b1', 10, { cyclesAnalytical: 8, stalls: { adders: 1.5 } }),
  layer('b1', 90, { cyclesAnalytical: 60, stalls: { adders: 20, dram: 0 }, maps: { m: [[1]] } }),
  layer('b1', 7),
  layer('b2', 30, { cyclesAnalytical: 40 }),
];
const [first, second] = executedBlocks(layers);

describe('executed blocks', () => {
  it('add up what their executed layers took and waited for', () => {
    expect(executedBlocks(layers).map(({ name }) => name)).toEqual(['b1', 'b2']);
    expect(first).toMatchObject({
      analyticalCycles: 68,
      cycles: 100,
      usefulCycles: 78.5,
      stalls: new Map([['adders', 21.5]]),
    });
    expect(first?.layers).toHaveLength(2);
    expect(second).toMatchObject({ analyticalCycles: 40, cycles: 30, usefulCycles: 30, stalls: new Map() });
  });

  it('are one as a whole', () => {
    expect(wholeOf(executedBlocks(layers))).toMatchObject({ analyticalCycles: 108, cycles: 130, usefulCycles: 108.5 });
  });

  it('begin with the first that has pictures', () => {
    const plain = layer('a', 1, { cyclesAnalytical: 1, histograms: {} });
    expect(firstShown(executedBlocks([plain, ...layers]))?.name).toBe('b1');
    expect(firstShown(executedBlocks([plain]))?.name).toBe('a');
    expect(firstShown([])).toBeUndefined();
  });
});
