import type { ActionCount } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import type { FusedBlock } from './block.js';
import { archonComponents } from './components.js';
import { executedPhases, laneCycles, type ExecutedMain, type ExecutedPhase } from './executed-block.js';
import { PUBLISHED_ARCHON, type ArchonHardware } from './hardware.js';
import { runFusedBlocks } from './run-blocks.js';
import { CORRECTED_RULES } from './rules.js';
import { archonArchitectures } from './architectures.js';
import { searchedMapLayer } from './search-layer.js';
import type { BlockRun, PhaseRun } from './run.js';

/** 8 -> 48 -> 8 channels on 16 x 16 pixels: 4 tiles of 64. */
const BLOCK: FusedBlock = {
  name: 'b1',
  inChannels: 8,
  midChannels: 48,
  outChannels: 8,
  kernel: 3,
  stride: 1,
  groups: 1,
  mixesGroups: false,
  outputWidth: 16,
  order: 'pw-dw-pw',
  activationBits: 4,
  kept: { fraction: 1 },
};
const HARDWARE: ArchonHardware = PUBLISHED_ARCHON;
const MAIN_MACS = 8 * 8 * 9 * 256;

const ONE = { value: 1, source: 'test' };
const ACTIONS = ['access', 'compute', 'add', 'op', 'read', 'write', 'readOneBank', 'writeOneBank'];
const names = archonComponents(HARDWARE, CORRECTED_RULES).map(({ name }) => name);
const energies = Object.fromEntries(ACTIONS.map((action) => [action, ONE]));
const prices = { ert: Object.fromEntries(names.map((name) => [name, energies])), art: {} };
const cache = { get: () => undefined, set: () => undefined };
const model = {
  hardware: HARDWARE,
  rules: CORRECTED_RULES,
  mapLayer: searchedMapLayer(HARDWARE, archonArchitectures(HARDWARE, CORRECTED_RULES, prices), cache),
};
const analytical: BlockRun = runFusedBlocks([BLOCK], model)[0]!;

/** Half of the multiplications, each built from two products. */
const EXECUTED: ExecutedMain = {
  cycles: 3000,
  products: 10_000,
  maskWords: 6000,
  additions: MAIN_MACS,
  multiplications: MAIN_MACS / 2,
  stalls: { imbalance: 696 },
};

const run = (changes: Partial<ExecutedMain> = {}, dramBitsPerCycle = Infinity): readonly ExecutedPhase[] =>
  executedPhases(BLOCK, analytical, { ...EXECUTED, ...changes }, model, dramBitsPerCycle);
const phase = <P extends PhaseRun>(phases: readonly P[], name: string): P => phases.find((one) => one.phase === name)!;
const count = ({ actions }: PhaseRun, component: string, dataSpace?: string, action?: string): number =>
  actions
    .filter((one: ActionCount) => one.component === component && (dataSpace ?? one.dataSpace) === one.dataSpace)
    .filter((one) => (action ?? one.action) === one.action)
    .reduce((sum, one) => sum + one.count, 0);

describe('predictions, lane by lane', () => {
  it('take a cycle for each activation under the window, for 24 channels of 64 pixels at a time', () => {
    // 4 tiles x 2 groups of lanes x 8 channels; 4 tiles x 2 groups x 9 taps
    expect(
      run()
        .slice(0, 2)
        .map(({ cycles }) => cycles),
    ).toEqual([64, 72]);
    expect(phase(run(), 'predict-expand').cyclesAnalytical).toBe(64);
  });

  it('lose what the last tile and the last lanes leave idle', () => {
    const problem = { C: 5, M: 25, R: 1, S: 1, P: 9, Q: 9, N: 1, strideP: 1, strideQ: 1 };
    expect(laneCycles({ problem, repeats: 3 }, HARDWARE)).toBe(3 * 2 * 2 * 5);
  });

  it('wait for DRAM where it is narrow', () => {
    const accesses = count(phase(analytical.phases, 'predict-expand'), 'DRAM');
    const { cycles, stalls } = phase(run({}, 16), 'predict-expand');
    expect(cycles).toBe(Math.ceil((accesses * 64) / 16));
    expect(stalls).toEqual({ dram: cycles - 64 });
    expect(phase(run({}, 1e9), 'predict-expand').stalls).toEqual({});
  });
});

describe('the main phase', () => {
  const main = phase(run(), 'main');
  const dense = phase(analytical.phases, 'main');

  it('is what was counted, beside what its loop nest says', () => {
    expect(main).toMatchObject({ macs: MAIN_MACS / 2, cycles: 3000, stalls: { imbalance: 696 } });
    expect(main.cyclesAnalytical).toBe(MAIN_MACS / 64);
  });

  it('multiplies, and reads its scratchpads, where a fused weight is not 0, and moves the same words from outside', () => {
    expect(count(main, 'mac')).toBe(MAIN_MACS / 2);
    for (const outside of ['DRAM', 'shared_glb']) expect(count(main, outside)).toBe(count(dense, outside));
    // Inputs: 9 x 8 reads a pixel and output, fills stay; half the reads are left.
    const [all, half] = [count(dense, 'ifmap_spad', 'Inputs'), count(main, 'ifmap_spad', 'Inputs')];
    expect(all - half).toBeCloseTo(MAIN_MACS / 2, 6);
    expect(phase(run({ multiplications: MAIN_MACS }), 'main').actions).toEqual(dense.actions);
  });
});

describe('what builds the fused weights', () => {
  const overhead = phase(run(), 'overhead');

  it('acts once for each product, mask and addition that was counted', () => {
    // a weight of 16 bit with an index of 10, in rows of 64 bit
    expect(count(overhead, 'DRAM', 'Weights')).toBeCloseTo((10_000 * 26) / 64, 9);
    expect(count(overhead, 'prediction_buffer', 'Masks', 'read')).toBe(6000 * 64);
    expect(count(overhead, 'adder')).toBe(MAIN_MACS);
    expect(count(overhead, 'adder_fifo')).toBe(MAIN_MACS);
    expect(count(overhead, 'mask')).toBe(10_000 * 64);
    expect(count(overhead, 'zero_flag_mux')).toBe(10_000 * 64);
    expect(count(overhead, 'operand_mux')).toBe(2 * MAIN_MACS);
    expect(count(overhead, 'binary_decoder')).toBe(10_000 * 16);
    expect(overhead).toMatchObject({ macs: 0, cycles: 0 });
  });

  it('writes masks as the analytical model does', () => {
    const dense = phase(analytical.phases, 'overhead');
    const writes = [overhead, dense].map((of) => count(of, 'prediction_buffer', 'Masks', 'write'));
    expect(writes[0]).toBe(writes[1]);
    expect(count(overhead, 'prediction_glb')).toBe(count(dense, 'prediction_glb'));
  });
});
