import { defineAccelerator, type AcceleratorInput, type AcceleratorRun } from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  arrayNest,
  arraySupport,
  denseMeshSides,
  layerWords,
  narrowArchitecture,
  refuseIdleMesh,
} from '@archon-dse/pe-array';
import { checkDeclared, layerWeights } from './layer-weights.js';
import { SPARSE_OPTIONS, type SparseOptions } from './options.js';
import { runLayer } from './run-layer.js';

/** The array of the dense accelerator, with PEs that skip zero weights. */
export const sparse = defineAccelerator({
  name: 'sparse',
  title: 'Sparse PE array',
  description:
    'The dense PE array with compressed weights: PEs skip the zero ones, and wait for the slowest PE after every pass.',
  options: SPARSE_OPTIONS,
  source: "Sparse baseline of the ICS'21 ARCHON experiments",
  create: (options) => ({
    components: () => arrayComponents(options),
    supports: (workload) => arraySupport(workload, options),
    check(workloads) {
      const problems = workloads.map((workload) => arrayNest(workload, options.depthwiseInputs).problem);
      refuseIdleMesh(denseMeshSides(problems, options));
      checkDeclared(workloads, options);
    },
    run: (input) => runSparse(options, input),
  }),
});

function runSparse(options: SparseOptions, { workloads, prices, cache, seed }: AcceleratorInput): AcceleratorRun {
  const whole = arrayArchitecture(options, prices);
  const weights = layerWeights(workloads, options, seed);
  const layers = workloads.flatMap((workload, index) => {
    const ofLayer = weights[index];
    if (ofLayer === undefined) return [];
    const words = layerWords(workload, options);
    const architecture = narrowArchitecture(whole, words, prices);
    return [runLayer({ workload, weights: ofLayer, options, architecture, words }, cache)];
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}
