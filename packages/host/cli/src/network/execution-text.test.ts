import type { LayerRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { executionText } from './execution-text.js';

const LAYER: LayerRecord = {
  name: 'b1.project',
  block: 'b1',
  role: 'project',
  phase: 'main',
  macs: 900,
  cycles: 1200,
  utilization: 0.5,
  energyPj: 1,
  energyByComponentPj: {},
};

describe('what executing found', () => {
  it('is a column a cause and a share, of the layers that were executed', () => {
    const execution = {
      cyclesAnalytical: 1000,
      stalls: { imbalance: 150, dram: 50 },
      shares: { adderUtilization: 0.25 },
    };
    const other = { ...LAYER, name: 'b2.project', execution: { cyclesAnalytical: 1200, stalls: { masks: 7 } } };
    const [table = ''] = executionText([LAYER, { ...LAYER, execution }, other]);
    const cells = table.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(cells).toEqual([
      ['executed', 'analytical', 'cycles', 'lost: imbalance', 'lost: dram', 'lost: masks', 'adder utilization'],
      ['b1.project, main', '1,000', '1,200', '150', '50', '25.0%'],
      ['b2.project, main', '1,200', '1,200', '7'],
    ]);
  });

  it('is nothing where no layer was', () => {
    expect(executionText([LAYER])).toEqual([]);
  });
});
