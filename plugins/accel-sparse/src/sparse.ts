import {
  defineAccelerator,
  type AcceleratorInput,
  type AcceleratorRun,
  type LayerRun,
  type Workload,
} from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  arraySupport,
  EXECUTION_METRICS,
  layerWords,
  narrowArchitecture,
  refuseIdleArray,
} from '@archon-dse/pe-array';
import { executedLayerOf, executeNetwork, trainedWeights } from './executed-layer.js';
import { checkDeclared, layerWeights, type LayerWeights } from './layer-weights.js';
import { SPARSE_OPTION_RULES, SPARSE_OPTIONS, type SparseOptions } from './options.js';
import { executeLayer, runLayer, type LayerRequest } from './run-layer.js';

/** The array of the dense accelerator, with PEs that skip zero weights. */
export const sparse = defineAccelerator({
  name: 'sparse',
  title: 'Sparse PE array',
  description:
    'The dense PE array with compressed weights: PEs skip the zero ones, and wait for the slowest PE after every pass. Can execute trained ' +
    'networks on images, and skip zero activations too.',
  options: SPARSE_OPTIONS,
  rules: SPARSE_OPTION_RULES,
  metrics: EXECUTION_METRICS,
  source: "Sparse baseline of the ICS'21 ARCHON experiments",
  create: (options) => ({
    components: () => arrayComponents(options),
    supports: (workload) => arraySupport(workload, options),
    check(workloads) {
      refuseIdleArray(workloads, options);
      checkDeclared(workloads, options);
    },
    run: (input) => runSparse(options, input),
  }),
});

function runSparse(options: SparseOptions, input: AcceleratorInput): AcceleratorRun | Promise<AcceleratorRun> {
  if (options.fidelity === 'executed') return executeSparse(options, input);
  const { workloads, cache, seed } = input;
  const requestOf = layerRequests(options, input);
  const weights = layerWeights(workloads, options, seed);
  const layers = workloads.flatMap((workload, index) => {
    const ofLayer = weights[index];
    return ofLayer === undefined ? [] : [runLayer(requestOf(workload, ofLayer), cache)];
  });
  return { cycles: cyclesOf(layers), layers };
}

/** Every layer on the inputs it has in the trained network. */
async function executeSparse(options: SparseOptions, input: AcceleratorInput): Promise<AcceleratorRun> {
  const requestOf = layerRequests(options, input);
  const executed = await executeNetwork(input, options);
  const layers = input.workloads.map((workload) => {
    const layer = executedLayerOf(workload, executed);
    return executeLayer(requestOf(workload, trainedWeights(layer)), input.cache, layer);
  });
  const cyclesAnalytical = layers.reduce((sum, { execution }) => sum + (execution?.cyclesAnalytical ?? 0), 0);
  return { cycles: cyclesOf(layers), layers, metrics: { cyclesAnalytical } };
}

function layerRequests(
  options: SparseOptions,
  { prices }: AcceleratorInput,
): (workload: Workload, weights: LayerWeights) => LayerRequest {
  const whole = arrayArchitecture(options, prices);
  return (workload, weights) => {
    const words = layerWords(workload, options);
    return { workload, weights, options, architecture: narrowArchitecture(whole, words, prices), words };
  };
}

function cyclesOf(layers: readonly LayerRun[]): number {
  return layers.reduce((sum, { cycles }) => sum + cycles, 0);
}
