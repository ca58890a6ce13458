import { percentText, type LayerCache, type LayerRun, type Workload } from '@archon-dse/core';
import { type Architecture, evaluate } from '@archon-dse/loop-nest';
import {
  arrayFor,
  arrayNest,
  chargeDepthwiseInputs,
  chargeOperands,
  denseMapspace,
  expectedPasses,
  layerRun,
  type MappedNest,
  mapNest,
  noteThrottling,
  peCount,
  scaleActions,
  type SparsePasses,
  sparsePasses,
  type Words,
} from '@archon-dse/pe-array';
import { bottleneck, type Bottleneck, wholeCycles } from './bandwidth.js';
import { ics21Actions, sparsityActions } from './energy.js';
import type { LayerWeights } from './layer-weights.js';
import type { SparseOptions } from './options.js';

export interface LayerRequest {
  readonly workload: Workload;
  readonly weights: LayerWeights;
  readonly options: SparseOptions;
  readonly architecture: Architecture;
  readonly words: Words;
}

/** One group of a layer: its passes, and the cycles the slowest PEs and the buffers allow. */
interface GroupRun {
  readonly passes: SparsePasses;
  readonly cycles: number;
  readonly limit: Bottleneck;
}

/**
 * A layer in its dense mapping. Groups run one after the other, each with its own zeros; what is not sparse takes the same way with
 * no zeros. Only the mapping is cached, since it does not depend on the zeros.
 */
export function runLayer(request: LayerRequest, cache: LayerCache): LayerRun {
  const { workload, options, architecture } = request;
  const own = arrayFor(workload, options.depthwiseInputs, architecture);
  const run = chargeOperands(runOn(own, request, cache), request.words);
  if (own !== architecture) return noteThrottling(run, runOn(architecture, request, cache).cycles);
  return chargeDepthwiseInputs(run, workload, options.depthwiseInputs);
}

function runOn(architecture: Architecture, request: LayerRequest, cache: LayerCache): LayerRun {
  const { workload, weights, options, words } = request;
  const { problem, repeats } = arrayNest(workload, options.depthwiseInputs);
  const nest = mapNest({ problem, architecture, constraints: denseMapspace(problem, options) }, cache);
  const evaluation = evaluate(problem, architecture, nest.mapping);
  const groups = groupPasses(nest, weights, repeats).map((passes): GroupRun => {
    const pace = passes.cycles / evaluation.computeCycles;
    const density = passes.nonZeroMacs / evaluation.macs;
    const limit = bottleneck(evaluation, architecture, { pace, density });
    return { passes, limit, cycles: Math.max(wholeCycles(passes.cycles), limit.cycles) };
  });
  const cycles = total(groups, (group) => group.cycles);
  const macs = total(groups, ({ passes }) => passes.nonZeroMacs);
  const isSparse = weights.density < 1;
  const format = { words, architecture, indexBits: options.indexBits };
  const actions =
    options.energy === 'ics21'
      ? ics21Actions(evaluation, isSparse && workload.op !== 'depthwise', format)
      : sparsityActions(evaluation, weights.density, format);
  const dense = layerRun(workload, nest, repeats);
  return {
    ...dense,
    macs,
    cycles,
    utilization: macs / (cycles * peCount(options)),
    actions: scaleActions(actions, repeats),
    ...(isSparse ? { notes: [...(dense.notes ?? []), ...sparsityNotes(weights, groups)] } : {}),
  };
}

function groupPasses({ mapping }: MappedNest, { mask, density }: LayerWeights, repeats: number): SparsePasses[] {
  return Array.from({ length: repeats }, (_, group) => {
    if (mask === undefined) return expectedPasses(mapping, density);
    const size = mask.length / repeats;
    return sparsePasses(mapping, mask.subarray(group * size, (group + 1) * size));
  });
}

function sparsityNotes({ density, origin }: LayerWeights, groups: readonly GroupRun[]): readonly string[] {
  const ideal = total(groups, ({ passes }) => passes.idealCycles);
  const slowest = total(groups, ({ passes }) => wholeCycles(passes.cycles));
  const bound = groups.find(({ passes, limit }) => limit.cycles > wholeCycles(passes.cycles));
  return [
    `${percentText(density)} of the weights are not zero, ${origin}`,
    `${wholeCycles(ideal)} cycles with equal PEs, ${slowest} with the slowest PE of every pass`,
    ...(bound === undefined ? [] : [`limited by the bandwidth of ${bound.limit.level}`]),
  ];
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
