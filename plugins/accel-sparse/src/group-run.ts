import type { Workload } from '@archon-dse/core';
import type { Architecture, Evaluation, Mapping, Problem } from '@archon-dse/loop-nest';
import {
  executedPasses,
  expectedPasses,
  isChannelwise,
  padInputs,
  sparsePasses,
  wholeInputs,
  type ExecutedPasses,
  type LayerInputs,
  type SparsePasses,
} from '@archon-dse/pe-array';
import { bottleneck, wholeCycles, type Bottleneck } from './bandwidth.js';
import type { LayerWeights } from './layer-weights.js';

/** One group of a layer: its passes, and the cycles the slowest PEs and the buffers allow. */
export interface GroupRun<P extends SparsePasses = SparsePasses> {
  readonly passes: P;
  readonly cycles: number;
  readonly limit: Bottleneck;
}

/** A layer whose groups run one after the other, each with its own zeros. */
export interface GroupedLayer {
  readonly workload: Workload;
  readonly weights: LayerWeights;
  /** The nest of one group. */
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly repeats: number;
}

/** Passes of each group by the zeros of its weights. */
export function weightPasses({ weights, mapping, repeats }: GroupedLayer): readonly SparsePasses[] {
  const { mask, density } = weights;
  if (mask === undefined) return Array.from({ length: repeats }, () => expectedPasses(mapping, density));
  return eachGroup(mask, repeats, (group) => sparsePasses(mapping, group));
}

/** Passes of each group as they are executed on the inputs of a layer, by the zeros of these too where they are skipped. */
export function inputPasses(
  { workload, weights, problem, mapping, repeats }: GroupedLayer,
  inputs: LayerInputs,
  activations: 'computed' | 'skipped',
): readonly ExecutedPasses[] {
  const planes = activations === 'skipped' ? padInputs(inputs, problem) : wholeInputs(inputs, problem);
  const nest = { mapping, problem, isChannelwise: isChannelwise(workload) };
  const channels = planes.channels / repeats;
  return eachGroup(weights.mask ?? new Uint8Array(0), repeats, (group, index) =>
    executedPasses(nest, group, planes, index * channels),
  );
}

function eachGroup<T>(mask: Uint8Array, groups: number, act: (weights: Uint8Array, group: number) => T): readonly T[] {
  const size = mask.length / groups;
  return Array.from({ length: groups }, (_, group) => act(mask.subarray(group * size, (group + 1) * size), group));
}

/** Cycles of a group, which the slowest PEs or the buffers decide. */
export function limited<P extends SparsePasses>(
  passes: P,
  evaluation: Evaluation,
  architecture: Architecture,
): GroupRun<P> {
  const pace = passes.cycles / evaluation.computeCycles;
  const limit = bottleneck(evaluation, architecture, { pace, density: passes.density });
  return { passes, limit, cycles: Math.max(wholeCycles(passes.cycles), limit.cycles) };
}

export function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
