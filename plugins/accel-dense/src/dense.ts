import {
  defineAccelerator,
  type AcceleratorInput,
  type AcceleratorRun,
  type LayerExplanation,
  type LayerRun,
  type Workload,
} from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  arrayFor,
  arrayNest,
  arraySupport,
  chargeDepthwiseInputs,
  chargeOperands,
  denseMapspace,
  explainLayer,
  layerRun,
  layerWords,
  mapNest,
  narrowArchitecture,
  noteThrottling,
  refuseIdleArray,
} from '@archon-dse/pe-array';
import { DENSE_OPTIONS, type DenseOptions } from './options.js';

type Architecture = ReturnType<typeof arrayArchitecture>;

/** Row-stationary PE array that computes every MAC of every layer, one layer after the other. */
export const dense = defineAccelerator({
  name: 'dense',
  title: 'Dense PE array',
  description: 'Eyeriss-like array of PEs with three scratchpads each and a shared global buffer; computes every MAC.',
  options: DENSE_OPTIONS,
  source: "Dense baseline of the ICS'21 ARCHON experiments",
  create: (options) => ({
    components: () => arrayComponents(options),
    supports: (workload) => arraySupport(workload, options),
    check: (workloads) => refuseIdleArray(workloads, options),
    run: (input) => runDense(options, input),
    explain: (input) => explainDense(options, input),
  }),
});

function runDense(options: DenseOptions, { workloads, prices, cache }: AcceleratorInput): AcceleratorRun {
  const whole = arrayArchitecture(options, prices);
  const layers = workloads.map((workload): LayerRun => {
    const words = layerWords(workload, options);
    const limited = narrowArchitecture(whole, words, prices);
    return chargeOperands(runLayer(workload, limited, options, cache), words);
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

function runLayer(
  workload: Workload,
  limited: Architecture,
  options: DenseOptions,
  cache: AcceleratorInput['cache'],
): LayerRun {
  const { problem, repeats } = arrayNest(workload, options.depthwiseInputs);
  const constraints = denseMapspace(problem, options);
  const runOn = (architecture: Architecture): LayerRun =>
    layerRun(workload, mapNest({ problem, architecture, constraints }, cache), repeats);
  const own = arrayFor(workload, options.depthwiseInputs, limited);
  if (own !== limited) return noteThrottling(runOn(own), runOn(limited).cycles);
  return chargeDepthwiseInputs(runOn(limited), workload, options.depthwiseInputs);
}

/** Each layer on the array it runs on, mapped in the same way. */
function explainDense(
  options: DenseOptions,
  { workloads, prices, cache }: AcceleratorInput,
): readonly LayerExplanation[] {
  const whole = arrayArchitecture(options, prices);
  return workloads.map((workload) => {
    const { problem, repeats } = arrayNest(workload, options.depthwiseInputs);
    const limited = narrowArchitecture(whole, layerWords(workload, options), prices);
    const architecture = arrayFor(workload, options.depthwiseInputs, limited);
    const nest = { problem, architecture, constraints: denseMapspace(problem, options) };
    return explainLayer(workload.name, nest, repeats, cache);
  });
}
