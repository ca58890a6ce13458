import type { AcceleratorInput, AcceleratorModel, AcceleratorRun } from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  arrayNest,
  denseMeshSides,
  denseSupport,
  refuseIdleMesh,
} from '@archon-dse/pe-array';
import { checkDeclared, layerWeights } from './layer-weights.js';
import { readSparseOptions, SPARSE_OPTION_SCHEMAS } from './options.js';
import { runLayer } from './run-layer.js';

/** The array of the dense accelerator, with PEs that skip zero weights. */
export const sparse: AcceleratorModel = {
  meta: {
    name: 'sparse',
    title: 'Sparse PE array',
    description:
      'The dense PE array with compressed weights: PEs skip the zero ones, and wait for the slowest PE after every pass.',
    options: SPARSE_OPTION_SCHEMAS,
    source: "Sparse baseline of the ICS'21 ARCHON experiments",
  },
  components: (options) => arrayComponents(readSparseOptions(options)),
  supports: (workload, options) => {
    const read = readSparseOptions(options);
    return denseSupport(arrayNest(workload, read.depthwiseInputs).problem, read);
  },
  check: (workloads, options) => {
    const read = readSparseOptions(options);
    const problems = workloads.map((workload) => arrayNest(workload, read.depthwiseInputs).problem);
    refuseIdleMesh(denseMeshSides(problems, read));
    checkDeclared(workloads, read);
  },
  run: runSparse,
};

function runSparse({ workloads, options, prices, cache, seed }: AcceleratorInput): AcceleratorRun {
  const read = readSparseOptions(options);
  const architecture = arrayArchitecture(read, prices);
  const weights = layerWeights(workloads, read, seed);
  const layers = workloads.flatMap((workload, index) => {
    const ofLayer = weights[index];
    return ofLayer === undefined ? [] : [runLayer({ workload, weights: ofLayer, options: read, architecture }, cache)];
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}
