import { defineAccelerator, type AcceleratorInput, type AcceleratorRun, type LayerRun } from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  arrayFor,
  arrayNest,
  chargeDepthwiseInputs,
  denseMapspace,
  denseMeshSides,
  denseSupport,
  layerRun,
  mapNest,
  noteThrottling,
  refuseIdleMesh,
} from '@archon-dse/pe-array';
import { DENSE_OPTIONS, type DenseOptions } from './options.js';

/** Row-stationary PE array that computes every MAC of every layer, one layer after the other. */
export const dense = defineAccelerator({
  name: 'dense',
  title: 'Dense PE array',
  description: 'Eyeriss-like array of PEs with three scratchpads each and a shared global buffer; computes every MAC.',
  options: DENSE_OPTIONS,
  source: "Dense baseline of the ICS'21 ARCHON experiments",
  create: (options) => ({
    components: () => arrayComponents(options),
    supports: (workload) => denseSupport(arrayNest(workload, options.depthwiseInputs).problem, options),
    check(workloads) {
      const problems = workloads.map((workload) => arrayNest(workload, options.depthwiseInputs).problem);
      refuseIdleMesh(denseMeshSides(problems, options));
    },
    run: (input) => runDense(options, input),
  }),
});

function runDense(options: DenseOptions, { workloads, prices, cache }: AcceleratorInput): AcceleratorRun {
  const limited = arrayArchitecture(options, prices);
  const layers = workloads.map((workload): LayerRun => {
    const { problem, repeats } = arrayNest(workload, options.depthwiseInputs);
    const constraints = denseMapspace(problem, options);
    const runOn = (architecture: typeof limited): LayerRun =>
      layerRun(workload, mapNest({ problem, architecture, constraints }, cache), repeats);
    const own = arrayFor(workload, options.depthwiseInputs, limited);
    if (own !== limited) return noteThrottling(runOn(own), runOn(limited).cycles);
    return chargeDepthwiseInputs(runOn(limited), workload, options.depthwiseInputs);
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}
