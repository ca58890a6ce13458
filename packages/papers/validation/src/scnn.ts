import type { Problem } from '@archon-dse/loop-nest';
import type { SparseFeatures } from '@archon-dse/sparse-features';
import { figureText } from '@archon-dse/core';
import type { Comparison } from './comparison.js';
import { SCNN_NETWORKS, type PrunedLayer } from './data/scnn.js';
import { levelsOf, runSparse } from './sparse-run.js';

const ARRAY = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  iaram: ['Inputs'],
  accumulators: ['Outputs'],
  pe: ['Weights'],
});

/** PEs along each side, lanes of a PE for each operand, and partial sums it holds. */
const [SIDE, LANES, PARTIAL_SUMS] = [8, 4, 1024] as const;

const FEATURES: SparseFeatures = {
  formats: [
    { level: 'pe', tensor: 'Weights', ranks: [{ format: 'run-length', dims: ['M', 'R', 'S'], bits: 4 }] },
    { level: 'iaram', tensor: 'Inputs', ranks: [{ format: 'run-length', dims: ['P', 'Q'], bits: 4 }] },
  ],
  compute: {
    skipping: {
      level: 'accumulators',
      on: ['Weights', 'Inputs'],
      pack: { Weights: ['M', 'R', 'S'], Inputs: ['P', 'Q'] },
      lanes: { Weights: LANES, Inputs: LANES },
    },
  },
};

/** Speed-up of SCNN over its dense counterpart, by densities of every layer. */
export function scnn(): Comparison {
  const speedups = Object.entries(SCNN_NETWORKS).map(([name, layers]) => [name, speedup(layers)] as const);
  const average = speedups.reduce((sum, [, own]) => sum + own, 0) / speedups.length;
  return {
    title: 'SCNN, three pruned networks',
    source:
      'A. Parashar et al., SCNN, ISCA 2017, abstract: 2.7 times as fast as a comparable dense accelerator; densities from NVlabs/timeloop',
    validates:
      'Cartesian products of packed lanes, and waiting for the slowest of 64 PEs, on three whole networks. Only the average over the networks is ' +
      `published where we could read it; the model has ${speedups.map(([name, own]) => `${name} ${figureText(own)}`).join(', ')}.`,
    assumptions: [
      'Each of 8 x 8 PEs has a tile of the input plane, 4 x 4 multipliers and 1024 partial sums; it takes as many output channels at a time as fit, all PEs waiting ' +
        'for each other after each group. A tile goes in as many parts as take the fewest cycles.',
      'A plane that 8 does not divide leaves PEs at the edge idle, with the dense counterpart as with SCNN: its PEs take 16 products a cycle of the same tile.',
      'Zeros anywhere. Tiles of neighbours are taken for independent, though all PEs share the weights.',
      'In a strided layer only products count that belong to an output. Banks of partial sums never conflict, and buffers never limit.',
      'The published factor of 2.3 in energy is not compared: component prices of SCNN are not at hand.',
    ],
    layers: [
      { layer: 'average of three networks', figures: [{ quantity: 'speed-up', published: 2.7, modelled: average }] },
    ],
  };
}

function speedup(layers: readonly PrunedLayer[]): number {
  const runs = layers.map((layer) => ({ ...cyclesOf(layer), groups: layer.shape.groups }));
  const total = (kind: 'dense' | 'sparse'): number => runs.reduce((sum, run) => sum + run[kind] * run.groups, 0);
  return total('dense') / total('sparse');
}

/** The tile of a PE goes in as many parts as take the fewest cycles: smaller parts leave room for more output channels at a time. */
function cyclesOf(layer: PrunedLayer): { dense: number; sparse: number } {
  const { C, M, kernel, plane } = layer.shape;
  const tile = Math.ceil(plane / SIDE);
  const parts = Array.from({ length: tile }, (_, at) => Math.ceil(tile / (at + 1)));
  const sparse = [...new Set(parts)].map((part) => sparseCycles(layer, tile, part));
  return { dense: (C * M * kernel ** 2 * tile ** 2) / LANES ** 2, sparse: Math.min(...sparse) };
}

function sparseCycles({ shape, weights, inputs }: PrunedLayer, tile: number, part: number): number {
  const { C, M, kernel, plane, stride } = shape;
  const reach = part + Math.ceil((kernel - 1) / stride);
  const channels = largestDivisor(M, Math.floor(PARTIAL_SUMS / reach ** 2));
  if (channels === 0) return Infinity;
  const [pes, times] = [Math.ceil(plane / tile), Math.ceil(tile / part)];
  const extent = pes * times * part;
  const problem: Problem = { C, M, R: kernel, S: kernel, P: extent, Q: extent, N: 1, strideP: stride, strideQ: stride };
  const outer = `L3[WIO] M${M / channels} P${times} Q${times} P${pes}X Q${pes}Y`;
  const mapping = `${outer} - L2[I] - L1[O] C${C} R${kernel} S${kernel} M${channels} P${part} Q${part} - L0[W]`;
  const zeros = {
    Weights: { kind: 'uniform', density: weights },
    Inputs: { kind: 'uniform', density: inputs },
  } as const;
  return runSparse(problem, ARRAY, mapping, { features: FEATURES, zeros, wordBits: 16 }).sparse.computeCycles;
}

/** The largest divisor that is at most `most`; 0 where that is less than 1. */
function largestDivisor(number: number, most: number): number {
  for (let divisor = Math.min(number, most); divisor > 0; divisor -= 1) if (number % divisor === 0) return divisor;
  return 0;
}
