import type { AcceleratorInput, AcceleratorModel, AcceleratorRun, LayerRun } from '@archon-dse/core';
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
import { DENSE_OPTION_SCHEMAS, readDenseOptions } from './options.js';

/** Row-stationary PE array that computes every MAC of every layer, one layer after the other. */
export const dense: AcceleratorModel = {
  meta: {
    name: 'dense',
    title: 'Dense PE array',
    description:
      'Eyeriss-like array of PEs with three scratchpads each and a shared global buffer; computes every MAC.',
    options: DENSE_OPTION_SCHEMAS,
    source: "Dense baseline of the ICS'21 ARCHON experiments",
  },
  components: (options) => arrayComponents(readDenseOptions(options)),
  supports: (workload, options) => {
    const read = readDenseOptions(options);
    return denseSupport(arrayNest(workload, read.depthwiseInputs).problem, read);
  },
  check: (workloads, options) => {
    const read = readDenseOptions(options);
    const problems = workloads.map((workload) => arrayNest(workload, read.depthwiseInputs).problem);
    refuseIdleMesh(denseMeshSides(problems, read));
  },
  run: runDense,
};

function runDense({ workloads, options, prices, cache }: AcceleratorInput): AcceleratorRun {
  const read = readDenseOptions(options);
  const limited = arrayArchitecture(read, prices);
  const layers = workloads.map((workload): LayerRun => {
    const { problem, repeats } = arrayNest(workload, read.depthwiseInputs);
    const constraints = denseMapspace(problem, read);
    const runOn = (architecture: typeof limited): LayerRun =>
      layerRun(workload, mapNest({ problem, architecture, constraints }, cache), repeats);
    const own = arrayFor(workload, read.depthwiseInputs, limited);
    if (own !== limited) return noteThrottling(runOn(own), runOn(limited).cycles);
    return chargeDepthwiseInputs(runOn(limited), workload, read.depthwiseInputs);
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}
