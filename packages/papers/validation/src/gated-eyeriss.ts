import type { SparseFeatures, TensorFormat } from '@archon-dse/sparse-features';
import type { Comparison } from './comparison.js';
import { GATED_EYERISS, GATED_EYERISS_ENERGIES, type ActionEnergies, type GatedLayer } from './data/gated-eyeriss.js';
import { levelsOf, runSparse, type SparseLayerRun } from './sparse-run.js';

const EYERISS = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  shared_glb: ['Inputs', 'Outputs'],
  columns: [],
  ifmap_spad: ['Inputs'],
  weights_spad: ['Weights'],
  psum_spad: ['Outputs'],
});

const compressed = (tensor: 'Inputs' | 'Outputs'): TensorFormat => ({
  level: 'DRAM',
  tensor,
  ranks: [
    {
      format: 'run-length',
      dims: tensor === 'Inputs' ? ['N', 'G', 'C', 'P', 'Q'] : ['N', 'G', 'M', 'P', 'Q'],
      bits: GATED_EYERISS_ENERGIES.runBits,
    },
  ],
});

/** Activations in DRAM are compressed; a zero input gates the weight it would be multiplied with, and the multiplier. */
const FEATURES: SparseFeatures = {
  formats: [compressed('Inputs'), compressed('Outputs')],
  gating: [{ level: 'weights_spad', tensor: 'Weights', on: ['Inputs'] }],
  compute: { gating: ['Inputs'] },
};

/** AlexNet with the zeros of its activations on Timeloop's Eyeriss. */
export function gatedEyeriss(): Comparison {
  return {
    title: 'Timeloop, Eyeriss of 168 PEs, gated AlexNet',
    source:
      'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: set-up of table 7, mappings, densities, energy tables, dense and sparse outputs',
    validates:
      'Gating and compression of activations, in the published mappings and with the published energy of every action: the accesses of the dense ' +
      'layer, and what zeros save of them.',
    assumptions: [
      'Reads, writes and gated reads have each their own price, as there.',
      'A gated multiplication costs the published 0.066 pJ; the reference charges none for it, and that is the difference.',
      'Runs of more than 31 zeros take entries of their own, which the reference leaves out.',
      'The first layer compresses its outputs only.',
    ],
    layers: GATED_EYERISS.map((layer) => ({
      layer: layer.name,
      figures: [
        { quantity: 'dense energy, uJ', published: layer.denseUj, modelled: energyUj(layer, {}) },
        {
          quantity: 'gated energy, uJ',
          published: layer.sparseUj,
          modelled: energyUj(layer, layer.isSparse ? FEATURES : { formats: [compressed('Outputs')] }),
        },
      ],
    })),
  };
}

function energyUj({ problem, mapping, density }: GatedLayer, features: SparseFeatures): number {
  const zeros = {
    Inputs: { kind: 'uniform', density: density.Inputs },
    Weights: { kind: 'uniform', density: density.Weights },
    Outputs: { kind: 'uniform', density: density.Outputs },
  } as const;
  const run = runSparse(problem, EYERISS, mapping, { features, zeros, wordBits: 16 });
  const { full, gated } = run.sparse.macs;
  const macs = full * GATED_EYERISS_ENERGIES.mac + gated * GATED_EYERISS_ENERGIES.gatedMac;
  const levels = Object.entries(GATED_EYERISS_ENERGIES.levels).map(([name, prices]) => levelPj(run, name, prices));
  return levels.reduce((sum, level) => sum + level, macs) / 1e6;
}

function levelPj(
  { sparse }: SparseLayerRun,
  name: string,
  { read, write, gatedRead, rowWords }: ActionEnergies,
): number {
  const level = sparse.levels.find((candidate) => candidate.name === name);
  const spaces = Object.values(level?.accesses ?? {});
  const { runPj, runBits } = GATED_EYERISS_ENERGIES;
  return spaces.reduce((sum, { reads, updates, fills, metadataBits }) => {
    const accesses = reads.full * read + reads.gated * gatedRead + (updates.full + fills.full) * write;
    return sum + (level?.instances ?? 0) * (accesses / rowWords + (metadataBits / runBits) * runPj);
  }, 0);
}
