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
/** By the laws of the pricing tables: an adder of 16 bit, and a multiplier of 32 bit over its 32 x 32 bit products. */
const ACCUMULATE_PJ = 0.043;
const BIT_PRODUCT_PJ = 8.63 / 1024;

/** The published energies of components at any size, so that only counts and cycles vary. Areas are not looked at: each is 1. */
export function publishedPrices(
  components: readonly { readonly name: string }[] = Object.keys(PUBLISHED_ACCESS_PJ).map((name) => ({ name })),
): PriceTables {
  const source = 'published';
  const rows = components.map(({ name }) => {
    const offChip = name === 'DRAM' ? { offChipBits: DRAM_BITS } : {};
    return [name, { access: { value: PUBLISHED_ACCESS_PJ[name] ?? NaN, source, ...offChip } }];
  });
  const mac = {
    compute: { value: PUBLISHED_MAC_PJ, source, macs: 1 },
    accumulate: { value: ACCUMULATE_PJ, source, macs: 1 },
    bitProduct: { value: BIT_PRODUCT_PJ, source },
  };
  return {
    ert: { ...Object.fromEntries(rows), mac },
    art: Object.fromEntries(components.map(({ name }) => [name, { value: 1, source: 'test' }])),
  };
}
