import { defineOptions, type ActionCount, type LayerRun, type OptionValues, type Workload } from '@archon-dse/core';
import type { Architecture } from '@archon-dse/loop-nest';
import { scaleActions } from './actions.js';
import { withoutGlbBandwidth } from './architecture.js';
import { type GroupProblem, groupProblem, isChannelwise } from './group-problem.js';
import { LEVEL } from './level-names.js';

/** The option of accelerators that say how the inputs of depthwise layers are counted. */
export const DEPTHWISE_OPTIONS = defineOptions({
  depthwiseInputs: {
    type: 'string',
    default: 'per-channel',
    enum: ['per-channel', 'per-channel-throttled', 'ics21'],
    description:
      'How depthwise inputs are counted. per-channel: every channel reads its own inputs; like the published cycles, not ' +
      'limited by the bandwidth of the global buffer, with a note where it would be. per-channel-throttled: limited by it. ' +
      'ics21: as published, one input channel is mapped and its DRAM and global-buffer accesses are multiplied by the channels.',
  },
});

export type DepthwiseInputs = OptionValues<typeof DEPTHWISE_OPTIONS>['depthwiseInputs'];

/** The nest to map: with `ics21` a depthwise layer is one in which all M channels read one single input channel. */
export function arrayNest(workload: Workload, mode: DepthwiseInputs): GroupProblem {
  if (!sharesInput(workload, mode)) return groupProblem(workload);
  const { problem, groups } = workload;
  return { problem: { ...problem, M: problem.M * groups }, repeats: 1 };
}

/** The array a nest runs on: with `per-channel` a depthwise layer does not wait for the global buffer. */
export function arrayFor(workload: Workload, mode: DepthwiseInputs, architecture: Architecture): Architecture {
  return isChannelwise(workload) && mode === 'per-channel' ? withoutGlbBandwidth(architecture) : architecture;
}

/** Says what the bandwidth of the global buffer would make of a layer that did not wait for it. */
export function noteThrottling(run: LayerRun, throttledCycles: number): LayerRun {
  if (throttledCycles === run.cycles) return run;
  const note = `the bandwidth of the global buffer would make it ${throttledCycles} cycles`;
  return { ...run, notes: [...(run.notes ?? []), note] };
}

/** A run of {@link arrayNest} with all input channels counted. */
export function chargeDepthwiseInputs(run: LayerRun, workload: Workload, mode: DepthwiseInputs): LayerRun {
  if (!sharesInput(workload, mode)) return run;
  const actions = chargeInputChannels(run.actions, arrayNest(workload, mode).problem.M);
  return {
    ...run,
    actions,
    notes: [...(run.notes ?? []), 'inputs counted as published: one mapped channel times the channels'],
  };
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

function sharesInput(workload: Workload, mode: DepthwiseInputs): boolean {
  return isChannelwise(workload) && mode === 'ics21';
}
