/**
 * The four layers that mappers were compared on, and the published dense array they are mapped to.
 * Peers' figures were measured on a 2-core x86-64 machine, in CPU seconds of one thread.
 */
import { PUBLISHED_DENSE_ARRAY, arrayArchitecture, denseMapspace } from '@archon-dse/pe-array';

const access = (value) => ({ access: { value, source: 'published ERT' } });

/** @source energies of the ICS'21 dense architecture, pJ per vector access */
export const prices = {
  art: {},
  ert: {
    DRAM: access(512),
    shared_glb: access(70.264),
    DummyBuffer: access(0.202),
    ifmap_spad: access(0.251),
    weights_spad: access(1.18),
    psum_spad: access(0.302),
    mac: { compute: { value: 2.2, source: 'published ERT' } },
  },
};

export const architecture = arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices);

const problem = (C, M, kernel, plane) => ({
  C,
  M,
  R: kernel,
  S: kernel,
  P: plane,
  Q: plane,
  N: 1,
  strideP: 1,
  strideQ: 1,
});

/** `timeloop`: valid mappings a second of Timeloop v1.0 with the authors' settings; `exhaustiveS`: its CPU seconds for all mappings. */
export const layers = [
  { name: 'b1 conv (depthwise, C1 M96 3x3 32x32)', problem: problem(1, 96, 3, 32), timeloop: 215, exhaustiveS: 4.3 },
  { name: 'b1 decom (C16 M96 1x1 32x32)', problem: problem(16, 96, 1, 32), timeloop: 172, exhaustiveS: 133 },
  { name: 'b1 comp (C96 M24 1x1 32x32)', problem: problem(96, 24, 1, 32), timeloop: 155, exhaustiveS: 257 },
  { name: 'b11 decom (C96 M576 1x1 16x16)', problem: problem(96, 576, 1, 16), timeloop: 95, exhaustiveS: 146 },
].map((layer) => ({ ...layer, constraints: denseMapspace(layer.problem, PUBLISHED_DENSE_ARRAY) }));
