import { describe, expect, it } from 'vitest';
import { archonAreaUm2, archonComponents } from './components.js';
import { PUBLISHED_ARCHON } from './hardware.js';
import { CORRECTED_RULES, ICS21_RULES_A } from './rules.js';

/** um2 of one instance. @source ICS'21 ARCHON experiments, Accelergy outputs */
const AREAS = {
  DRAM: 1,
  shared_glb: 979_377,
  DummyBuffer: 235.68,
  mac: 1239.5,
  ifmap_spad: 379.68,
  psum_spad: 624.68,
  weights_spad: 2319.32,
  prediction_glb: 164_714,
  prediction_buffer: 1020.59,
  adder: 111.875,
  adder_fifo: 100.759,
  mask: 50.4,
  zero_flag_mux: 50.4,
  operand_mux: 50.4,
  binary_decoder: 50.4,
};

describe('area', () => {
  it('is that of the publication for five and for six adders', () => {
    expect(archonAreaUm2(PUBLISHED_ARCHON, ICS21_RULES_A, AREAS)).toBeCloseTo(1_474_072.68, 2);
    const six = { ...ICS21_RULES_A, areaAdders: 'hardware' as const };
    expect(archonAreaUm2(PUBLISHED_ARCHON, six, AREAS)).toBeCloseTo(1_531_226.86, 2);
  });

  it('counts the prediction GLB by rule', () => {
    const counted = { ...ICS21_RULES_A, predictionGlbArea: 'counted' as const };
    expect(archonAreaUm2(PUBLISHED_ARCHON, counted, AREAS)).toBeCloseTo(1_474_072.68 + 164_714, 2);
  });

  it('does not depend on the second weights scratchpad, which only the published energies have', () => {
    const names = (rules: typeof CORRECTED_RULES): string[] =>
      archonComponents(PUBLISHED_ARCHON, rules).map(({ name }) => name);
    expect(names(ICS21_RULES_A)).toContain('weights_spad');
    expect(names(CORRECTED_RULES)).not.toContain('weights_spad');
  });
});

describe('components', () => {
  it('multiply adders by lanes and PEs', () => {
    const instances = Object.fromEntries(
      archonComponents({ ...PUBLISHED_ARCHON, addersPerPe: 2 }, CORRECTED_RULES).map((c) => [c.name, c.instances]),
    );
    expect(instances).toMatchObject({
      mac: 64,
      adder: 128,
      zero_flag_mux: 128,
      operand_mux: 64 * 8,
      mask: 64 * 16,
      binary_decoder: 64,
    });
  });
});
