import { arrayArchitecture, arrayComponents, PUBLISHED_DENSE_ARRAY } from '@archon-dse/pe-array';
import { priceComponents } from '@archon-dse/pricing';
import { describe, expect, it } from 'vitest';

/** Figures of the dense baseline as published with the ICS'21 ARCHON experiments. */
describe('prices of the published dense array', () => {
  const components = arrayComponents(PUBLISHED_DENSE_ARRAY);
  const prices = priceComponents(components);

  it('are the published energies', () => {
    const { levels, macEnergyPj } = arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices);
    expect(Object.fromEntries(levels.map(({ name, accessEnergyPj }) => [name, accessEnergyPj]))).toEqual({
      DRAM: 512,
      shared_glb: 70.264,
      DummyBuffer: 0.202,
      ifmap_spad: 0.251,
      weights_spad: 1.18,
      psum_spad: 0.302,
    });
    expect(macEnergyPj).toBe(2.2);
  });

  it('are the published area', () => {
    const area = components.reduce((sum, { name, instances }) => sum + instances * (prices.art[name]?.value ?? NaN), 0);
    expect(area).toBeCloseTo(1_440_017.2, 4);
  });
});
