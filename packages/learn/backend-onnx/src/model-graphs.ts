import {
  maskName,
  momentumName,
  normWeights,
  trainableWeights,
  type ModelPlan,
  type NamedTensors,
  type WeightPlan,
} from '@archon-dse/tensor';
import { moveStatistic, unbiased } from './batch-norm.js';
import { emitBackward, type WeightGradients } from './backward.js';
import { emitForward } from './forward.js';
import { countGate } from './gates.js';
import { GraphBuilder, type Value } from './graph.js';
import { emitLoss, type Loss } from './loss.js';
import { PlanGraph } from './plan-graph.js';

/** Name of the graph output that holds a state tensor after a step. */
export function nextName(tensor: string): string {
  return `${tensor}:next`;
}

/** Name of the gradient of a weight, summed over the parts of a batch so far. */
export function gradientName(weight: string): string {
  return `${weight}:gradient`;
}

/**
 * One graph for a whole step: inputs are the batch, the options and the state, outputs the loss and what of the state changes.
 *
 * @param block - channels in a block of the runtime, see `findBlockSize`; 0 for plain operators only
 */
export function stepGraph(plan: ModelPlan, block = 0): Uint8Array {
  const g = new GraphBuilder(block);
  const at = new PlanGraph(g, plan);
  at.declareWeights();
  const { loss, gradients } = emitPasses(at);
  scalar(g, 'loss', g.op('Sum', [loss, ...penalties(at)]));
  declareOptions(g);
  for (const weight of plan.weights) updateWeight(g, weight, gradients.get(weight.name));
  return g.encode();
}

/** The first half of a step in parts: loss without L2 terms, statistics, and gradients added to those of the parts before. */
export function gradientGraph(plan: ModelPlan, block = 0): Uint8Array {
  const g = new GraphBuilder(block);
  const at = new PlanGraph(g, plan);
  at.declareWeights();
  const { loss, gradients } = emitPasses(at);
  scalar(g, 'loss', loss);
  for (const { name, shape } of trainableWeights(plan)) {
    const sofar = g.input({ name: gradientName(name), shape, type: 'float' });
    const gradient = gradients.get(name);
    carry(g, gradientName(name), shape, gradient === undefined ? sofar : g.op('Add', [sofar, gradient]));
  }
  return g.encode();
}

/** The second half: the L2 terms as `loss`, and the weights moved by the gradients times the input `share`. */
export function updateGraph(plan: ModelPlan): Uint8Array {
  const g = new GraphBuilder();
  const at = new PlanGraph(g, plan);
  at.declareWeights();
  declareOptions(g);
  g.input({ name: 'share', shape: [], type: 'float' });
  scalar(g, 'loss', g.op('Sum', [g.float(0), ...penalties(at)]));
  for (const weight of plan.weights) {
    const { name, shape, trainable } = weight;
    if (!trainable) updateWeight(g, weight, undefined);
    else updateWeight(g, weight, g.op('Mul', [g.input({ name: gradientName(name), shape, type: 'float' }), 'share']));
  }
  return g.encode();
}

/** The forward pass alone, with moving statistics and the weights as constants, which lets the runtime fold and lay them out. */
export function evaluationGraph(plan: ModelPlan, weights: NamedTensors): Uint8Array {
  const g = new GraphBuilder();
  const at = new PlanGraph(g, plan);
  at.declareWeights(weights);
  const { sum, correct } = emitScoring(at, false);
  scalar(g, 'loss', sum);
  scalar(g, 'correct', correct);
  for (const node of plan.nodes) if (node.op === 'gate') countGate(at, node);
  return g.encode();
}

/** Forward and backward through one batch; the moving statistics follow. */
function emitPasses(at: PlanGraph): { readonly loss: Value; readonly gradients: WeightGradients } {
  const { g, plan } = at;
  const { sum, correct, errors } = emitScoring(at, true);
  const scores = g.reshape(errors, [plan.batch, plan.classes, 1, 1]);
  const gradients = emitBackward(at, g.op('Div', [scores, g.float(plan.batch)]));
  scalar(g, 'correct', correct);
  updateStatistics(at);
  return { loss: scaled(g, sum, 1 / plan.batch), gradients };
}

function emitScoring(at: PlanGraph, training: boolean): Loss {
  const { g, plan } = at;
  const [height, width, channels] = plan.nodes[0]?.shape ?? [0, 0, 0];
  g.input({ name: 'images', shape: [plan.batch, height, width, channels], type: 'float' });
  g.input({ name: 'labels', shape: [plan.batch], type: 'int32' });
  for (const node of plan.nodes) at.set(node.name, emitForward(at, node, training));
  const last = at.value(plan.nodes.at(-1)?.name ?? '');
  return emitLoss(g, plan, g.reshape(last, [plan.batch, plan.classes]));
}

function penalties({ g, plan }: PlanGraph): Value[] {
  return plan.weights
    .filter(({ l2 }) => l2 > 0)
    .map(({ name, l2 }) => scaled(g, g.reduce('ReduceSumSquare', name), l2));
}

function declareOptions(g: GraphBuilder): void {
  for (const name of ['learningRate', 'momentum']) g.input({ name, shape: [], type: 'float' });
}

function updateWeight(g: GraphBuilder, weight: WeightPlan, gradient: Value | undefined): void {
  const { name, shape, trainable, l2, masked } = weight;
  let next: Value = name;
  if (trainable) {
    const momentum = g.input({ name: momentumName(name), shape, type: 'float' });
    const pulls = [...(gradient === undefined ? [] : [gradient]), ...(l2 > 0 ? [scaled(g, name, 2 * l2)] : [])];
    const kept = g.op('Mul', [momentum, 'momentum']);
    const steps = pulls.map((pull) => g.op('Mul', [pull, 'learningRate']));
    const velocity = steps.reduce((sum, step) => g.op('Sub', [sum, step]), kept);
    carry(g, momentumName(name), shape, velocity);
    next = g.op('Add', [name, velocity]);
  }
  if (masked) next = g.op('Mul', [next, g.input({ name: maskName(name), shape, type: 'float' })]);
  if (next !== name) carry(g, name, shape, next);
}

function updateStatistics(at: PlanGraph): void {
  const { g, plan } = at;
  const share = g.input({ name: 'normMomentum', shape: [], type: 'float' });
  for (const node of plan.nodes) {
    const batch = at.norms.get(node.name);
    if (node.op !== 'batchNorm' || !node.training || batch === undefined) continue;
    const { mean, variance } = normWeights(node);
    const shape = [node.shape[2]];
    carry(g, mean, shape, moveStatistic(g, mean, batch.mean, share));
    const sample = unbiased(g, batch.variance, at.count(node.shape));
    carry(g, variance, shape, moveStatistic(g, variance, sample, share));
  }
}

function scaled(g: GraphBuilder, value: Value, factor: number): Value {
  return g.op('Mul', [value, g.float(factor)]);
}

function scalar(g: GraphBuilder, name: string, value: Value): void {
  g.output({ name, shape: [], type: 'float' }, value);
}

/** A state tensor after the step. */
function carry(g: GraphBuilder, name: string, shape: readonly number[], value: Value): void {
  g.output({ name: nextName(name), shape, type: 'float' }, value);
}
