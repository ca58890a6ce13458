import { fail } from '@archon-dse/core';
import type { Evaluation, Problem } from '@archon-dse/loop-nest';
import { LEVEL } from '@archon-dse/pe-array';
import type { Nest } from '@archon-dse/archon-model';
import { energyAt, squareProblem, summaryUj, type Cost } from './costs.js';
import { mappingOf } from './mappings.js';
import type { BaselineParameters } from './data/parameters.js';
import type { RuleStates } from './rules.js';

export type BaselineLayerName = 'PW1' | 'DW' | 'PW2';

/** A layer of a baseline block on the dense accelerator. */
export interface DenseLayer extends Cost {
  readonly layer: BaselineLayerName;
  readonly evaluation: Evaluation;
  /** As `formatMapping` writes it. */
  readonly mapping: string;
  readonly repeats: number;
}

interface BaselineBlock {
  readonly PW1: Nest;
  readonly DW: Nest;
  readonly PW2: Nest;
  readonly midChannels: number;
}

/** The blocks of an original network as the dense accelerator runs them, in the order PW1, DW, PW2. */
export function denseBlocks(baseline: BaselineParameters, rules: RuleStates): readonly (readonly DenseLayer[])[] {
  return baseline.inChannels.map((_, index) => {
    const block = baselineBlock(baseline, index);
    return [
      pointwiseLayer('PW1', block.PW1, rules),
      depthwiseLayer(block, rules),
      pointwiseLayer('PW2', block.PW2, rules),
    ];
  });
}

/** A nest on the dense accelerator. @throws ArchonError ARCHON_NO_MAPPING */
export function mapDense(problem: Problem, rules: RuleStates): Pick<DenseLayer, 'evaluation' | 'mapping'> {
  const mapped = mappingOf({ array: 'dense', problem }, rules.mappings);
  if (mapped.found) return mapped;
  return fail({ code: 'ARCHON_NO_MAPPING', message: `no dense mapping: ${mapped.message}` });
}

function pointwiseLayer(layer: BaselineLayerName, { problem, repeats }: Nest, rules: RuleStates): DenseLayer {
  const { evaluation, mapping } = mapDense(problem, rules);
  const energyUj = repeats * summaryUj(evaluation, rules.printedEnergies);
  return { layer, evaluation, mapping, repeats, cycles: repeats * evaluation.cycles, energyUj };
}

function depthwiseLayer({ DW, midChannels }: BaselineBlock, rules: RuleStates): DenseLayer {
  const { problem } = DW;
  if (rules.denseDepthwiseInputs === 'corrected') {
    return pointwiseLayer('DW', { problem: { ...problem, depthwise: true }, repeats: 1 }, rules);
  }
  const layer = pointwiseLayer('DW', DW, rules);
  const channels = rules.denseDepthwiseChannels === 'published' ? midChannels : problem.M;
  const inputs =
    energyAt(layer.evaluation, LEVEL.dram, 'Inputs', rules.printedEnergies) +
    energyAt(layer.evaluation, LEVEL.glb, 'Inputs', rules.printedEnergies);
  return { ...layer, energyUj: layer.energyUj + (channels - 1) * inputs };
}

function baselineBlock(baseline: BaselineParameters, index: number): BaselineBlock {
  const at = (list: readonly number[]): number => list[index] ?? Number.NaN;
  const { groups, order } = baseline;
  const [inChannels, mid, out] = [at(baseline.inChannels), at(baseline.midChannels), at(baseline.outChannels)];
  const [width, stride, kernel] = [at(baseline.outputWidths), at(baseline.strides), at(baseline.kernels)];
  const first = order === 'pw-pw-dw' ? newChannels(baseline, index) : mid;
  const pointwise = (c: number, m: number, size: number): Nest => ({
    problem: squareProblem(c / groups, m / groups, 1, size, 1),
    repeats: groups,
  });
  const depthwiseChannels = order === 'pw-pw-dw' ? out : mid;
  return {
    PW1: pointwise(inChannels, first, width * stride),
    DW: { problem: squareProblem(1, depthwiseChannels, kernel, width, stride), repeats: 1 },
    PW2: pointwise(mid, out, order === 'pw-pw-dw' ? width * stride : width),
    midChannels: mid,
  };
}

/** Channels the first layer computes: all, or those beside the input that is joined by concatenation. */
function newChannels({ inChannels, midChannels, outChannels }: BaselineParameters, index: number): number {
  const mid = midChannels[index] ?? Number.NaN;
  if (inChannels[index] === outChannels[index]) return mid;
  return mid - (midChannels[index - 1] ?? inChannels[index] ?? Number.NaN);
}
