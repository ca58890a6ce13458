import type { Mapping } from '@archon-dse/loop-nest';
import { expectedPasses } from '@archon-dse/pe-array';
import type { Comparison } from './comparison.js';
import { EYERISS_V2_PE, type SparseLayer } from './data/eyeriss-v2-pe.js';

/** Sparse pointwise layers on one PE of Eyeriss v2. */
export function sparsePe(): Comparison {
  return {
    title: 'Eyeriss v2, one PE, sparse MobileNet',
    source: 'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: set-up of figure 12',
    validates:
      'How well densities alone stand for the real zeros: a PE is busy once for every pair of non-zero operands, which a single PE with ' +
      'zeros at random would be. Waiting for the slowest PE, the core of our sparse model, does not occur with one PE.',
    assumptions: [
      'Our sparse array as it is compared here skips zero weights only; the first comparison is its count, too high for a PE that skips zero inputs too.',
      'The second comparison takes the share of non-zero inputs off as well.',
    ],
    layers: EYERISS_V2_PE.map((layer) => {
      const weightsOnly = expectedPasses(onePe(layer), layer.weightDensity).cycles;
      return {
        layer: layer.name,
        figures: [
          { quantity: 'cycles, zero weights skipped', published: layer.cycles, modelled: weightsOnly },
          { quantity: 'cycles, zero inputs too', published: layer.cycles, modelled: weightsOnly * layer.inputDensity },
        ],
      };
    }),
  };
}

/** Everything inside the PE. */
function onePe({ C, M, plane }: SparseLayer): Mapping {
  const loops = Object.entries({ C, M, P: plane, Q: plane } as const);
  return [
    [],
    [],
    [],
    [],
    [],
    loops.map(([dim, bound]) => ({ dim: dim as 'C' | 'M' | 'P' | 'Q', bound, kind: 'temporal' })),
  ];
}
