import { describe, expect, it } from 'vitest';
import type { ActionCount } from '@archon-dse/core';
import type { FusedBlock } from './block.js';
import { PUBLISHED_ARCHON } from './hardware.js';
import { fusedWeights, maskRows, overheadPhase } from './overhead.js';
import { CORRECTED_RULES, ICS21_RULES_A, ICS21_RULES_B, type ArchonRules } from './rules.js';

/** First block of FusioNet. @source ICS'21 ARCHON experiments, FusioNet CIFAR-10 */
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
const CYCLES = 36_864;
const PJ: Readonly<Record<string, number>> = {
  DRAM: 512,
  writeOneBank: 21.456,
  readOneBank: 21.203,
  write: 0.718,
  read: 0.545,
  add: 0.054,
  op: 0.018,
  adder_fifo: 0.146,
};

const priceUj = (actions: readonly ActionCount[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { component, action, count } of actions) {
    sums[component] = (sums[component] ?? 0) + (count * (PJ[component] ?? PJ[action] ?? NaN)) / 1e6;
  }
  return sums;
};
const overhead = (rules: ArchonRules, block = BLOCK): readonly ActionCount[] =>
  overheadPhase(block, CYCLES, PUBLISHED_ARCHON, rules).actions;
const count = (actions: readonly ActionCount[], component: string, action: string): number =>
  actions.find((a) => a.component === component && a.action === action)?.count ?? 0;
const b = (changes: Partial<ArchonRules>): readonly ActionCount[] => overhead({ ...ICS21_RULES_B, ...changes });

describe('overhead of the first block of FusioNet', () => {
  it('costs 110.58 uJ as published, component by component', () => {
    const uj = priceUj(overhead(ICS21_RULES_B));
    expect(uj['DRAM']).toBeCloseTo(62.57, 2);
    expect(uj['prediction_glb']).toBeCloseTo(13.1, 2);
    expect(uj['binary_decoder']).toBeCloseTo(0.25, 2);
    expect(uj['prediction_buffer']).toBeCloseTo(31.08, 2);
    expect(uj['adder']).toBeCloseTo(1.53, 2);
    expect(uj['mask']).toBeCloseTo(0.51, 2);
    expect(uj['zero_flag_mux']).toBeCloseTo(0.51, 2);
    expect(uj['operand_mux']).toBeCloseTo(1.02, 2);
    expect(Object.values(uj).reduce((sum, part) => sum + part)).toBeCloseTo(110.579405, 6);
  });

  it('keeps 19 095.6 fused weights', () => {
    expect(fusedWeights(BLOCK, ICS21_RULES_B)).toBeCloseTo(19_095.552, 6);
    const densities = { ...BLOCK, kept: { densities: [0.2, 0.3, 0.2] as const } };
    expect(fusedWeights(densities, ICS21_RULES_B)).toBeCloseTo((19_095.552 * 0.012) / 0.014, 6);
  });
});

describe('rules of the overhead, each by itself', () => {
  it('fusedTaps: 25 for a 5x5 kernel', () => {
    const wide = { ...BLOCK, kernel: 5 };
    expect(fusedWeights(wide, ICS21_RULES_B)).toBeCloseTo(19_095.552, 6);
    expect(fusedWeights(wide, { ...ICS21_RULES_B, fusedTaps: 'kernel' })).toBeCloseTo((19_095.552 * 25) / 9, 6);
  });

  it('indexStorage: 1.625 words for 1.6', () => {
    const published = count(b({}), 'DRAM', 'access');
    expect(count(b({ indexStorage: 'weight-and-index' }), 'DRAM', 'access')).toBeCloseTo((published * 1.625) / 1.6, 6);
  });

  it('maskWords: 38 400 rows, 75 776 by the other tables, 75 776 produced', () => {
    expect(maskRows(BLOCK, ICS21_RULES_B)).toBe(38_400);
    expect(maskRows(BLOCK, ICS21_RULES_A)).toBe(2 * 37_888);
    expect(maskRows(BLOCK, CORRECTED_RULES)).toBe(2 * 37_888);
    expect(maskRows({ ...BLOCK, stride: 2 }, CORRECTED_RULES)).toBe(5 * 37_888);
  });

  it('maskTraffic: what it is, instead of a multiple of the prediction GLB', () => {
    expect(count(b({}), 'prediction_glb', 'readOneBank')).toBe(38_400 * 8);
    expect(count(b({ maskTraffic: 'glb-times-128/18' }), 'prediction_glb', 'readOneBank')).toBeCloseTo(273_066.667, 3);
    const right = b({ maskTraffic: 'dram-and-glb' });
    expect(count(right, 'prediction_glb', 'writeOneBank')).toBe(38_400);
    expect(right).toContainEqual({ component: 'DRAM', action: 'access', count: 38_400, dataSpace: 'Masks' });
  });

  it('maskCopies: 300, 2 664 or 1 480 words a pixel', () => {
    const words = (maskCopies: ArchonRules['maskCopies']): number =>
      count(b({ maskCopies }), 'prediction_buffer', 'write') / 64 / 16;
    expect(words('one')).toBe(300);
    expect(words('nine-of-both')).toBe(9 * 296);
    expect(words('window')).toBe((10 * 2368) / 16);
  });

  it('overheadAdders: 6 of 24', () => {
    expect(count(b({ overheadAdders: 'hardware' }), 'adder', 'add')).toBe(count(b({}), 'adder', 'add') / 4);
  });

  it('overheadActivity: twice the half', () => {
    const [half, full] = [b({}), b({ overheadActivity: 'full' })];
    for (const part of ['adder', 'mask', 'zero_flag_mux', 'operand_mux']) {
      const action = part === 'adder' ? 'add' : 'op';
      expect(count(full, part, action)).toBe(2 * count(half, part, action));
    }
  });

  it('decoderBits: 24 where a table says so', () => {
    const ops = (decoderBits: ArchonRules['decoderBits']): number => count(b({ decoderBits }), 'binary_decoder', 'op');
    expect(ops('data')).toBe(16 * 24 * CYCLES);
    expect(ops(24)).toBe(24 * 24 * CYCLES);
  });

  it('fifoActions: one an addition', () => {
    expect(count(b({}), 'adder_fifo', 'access')).toBe(0);
    const actions = b({ fifoActions: 'per-add' });
    expect(count(actions, 'adder_fifo', 'access')).toBe(count(actions, 'adder', 'add'));
  });
});
