import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionCount } from '@archon-dse/core';
import type { Accesses, Evaluation } from '@archon-dse/loop-nest';
import type { FusedBlock } from './block.js';
import { PUBLISHED_ARCHON } from './hardware.js';
import type { MapLayer, MapRequest } from './map-layer.js';
import { predictExpand, predictSecond, type ArchonModel } from './predict.js';
import { CORRECTED_RULES, ICS21_RULES_A, ICS21_RULES_B, type ArchonRules } from './rules.js';
import { runFusedBlocks } from './run-blocks.js';

const BLOCK: FusedBlock = {
  name: 'b1',
  inChannels: 32,
  midChannels: 2368,
  outChannels: 32,
  kernel: 3,
  stride: 1,
  groups: 4,
  mixesGroups: false,
  outputWidth: 32,
  order: 'pw-dw-pw',
  activationBits: 4,
  kept: { fraction: 0.014 },
};
const SHUFFLED: FusedBlock = {
  ...BLOCK,
  inChannels: 24,
  midChannels: 240,
  outChannels: 18,
  groups: 3,
  mixesGroups: true,
  order: 'pw-pw-dw',
};

const accesses = (vectorAccesses: number): Accesses => ({
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

/** An evaluation with round counts, whatever the problem. */
const evaluation = (macs: number): Evaluation => ({
  macs,
  computeCycles: 2410,
  cycles: 2410,
  utilization: 1,
  startUpCycles: 0,
  energyPj: 1,
  macEnergyPj: 1,
  leakagePj: 0,
  levels: [
    {
      name: 'DRAM',
      instances: 1,
      cycles: 1,
      accesses: { Weights: accesses(800), Inputs: accesses(400), Outputs: accesses(200) },
    },
    { name: 'shared_glb', instances: 1, cycles: 1, accesses: { Inputs: accesses(4000), Outputs: accesses(2000) } },
    { name: 'ifmap_spad', instances: 64, cycles: 1, accesses: { Inputs: accesses(40) } },
    { name: 'weights_spad', instances: 64, cycles: 1, accesses: { Weights: accesses(80) } },
    { name: 'psum_spad', instances: 64, cycles: 1, accesses: { Outputs: accesses(60) } },
  ].map((level) => ({ ...level, builtInstances: level.instances, usedWords: 0 })),
});

const requests: MapRequest[] = [];
const mapLayer: MapLayer = (request) => {
  requests.push(request);
  const { C, M, R, S, P, Q } = request.problem;
  return { found: true, evaluation: evaluation(C * M * R * S * P * Q), mapping: 'L0' };
};
const modelOf = (rules: ArchonRules): ArchonModel => ({ hardware: PUBLISHED_ARCHON, rules, mapLayer });
const count = (actions: readonly ActionCount[], component: string, dataSpace?: string): number =>
  actions.filter((a) => a.component === component && a.dataSpace === dataSpace).reduce((sum, a) => sum + a.count, 0);

describe('prediction of the first layer', () => {
  it('counts four groups as the FusioNet tables do', () => {
    const { cycles, macs, actions } = predictExpand(BLOCK, modelOf(ICS21_RULES_B));
    expect(macs).toBe(8 * 592 * 1024 * 4);
    // floor(4 groups x 2410 cycles / 24 adders)
    expect(cycles).toBe(401);
    // ternary weights: 2 of 16 bit; inputs and outputs of DRAM at 4 of 16 bit; four groups
    expect(count(actions, 'DRAM', 'Weights')).toBe(800 * (2 / 16) * 4);
    expect(count(actions, 'DRAM', 'Inputs')).toBe(400 * 0.25 * 4);
    expect(count(actions, 'DRAM', 'Outputs')).toBe(200 * 0.25 * 4);
    expect(count(actions, 'shared_glb', 'Inputs')).toBe(4000 * 0.25 * 4);
    expect(count(actions, 'shared_glb', 'Outputs')).toBe(2000 * 4);
    // the scratchpads swap components; the input one is not narrowed here
    expect(count(actions, 'psum_spad', 'Inputs')).toBe(40 * 4);
    expect(count(actions, 'ifmap_spad', 'Outputs')).toBe(60 * 4);
    expect(count(actions, 'weights_spad', 'Weights')).toBe(80 * (2 / 16) * 4);
    // one bit a predicted output, 64 of them in a DRAM access
    expect(count(actions, 'DRAM', 'Masks')).toBe((2368 * 1024) / 64);
    // 0.22 pJ = a tenth of 2.2; MACs / all 32 input channels
    expect(count(actions, 'mac')).toBeCloseTo((0.1 * macs) / 32, 6);
    expect(count(actions, 'adder') * 0.054).toBeCloseTo(macs * 0.043, 3);
  });

  it('narrows the input scratchpad and packs additions in the MobileNetV2 and corrected counts', () => {
    const published = predictExpand(BLOCK, modelOf(ICS21_RULES_A));
    expect(count(published.actions, 'psum_spad', 'Inputs')).toBe(40 * 0.25 * 4);
    expect(count(published.actions, 'adder') * 0.054).toBeCloseTo(published.macs * 0.043 * 0.25, 3);
    const corrected = predictExpand(BLOCK, modelOf(CORRECTED_RULES));
    expect(corrected.cycles).toBe(402);
    expect(count(corrected.actions, 'adder')).toBe(corrected.macs * 0.25);
    expect(count(corrected.actions, 'mac')).toBe(2368 * 1024);
    expect(count(corrected.actions, 'prediction_buffer', 'Weights')).toBe(80 * (2 / 16) * 4);
  });
});

describe('prediction of a depthwise layer', () => {
  it('multiplies one channel by all in the published counts', () => {
    const a = predictSecond(BLOCK, modelOf(ICS21_RULES_A)).actions;
    expect(count(a, 'DRAM', 'Inputs')).toBe(400 * 2368 * 0.25);
    expect(count(a, 'shared_glb', 'Inputs')).toBe(4000 * 0.25);
    expect(count(a, 'DRAM', 'Outputs')).toBe(0);
    expect(count(a, 'shared_glb', 'Outputs')).toBe(0);
    expect(count(a, 'mac')).toBeCloseTo(0.1 * 2368 * 1024, 6);
    const b = predictSecond(BLOCK, modelOf(ICS21_RULES_B)).actions;
    expect(count(b, 'DRAM', 'Inputs')).toBe(400 * (2367 + 0.25));
    expect(count(b, 'mac')).toBeCloseTo((0.1 * 9 * 2368 * 1024) / 32, 6);
  });

  it('reads an own channel each in the corrected counts', () => {
    requests.length = 0;
    const { actions } = predictSecond(BLOCK, modelOf(CORRECTED_RULES));
    expect(requests[0]?.problem).toMatchObject({ C: 1, M: 2368, R: 3, depthwise: true });
    expect(count(actions, 'DRAM', 'Inputs')).toBe(400 * 0.25);
    expect(count(actions, 'mac')).toBe(2368 * 1024);
  });
});

describe('prediction of a second pointwise layer', () => {
  it('keeps partial sums and drops the outputs', () => {
    requests.length = 0;
    const { actions, cycles } = predictSecond(SHUFFLED, modelOf(ICS21_RULES_B));
    expect(requests[0]).toMatchObject({ kind: 'predict-project', problem: { C: 80, M: 6, R: 1, P: 32 } });
    expect(cycles).toBe(Math.floor((3 * 2410) / 24));
    expect(count(actions, 'DRAM', 'Inputs')).toBe(400 * 0.25 * 3);
    expect(count(actions, 'DRAM', 'Outputs')).toBe(0);
    expect(count(actions, 'shared_glb', 'Outputs')).toBe(2000 * 3);
  });
});

const anyRules = fc.record(
  Object.fromEntries(
    (Object.keys(CORRECTED_RULES) as (keyof ArchonRules)[]).map((name) => [
      name,
      fc.constantFrom(ICS21_RULES_A[name], ICS21_RULES_B[name], CORRECTED_RULES[name]),
    ]),
  ),
) as unknown as fc.Arbitrary<ArchonRules>;

describe('any mix of rules', () => {
  it('gives whole cycles and finite counts of nothing negative', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(BLOCK, SHUFFLED), fc.integer({ min: 1, max: 16 }), (rules, block, bits) => {
        const [run] = runFusedBlocks([{ ...block, activationBits: bits }], modelOf(rules));
        for (const { cycles, actions } of run?.phases ?? []) {
          expect(Number.isInteger(cycles) && cycles >= 0).toBe(true);
          for (const action of actions) expect(Number.isFinite(action.count) && action.count >= 0).toBe(true);
        }
        expect(run?.phases.map(({ phase }) => phase)).toEqual(['predict-expand', 'predict-second', 'main', 'overhead']);
      }),
    );
  });
});
