import type { AcceleratorInput, AcceleratorModel, AcceleratorRun, LayerRun, Workload } from '@archon-dse/core';
import {
  arrayArchitecture,
  arrayComponents,
  denseMapspace,
  denseSupport,
  type GroupProblem,
  groupProblem,
  layerRun,
  mapNest,
} from '@archon-dse/pe-array';
import { chargeInputChannels, sharedInputProblem } from './ics21-depthwise.js';
import { DENSE_OPTION_SCHEMAS, type DenseOptions, readDenseOptions } from './options.js';

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
    return denseSupport(nestOf(workload, read).problem, read);
  },
  run: runDense,
};

function runDense({ workloads, options, prices, cache }: AcceleratorInput): AcceleratorRun {
  const read = readDenseOptions(options);
  const architecture = arrayArchitecture(read, prices);
  const layers = workloads.map((workload): LayerRun => {
    const { problem, repeats } = nestOf(workload, read);
    const nest = mapNest({ problem, architecture, constraints: denseMapspace(problem, read) }, cache);
    const run = layerRun(workload, nest, repeats);
    if (!sharesInput(workload, read)) return run;
    return {
      ...run,
      actions: chargeInputChannels(run.actions, problem.M),
      notes: ['inputs counted as published: one mapped channel times the channels'],
    };
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

function nestOf(workload: Workload, options: DenseOptions): GroupProblem {
  return sharesInput(workload, options) ? sharedInputProblem(workload) : groupProblem(workload);
}

function sharesInput(workload: Workload, { depthwiseInputs }: DenseOptions): boolean {
  return workload.op === 'depthwise' && depthwiseInputs === 'ics21';
}
