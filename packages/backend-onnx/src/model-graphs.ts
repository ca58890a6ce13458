import { maskName, momentumName, type ModelPlan, type NamedTensors, type WeightPlan } from '@archon-dse/tensor';
import { moveStatistic, unbiased } from './batch-norm.js';
import { emitBackward, type WeightGradients } from './backward.js';
import { emitForward, movingNorm } from './forward.js';
import { GraphBuilder, type Value } from './graph.js';
import { emitLoss, type Loss } from './loss.js';
import { PlanGraph } from './plan-graph.js';

/** Name of the graph output that holds a state tensor after a step. */
export function nextName(tensor: string): string {
  return `${tensor}:next`;
}

/** One graph for a whole step: inputs are the batch, the two options and the state, outputs the loss and what of the state changes. */
export function stepGraph(plan: ModelPlan): Uint8Array {
  const g = new GraphBuilder();
  const at = new PlanGraph(g, plan);
  for (const name of ['learningRate', 'momentum']) g.input({ name, shape: [], type: 'float' });
  const { sum, correct, errors } = emitScoring(at);
  const scores = g.reshape(errors, [plan.batch, plan.classes, 1, 1]);
  const gradients = emitBackward(at, g.op('Div', [scores, g.float(plan.batch)]));
  const terms = plan.weights
    .filter(({ l2 }) => l2 > 0)
    .map(({ name, l2 }) => scaled(g, g.reduce('ReduceSumSquare', name), l2));
  scalar(g, 'loss', g.op('Sum', [scaled(g, sum, 1 / plan.batch), ...terms]));
  scalar(g, 'correct', correct);
  for (const weight of plan.weights) updateWeight(g, weight, gradients);
  updateStatistics(at);
  return g.encode();
}

/** The forward pass alone, with moving statistics and the weights as constants, which lets the runtime fold and lay them out. */
export function evaluationGraph(plan: ModelPlan, weights: NamedTensors): Uint8Array {
  const g = new GraphBuilder();
  const { sum, correct } = emitScoring(new PlanGraph(g, plan), weights);
  scalar(g, 'loss', sum);
  scalar(g, 'correct', correct);
  return g.encode();
}

/** @param weights - values of all weights for an evaluation; absent in training */
function emitScoring(at: PlanGraph, weights?: NamedTensors): Loss {
  const { g, plan } = at;
  const [height, width, channels] = plan.nodes[0]?.shape ?? [0, 0, 0];
  g.input({ name: 'images', shape: [plan.batch, height, width, channels], type: 'float' });
  g.input({ name: 'labels', shape: [plan.batch], type: 'int32' });
  at.declareWeights(weights);
  for (const node of plan.nodes) at.set(node.name, emitForward(at, node, weights === undefined));
  const last = at.value(plan.nodes.at(-1)?.name ?? '');
  return emitLoss(g, plan, g.reshape(last, [plan.batch, plan.classes]));
}

function updateWeight(g: GraphBuilder, weight: WeightPlan, gradients: WeightGradients): void {
  const { name, shape, trainable, l2, masked } = weight;
  let next: Value = name;
  if (trainable) {
    const momentum = g.input({ name: momentumName(name), shape, type: 'float' });
    const gradient = gradients.get(name);
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
  for (const node of plan.nodes) {
    const batch = at.norms.get(node.name);
    if (node.op !== 'batchNorm' || !node.training || batch === undefined) continue;
    const { mean, variance } = movingNorm(node);
    const shape = [node.shape[2]];
    carry(g, mean, shape, moveStatistic(g, mean, batch.mean));
    const sample = unbiased(g, batch.variance, at.count(node.shape));
    carry(g, variance, shape, moveStatistic(g, variance, sample));
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
