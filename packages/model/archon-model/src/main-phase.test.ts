import { describe, expect, it } from 'vitest';
import type { PriceTables } from '@archon-dse/core';
import { archonArchitectures } from './architectures.js';
import type { FusedBlock } from './block.js';
import { PUBLISHED_ARCHON, type ArchonHardware } from './hardware.js';
import { mainPhases } from './main-phase.js';
import { CORRECTED_RULES, ICS21_RULES_A, type ArchonRules } from './rules.js';
import { blockCycles } from './run.js';
import { runLayer } from './run-layer.js';
import { runFusedBlocks } from './run-blocks.js';
import { searchedMapLayer } from './search-layer.js';

/** pJ an action. @source ICS'21 ARCHON experiments, Accelergy outputs */
const PJ = {
  DRAM: { access: 512 },
  shared_glb: { access: 68.751 },
  DummyBuffer: { access: 0 },
  ifmap_spad: { access: 0.237 },
  psum_spad: { access: 0.338 },
  weights_spad: { access: 0.896 },
  prediction_buffer: { access: 0.718 },
  mac: { compute: 2.2 },
};
const testPrices: PriceTables = {
  ert: Object.fromEntries(
    Object.entries(PJ).map(([component, actions]) => [
      component,
      Object.fromEntries(Object.entries(actions).map(([action, value]) => [action, { value, source: 'test' }])),
    ]),
  ),
  art: {},
};

const block = (name: string, changes: Partial<FusedBlock>): FusedBlock => ({
  name,
  inChannels: 24,
  midChannels: 960,
  outChannels: 24,
  kernel: 3,
  stride: 1,
  groups: 1,
  mixesGroups: false,
  outputWidth: 32,
  order: 'pw-dw-pw',
  activationBits: 4,
  kept: { fraction: 0.013 },
  ...changes,
});
const model = (rules: ArchonRules, hardware: ArchonHardware = PUBLISHED_ARCHON) => ({
  hardware,
  rules,
  mapLayer: searchedMapLayer(hardware, archonArchitectures(hardware, rules, testPrices)),
});

/** The first six blocks of fused MnasNet. @source ICS'21 ARCHON experiments */
const MNASNET = [
  block('b1', { inChannels: 16 }),
  block('b2', {}),
  block('b3', { kernel: 5, stride: 2, outputWidth: 16 }),
  block('b4', { kernel: 5, outputWidth: 16, outChannels: 32 }),
  block('b5', { kernel: 5, outputWidth: 16, inChannels: 32, outChannels: 32 }),
  block('b6', { outputWidth: 16, inChannels: 32, outChannels: 32 }),
];

const cycles = (rules: ArchonRules, hardware = PUBLISHED_ARCHON): readonly number[] =>
  mainPhases(MNASNET, model(rules, hardware)).map((phase) => phase.cycles);

describe('main phases of MnasNet', () => {
  it('inherit 82 944 cycles in the published tables', () => {
    expect(cycles(ICS21_RULES_A)).toEqual([55_296, 82_944, 82_944, 82_944, 82_944, 82_944]);
    const phases = mainPhases(MNASNET, model(ICS21_RULES_A));
    expect(phases.map(({ copiedFrom }) => copiedFrom)).toEqual([undefined, undefined, 'b2', 'b2', 'b2', 'b2']);
  });

  it('are computed once no block is skipped, and still inherit without a mapping', () => {
    const rules = { ...ICS21_RULES_A, skippedMainBlocks: 'computed' as const };
    expect(cycles(rules)).toEqual([55_296, 82_944, 82_944, 82_944, 82_944, 36_864]);
  });

  it('are refused without a mapping, with the size that helps', () => {
    expect(() => cycles(CORRECTED_RULES)).toThrow(/main nest of "b3": ifmap_spad holds 12 words; .* take 25/);
    let hint = '';
    try {
      cycles(CORRECTED_RULES);
    } catch (error) {
      hint = (error as { diagnostics: { hint: string }[] }).diagnostics[0]?.hint ?? '';
    }
    expect(hint).toContain('ifmapSpadWords of 25');
  });

  it('are those of the shapes once the window fits', () => {
    expect(cycles(CORRECTED_RULES, { ...PUBLISHED_ARCHON, ifmapSpadWords: 25 })).toEqual([
      55_296, 82_944, 57_600, 76_800, 102_400, 36_864,
    ]);
  });
});

describe('groups of the main phase', () => {
  const grouped = block('b1', { inChannels: 24, outChannels: 18, groups: 3 });

  it('take the same cycles one by one, with their own inputs', () => {
    const [one] = mainPhases([grouped], model(ICS21_RULES_A));
    const [each] = mainPhases([grouped], model(CORRECTED_RULES));
    expect(one?.cycles).toBe(20_736);
    expect(each?.cycles).toBe(20_736);
    const inputs = (phase = one): number =>
      phase?.actions.find((a) => a.component === 'DRAM' && a.dataSpace === 'Inputs')?.count ?? 0;
    expect(inputs(each)).toBe(3 * inputs(one));
  });

  it('become one under a shuffle', () => {
    const [mixed] = mainPhases([{ ...grouped, mixesGroups: true }], model(CORRECTED_RULES));
    expect(mixed?.cycles).toBe(3 * 20_736);
  });
});

describe('a whole block', () => {
  it('adds or overlaps predictions and main', () => {
    const fusionet = block('b1', { inChannels: 32, midChannels: 2368, outChannels: 32, groups: 4 });
    const [run] = runFusedBlocks([fusionet], model(ICS21_RULES_A));
    if (run === undefined) throw new Error('no run');
    expect(run.phases.map((phase) => phase.cycles)).toEqual([12_629, 14_208, 36_864, 0]);
    expect(blockCycles(run, 'added')).toBe(12_629 + 14_208 + 36_864);
    expect(blockCycles(run, 'overlapped')).toBe(36_864);
  });

  it('leaves the weights of the main phase to the overhead', () => {
    const [main] = mainPhases([block('b1', { inChannels: 8, outChannels: 32 })], model(ICS21_RULES_A));
    expect(main?.actions.some((a) => a.component === 'DRAM' && a.dataSpace === 'Weights')).toBe(false);
    // 27 973 632.89 pJ is the published energy of this nest, DRAM weights included
    expect(main?.mapped?.evaluation.energyPj).toBeCloseTo(27_973_632.89, 1);
    expect(main?.mapped?.mapping).toMatch(/^DRAM\[WIO\] .+ - shared_glb\[IO\] .+ - psum_spad\[O\] /);
  });
});

describe('a layer that is not fused', () => {
  const fc = { C: 1280, M: 10, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };

  it('spreads input channels where there is no plane: 1280 x 10 MACs on 64 PEs', () => {
    expect(runLayer({ name: 'fc', problem: fc, repeats: 1 }, model(CORRECTED_RULES))).toMatchObject({
      phase: 'layer',
      macs: 12_800,
      cycles: 200,
    });
  });

  it('runs groups one after the other, whole weights and all MACs', () => {
    const problem = { ...fc, C: 8, M: 8, P: 32, Q: 32 };
    const { cycles: groups, actions } = runLayer({ name: 'pw', problem, repeats: 4 }, model(CORRECTED_RULES));
    expect(groups).toBe(4096);
    expect(actions).toContainEqual({ component: 'mac', action: 'compute', count: 4 * 8 * 8 * 1024 });
    const weights = actions.find(({ component, dataSpace }) => component === 'DRAM' && dataSpace === 'Weights');
    expect(weights?.count).toBeGreaterThanOrEqual((4 * 8 * 8) / 4);
  });
});
