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
  withoutGlbBandwidth,
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
  const limited = arrayArchitecture(read, prices);
  const unlimited = withoutGlbBandwidth(limited);
  const layers = workloads.map((workload): LayerRun => {
    const { problem, repeats } = nestOf(workload, read);
    const constraints = denseMapspace(problem, read);
    const runOn = (architecture: typeof limited): LayerRun =>
      layerRun(workload, mapNest({ problem, architecture, constraints }, cache), repeats);
    if (workload.op !== 'depthwise' || read.depthwiseInputs === 'per-channel-throttled') return runOn(limited);
    if (read.depthwiseInputs === 'ics21') return asPublished(runOn(limited), problem.M);
    return noteThrottling(runOn(unlimited), runOn(limited).cycles);
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

function nestOf(workload: Workload, { depthwiseInputs }: DenseOptions): GroupProblem {
  const sharesInput = workload.op === 'depthwise' && depthwiseInputs === 'ics21';
  return sharesInput ? sharedInputProblem(workload) : groupProblem(workload);
}

function asPublished(run: LayerRun, channels: number): LayerRun {
  const notes = ['inputs counted as published: one mapped channel times the channels'];
  return { ...run, actions: chargeInputChannels(run.actions, channels), notes };
}

/** Says what the bandwidth of the global buffer would make of a layer that was mapped without it. */
function noteThrottling(run: LayerRun, throttledCycles: number): LayerRun {
  if (throttledCycles === run.cycles) return run;
  return { ...run, notes: [`the bandwidth of the global buffer would make it ${throttledCycles} cycles`] };
}
