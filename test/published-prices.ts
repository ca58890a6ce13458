import type { PriceTables } from '@archon-dse/core';

/** pJ of one access in the dense array; ICS'21 ARCHON experiments. */
export const PUBLISHED_ACCESS_PJ: Readonly<Record<string, number>> = {
  DRAM: 512,
  shared_glb: 70.264,
  DummyBuffer: 0.202,
  ifmap_spad: 0.251,
  weights_spad: 1.18,
  psum_spad: 0.302,
};
const PUBLISHED_MAC_PJ = 2.2;
const DRAM_BITS = 64;

/** The published energies of components at any size, so that only counts and cycles vary. Areas are not looked at: each is 1. */
export function publishedPrices(
  components: readonly { readonly name: string }[] = Object.keys(PUBLISHED_ACCESS_PJ).map((name) => ({ name })),
): PriceTables {
  const source = 'published';
  const rows = components.map(({ name }) => {
    const offChip = name === 'DRAM' ? { offChipBits: DRAM_BITS } : {};
    return [name, { access: { value: PUBLISHED_ACCESS_PJ[name] ?? NaN, source, ...offChip } }];
  });
  return {
    ert: { ...Object.fromEntries(rows), mac: { compute: { value: PUBLISHED_MAC_PJ, source, macs: 1 } } },
    art: Object.fromEntries(components.map(({ name }) => [name, { value: 1, source: 'test' }])),
  };
}
