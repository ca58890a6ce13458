import type { Workload } from '@archon-dse/core';
import type { Problem } from '@archon-dse/loop-nest';

/**
 * The loop nest an accelerator maps for a workload, and how many times it runs it.
 *
 * A depthwise layer becomes one nest over all its channels (M = channels, C = 1, each M with an input channel of its own) so that
 * channels can be spread over PEs; groups of any other convolution run one after the other, and so do the heads of a product of two
 * activations and the channels of a depthwise layer with several filters each.
 */
export interface GroupProblem {
  readonly problem: Problem;
  readonly repeats: number;
}

export function groupProblem(workload: Workload): GroupProblem {
  const { problem, groups } = workload;
  if (!isChannelwise(workload)) return { problem, repeats: groups };
  return { problem: { ...problem, M: problem.M * groups, depthwise: true }, repeats: 1 };
}

/** Whether a layer is depthwise with one filter a channel. */
export function isChannelwise({ op, problem }: Workload): boolean {
  return op === 'depthwise' && problem.M === 1;
}
