import type { Evaluation } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { evaluationActions, scaleActions } from './actions.js';

const accesses = (vectorAccesses: number) => ({
  tileWords: 1,
  partitionWords: 1,
  reads: 1,
  updates: 0,
  fills: 0,
  totalReads: 0,
  totalUpdates: 0,
  totalFills: 0,
  energyPj: 1,
  vectorAccesses,
});

const EVALUATION: Evaluation = {
  macs: 12,
  computeCycles: 6,
  cycles: 6,
  utilization: 1,
  startUpCycles: 0,
  energyPj: 1,
  macEnergyPj: 1,
  leakagePj: 0,
  levels: [
    { name: 'DRAM', instances: 1, cycles: 6, accesses: { Weights: accesses(3), Inputs: accesses(5) } },
    { name: 'psum_spad', instances: 2, cycles: 6, accesses: { Outputs: accesses(0) } },
  ].map((level) => ({ ...level, builtInstances: level.instances, usedWords: 0 })),
};

const ACTIONS = [
  { component: 'DRAM', action: 'access', count: 3, dataSpace: 'Weights' },
  { component: 'DRAM', action: 'access', count: 5, dataSpace: 'Inputs' },
  { component: 'mac', action: 'compute', count: 12 },
];

describe('evaluationActions', () => {
  it('counts vector accesses by level and data space, and MACs; leaves out what never happens', () => {
    expect(evaluationActions(EVALUATION)).toEqual(ACTIONS);
  });
});

describe('scaleActions', () => {
  it('scales everything', () => {
    expect(scaleActions(ACTIONS, 3).map(({ count }) => count)).toEqual([9, 15, 36]);
  });

  it('scales one data space of the chosen components', () => {
    const only = { components: ['DRAM', 'shared_glb'], dataSpace: 'Inputs' } as const;
    expect(scaleActions(ACTIONS, 3, only).map(({ count }) => count)).toEqual([3, 15, 12]);
  });
});
