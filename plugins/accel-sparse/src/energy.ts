import type { ActionCount } from '@archon-dse/core';
import type { Evaluation } from '@archon-dse/loop-nest';
import { evaluationActions, LEVEL, MAC, scaleActions } from '@archon-dse/pe-array';
import type { SparseOptions } from './options.js';

type Format = Pick<SparseOptions, 'dataBits' | 'indexBits'>;

/** Scratchpads whose operands the MACs ask for, once for each multiplication they do. */
const OPERAND_SPADS: readonly string[] = [LEVEL.ifmapSpad, LEVEL.psumSpad];

/**
 * What a layer with the given share of non-zero weights does, from the evaluation of its dense mapping:
 * - a MAC happens for non-zero weights only, and with it the reads of its input and the update of its partial sum;
 * - what fills those two scratchpads arrives whether or not weights are zero;
 * - non-zero weights move with their index, through DRAM and the weight scratchpad; where that is not smaller, as for a dense layer,
 *   weights move plain;
 * - inputs and outputs in DRAM and the global buffer are what they were.
 */
export function sparsityActions(evaluation: Evaluation, density: number, format: Format): readonly ActionCount[] {
  const { dataBits, indexBits } = format;
  const compressed = Math.min(1, (density * (dataBits + indexBits)) / dataBits);
  const actions = evaluationActions(evaluation).map((action): ActionCount => {
    const { component, dataSpace, count } = action;
    if (component === MAC) return { ...action, count: count * density };
    if (dataSpace === 'Weights') return { ...action, count: count * compressed };
    if (!OPERAND_SPADS.includes(component)) return action;
    const fills = fillsOf(evaluation, component);
    return { ...action, count: (count - fills) * density + fills };
  });
  return actions.filter(({ count }) => count > 0);
}

/** Words that fill a scratchpad from outside, over all instances. */
function fillsOf({ levels }: Evaluation, component: string): number {
  const level = levels.find(({ name }) => name === component);
  return Object.values(level?.accesses ?? {}).reduce((sum, { fills }) => sum + fills * (level?.instances ?? 0), 0);
}

/** Share of weights the published tables take for zero, whatever the pruned model holds. */
const PUBLISHED_ZEROS = 0.91;

/**
 * What a layer does by the published rules: in a sparse pointwise layer 91 % of the weights are replaced by their indices, and 91 % of
 * the accesses to the input scratchpad are saved. MACs, partial sums and depthwise layers are as in the dense accelerator.
 *
 * Known to differ from the sparsity: 80 % of the pruned weights are zero, an index comes with a weight rather than in its place, and
 * zero weights need no MAC.
 *
 * @param isSparsePointwise whether any weights of the layer were pruned and it is no depthwise layer
 * @source ICS'21 ARCHON experiments, evaluation script of the sparse baseline
 */
export function ics21Actions(
  evaluation: Evaluation,
  isSparsePointwise: boolean,
  format: Format,
): readonly ActionCount[] {
  const actions = evaluationActions(evaluation);
  if (!isSparsePointwise) return actions;
  const weights = 1 - PUBLISHED_ZEROS * (1 - format.indexBits / format.dataBits);
  return scaleActions(scaleActions(actions, weights, { dataSpace: 'Weights' }), 1 - PUBLISHED_ZEROS, {
    components: [LEVEL.ifmapSpad],
  });
}
