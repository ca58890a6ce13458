import type { ActionCount } from '@archon-dse/core';
import { packingOf, type Accesses, type Architecture, type DataSpace, type Evaluation } from '@archon-dse/loop-nest';
import { evaluationActions, LEVEL, MAC, scaleActions, type Words } from '@archon-dse/pe-array';

/** How non-zero weights are kept. */
interface Format {
  readonly words: Words;
  /** That the evaluation was made on. */
  readonly architecture: Architecture;
  readonly indexBits: number;
}

/** Scratchpads whose operands the MACs ask for, once for each multiplication they do. */
const OPERAND_SPADS: readonly string[] = [LEVEL.ifmapSpad, LEVEL.psumSpad];

/** Which multiplications of a layer are left out. */
export interface Zeros {
  /** Share of non-zero weights. */
  readonly density: number;
  /** Share of the multiplications with non-zero weights that are done: those whose activations are not zero, where PEs skip the others. */
  readonly multiplied: number;
}

/**
 * What a layer with the given zeros does, from the evaluation of its dense mapping:
 * - a MAC happens for non-zero weights and, where zero activations are skipped, for non-zero activations only, and with it the reads of its
 *   operands and the update of its partial sum;
 * - what fills those scratchpads arrives whether or not it is multiplied;
 * - non-zero weights move with their index, through DRAM and the weight scratchpad; where that is not smaller, as for a dense layer,
 *   weights move plain;
 * - inputs and outputs in DRAM and the global buffer are what they were.
 */
export function sparsityActions(
  evaluation: Evaluation,
  { density, multiplied }: Zeros,
  format: Format,
): readonly ActionCount[] {
  const compressed = (component: string): number => {
    const bits = weightBits(component, format);
    return Math.min(1, (density * (bits + format.indexBits)) / bits);
  };
  const done = density * multiplied;
  const actions = evaluationActions(evaluation).map((action): ActionCount => {
    const { component, dataSpace, count } = action;
    if (component === MAC) return { ...action, count: count * done };
    const fills = fillsOf(evaluation, component, format);
    if (dataSpace === 'Weights') {
      const skipped = component === LEVEL.weightsSpad ? (count - fills) * (1 - multiplied) : 0;
      return { ...action, count: (count - skipped) * compressed(component) };
    }
    if (!OPERAND_SPADS.includes(component)) return action;
    return { ...action, count: (count - fills) * done + fills };
  });
  return actions.filter(({ count }) => count > 0);
}

/** Bits of a weight, where scratchpads of PEs that widen operands keep them in words of the hardware. */
function weightBits(component: string, { words }: Format): number {
  return component === LEVEL.dram || words.mode === 'scaled' ? words.weights : words.hardware;
}

/** Accesses that fill a scratchpad from outside, over all instances. */
function fillsOf({ levels }: Evaluation, component: string, { architecture }: Format): number {
  const index = levels.findIndex(({ name }) => name === component);
  const [run, level] = [levels[index], architecture.levels[index]];
  if (run === undefined || level === undefined) return 0;
  const accesses = Object.entries(run.accesses) as [DataSpace, Accesses][];
  return accesses.reduce((sum, [space, { fills }]) => sum + (fills * run.instances) / packingOf(level, space), 0);
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
  const indexed = actions.map((action): ActionCount => {
    if (action.dataSpace !== 'Weights') return action;
    const share = 1 - PUBLISHED_ZEROS * (1 - format.indexBits / weightBits(action.component, format));
    return { ...action, count: action.count * share };
  });
  return scaleActions(indexed, 1 - PUBLISHED_ZEROS, { components: [LEVEL.ifmapSpad] });
}
