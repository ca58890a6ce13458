import { fail } from '@archon-dse/core';
import type { Evaluation, Problem } from '@archon-dse/loop-nest';
import { LEVEL } from '@archon-dse/pe-array';
import { mapDense } from './baseline.js';
import { energyAt, squareProblem, summaryUj, type Cost } from './costs.js';
import { OUTER_KERNEL, type OuterLayer } from './data/head-tail.js';
import { mappingOf } from './mappings.js';
import type { RuleStates } from './rules.js';

export interface OuterCost extends Cost {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** A layer of the head or tail on one of the two accelerators; nothing when the publication left it out. */
export function outerCost(layer: OuterLayer, side: 'dense' | 'archon', rules: RuleStates): OuterCost | undefined {
  if (layer.missing === true && rules.missingBaselineLayers === 'published') return undefined;
  const ownChannel = layer.kind === 'depthwise' && rules.outerDepthwiseInputs === 'corrected';
  const problem = outerProblem(layer, ownChannel, rules);
  const evaluation =
    side === 'dense' ? mapDense(problem, rules).evaluation : evaluateArchon(problem, layer.name, rules);
  const groups = rules.outerGroups === 'published' ? (layer.publishedGroups ?? layer.groups) : layer.groups;
  // The published correction adds the buffer inputs of the other channels, but not those of DRAM.
  const others = !ownChannel && layer.publishedDepthwiseInputs === true ? layer.M - 1 : 0;
  const energyUj =
    groups * summaryUj(evaluation, rules.printedEnergies) +
    others * energyAt(evaluation, LEVEL.glb, 'Inputs', rules.printedEnergies);
  return { name: layer.name, evaluation, cycles: groups * evaluation.cycles, energyUj };
}

function outerProblem(layer: OuterLayer, ownChannel: boolean, rules: RuleStates): Problem {
  const stride = rules.outerStride === 'published' ? (layer.publishedStride ?? 1) : 1;
  const problem = squareProblem(layer.C, layer.M, OUTER_KERNEL[layer.kind], layer.width, stride);
  return ownChannel ? { ...problem, depthwise: true } : problem;
}

function evaluateArchon(problem: Problem, name: string, rules: RuleStates): Evaluation {
  const mapped = mappingOf({ array: 'prediction', problem }, rules.mappings);
  if (mapped.found) return mapped.evaluation;
  return fail({ code: 'ARCHON_NO_MAPPING', message: `no mapping of "${name}": ${mapped.message}`, layer: name });
}
