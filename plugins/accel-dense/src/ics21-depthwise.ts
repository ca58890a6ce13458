import type { ActionCount, Workload } from '@archon-dse/core';
import { type GroupProblem, LEVEL, scaleActions } from '@archon-dse/pe-array';

/** A depthwise layer as the published runs mapped it: all M channels read one single input channel. */
export function sharedInputProblem({ problem, groups }: Workload): GroupProblem {
  return { problem: { ...problem, M: problem.M * groups }, repeats: 1 };
}

/**
 * The published correction of a layer mapped on one input channel: energy + (channels - 1) x (input energy of DRAM and of the
 * global buffer), as access counts.
 *
 * Known to over-count: where the mapping fetches the inputs again for other channels, those fetches are already in the counts and
 * are multiplied once more.
 *
 * @source ICS'21 ARCHON experiments, evaluation script of the dense baseline
 */
export function chargeInputChannels(actions: readonly ActionCount[], channels: number): readonly ActionCount[] {
  return scaleActions(actions, channels, { components: [LEVEL.dram, LEVEL.glb], dataSpace: 'Inputs' });
}
