import { percentText, type LayerCache, type LayerRun, type Workload } from '@archon-dse/core';
import { type Architecture, evaluate, type Evaluation } from '@archon-dse/loop-nest';
import {
  arrayFor,
  arrayNest,
  chargeDepthwiseInputs,
  chargeOperands,
  denseMapspace,
  layerRun,
  type LayerInputs,
  mapNest,
  noteThrottling,
  peCount,
  scaleActions,
  type Words,
} from '@archon-dse/pe-array';
import { wholeCycles } from './bandwidth.js';
import { ics21Actions, sparsityActions } from './energy.js';
import { executionFigures } from './execution-figures.js';
import { type GroupRun, inputPasses, limited, total, weightPasses } from './group-run.js';
import type { LayerWeights } from './layer-weights.js';
import type { SparseOptions } from './options.js';

export interface LayerRequest {
  readonly workload: Workload;
  readonly weights: LayerWeights;
  readonly options: SparseOptions;
  readonly architecture: Architecture;
  readonly words: Words;
}

/** A layer that is executed. Its weights have a mask. */
interface Execution {
  readonly inputs: LayerInputs;
  /** The layer by its weights alone. */
  readonly analytical: LayerRun;
}

/**
 * A layer in its dense mapping. Groups run one after the other, each with its own zeros; what is not sparse takes the same way with
 * no zeros. Only the mapping is cached, since it does not depend on the zeros.
 */
export function runLayer(request: LayerRequest, cache: LayerCache, execution?: Execution): LayerRun {
  const { workload, options, architecture } = request;
  const own = arrayFor(workload, options.depthwiseInputs, architecture);
  const run = chargeOperands(runOn(own, request, cache, execution), request.words);
  if (own !== architecture) return noteThrottling(run, runOn(architecture, request, cache, execution).cycles);
  return chargeDepthwiseInputs(run, workload, options.depthwiseInputs);
}

/** The same, executed on the inputs that a trained network has for it; `request.weights` are the masks of the trained network. */
export function executeLayer(request: LayerRequest, cache: LayerCache, inputs: LayerInputs): LayerRun {
  return runLayer(request, cache, { inputs, analytical: runLayer(request, cache) });
}

function runOn(architecture: Architecture, request: LayerRequest, cache: LayerCache, execution?: Execution): LayerRun {
  const { workload, weights, options } = request;
  const { problem, repeats } = arrayNest(workload, options.depthwiseInputs);
  const nest = mapNest({ problem, architecture, constraints: denseMapspace(problem, options) }, cache);
  const evaluation = evaluate(problem, architecture, nest.mapping);
  const grouped = { workload, weights, problem, mapping: nest.mapping, repeats };
  const dense = layerRun(workload, nest, repeats);
  if (execution === undefined) {
    const groups = weightPasses(grouped).map((passes) => limited(passes, evaluation, architecture));
    return sparseRun(dense, groups, actionsOf(evaluation, 1, architecture, request), request);
  }
  const { inputs, analytical } = execution;
  const groups = inputPasses(grouped, inputs, options.activations).map((passes) =>
    limited(passes, evaluation, architecture),
  );
  const macs = total(groups, ({ passes }) => passes.nonZeroMacs);
  const multiplied = analytical.macs === 0 ? 1 : macs / analytical.macs;
  const run = sparseRun(dense, groups, actionsOf(evaluation, multiplied, architecture, request), request);
  return { ...run, execution: executionFigures(groups, inputs, analytical, weights.density) };
}

/** Actions of one group, alike for all. */
function actionsOf(
  evaluation: Evaluation,
  multiplied: number,
  architecture: Architecture,
  { workload, weights: { density }, options, words }: LayerRequest,
): LayerRun['actions'] {
  const format = { words, architecture, indexBits: options.indexBits };
  return options.energy === 'ics21'
    ? ics21Actions(evaluation, density < 1 && workload.op !== 'depthwise', format)
    : sparsityActions(evaluation, { density, multiplied }, format);
}

function sparseRun(
  dense: LayerRun,
  groups: readonly GroupRun[],
  actions: LayerRun['actions'],
  { weights, options }: LayerRequest,
): LayerRun {
  const cycles = total(groups, (group) => group.cycles);
  const macs = total(groups, ({ passes }) => passes.nonZeroMacs);
  const notes = [
    ...(dense.notes ?? []),
    ...(weights.density < 1 ? [`${percentText(weights.density)} of the weights are not zero, ${weights.origin}`] : []),
    ...(macs < dense.macs ? cyclesNotes(groups) : []),
  ];
  return {
    ...dense,
    macs,
    cycles,
    utilization: macs / (cycles * peCount(options)),
    actions: scaleActions(actions, groups.length),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function cyclesNotes(groups: readonly GroupRun[]): readonly string[] {
  const ideal = total(groups, ({ passes }) => passes.idealCycles);
  const slowest = total(groups, ({ passes }) => wholeCycles(passes.cycles));
  const bound = groups.find(({ passes, limit }) => limit.cycles > wholeCycles(passes.cycles));
  return [
    `${wholeCycles(ideal)} cycles with equal PEs, ${slowest} with the slowest PE of every pass`,
    ...(bound === undefined ? [] : [`limited by the bandwidth of ${bound.limit.level}`]),
  ];
}
