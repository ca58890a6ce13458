/** Names of the hardware, as in the published architecture files; levels and priced components share them. */
export const LEVEL = {
  dram: 'DRAM',
  glb: 'shared_glb',
  column: 'DummyBuffer',
  ifmapSpad: 'ifmap_spad',
  weightsSpad: 'weights_spad',
  psumSpad: 'psum_spad',
} as const;

export const MAC = 'mac';
