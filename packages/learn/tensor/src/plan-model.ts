import { fail, suggest, type Network } from '@archon-dse/core';
import { inferShapes, type ShapedLayer } from '@archon-dse/workload';
import { lowerLayer, weightsOf, type DraftNode } from './lower-layer.js';
import type { ModelPlan, PlanNode, WeightPlan } from './plan.js';
import { addLevels } from './add-levels.js';
import { addPredictors } from './predictor.js';
import type { TrainingSpec } from './training-spec.js';

/**
 * The operations and weights of a network under a training specification. A softmax at its end becomes part of the loss.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed, cannot be trained, or lacks what the spec names
 * @throws RangeError when the batch is not a whole number from 1
 */
export function planModel(spec: TrainingSpec): ModelPlan {
  const { network, batch } = spec;
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`batch is ${batch}, expected a whole number from 1`);
  const layers = scoredLayers(network);
  const stillNorms = new Set(spec.inferenceNorms);
  const drafts = layers.map((layer) => lowerLayer(layer, !stillNorms.has(layer.layer.name)));
  const { nodes: unrounded, weights, predicted } = addPredictors(spec.predictor, drafts, layers.flatMap(weightsOf));
  const nodes = addLevels(spec.levels ?? {}, unrounded);
  checkNames(spec, nodes, weights);
  const settled = weights.map((weight) => settle(spec, weight, predicted));
  return { batch, classes: network.classes, nodes: markDifferentiable(nodes, settled), weights: settled };
}

/** The layers up to the scores. */
function scoredLayers(network: Network): readonly ShapedLayer[] {
  const shaped = inferShapes(network);
  const last = shaped.at(-1);
  const softmax = shaped.find(({ layer }) => layer.op === 'softmax');
  if (softmax !== undefined && softmax !== last) {
    untrainable(network.id, `softmax "${softmax.layer.name}" is not its last layer`, 'at most one softmax, at the end');
  }
  const scores = last?.output.join();
  if (scores !== `1,1,${network.classes}`) {
    untrainable(network.id, `its last layer gives [${scores}]`, `one score a class, [1,1,${network.classes}]`);
  }
  return softmax === undefined ? shaped : shaped.slice(0, -1);
}

/** Adds what the specification says about a weight. */
function settle(spec: TrainingSpec, weight: WeightPlan, predicted: ReadonlySet<string>): WeightPlan {
  const { name } = weight;
  const trainable = weight.trainable && !predicted.has(ownerOf(name)) && !(spec.frozen ?? []).includes(name);
  const l2 = trainable && isKernel(name) ? (spec.l2?.[ownerOf(name)] ?? 0) : 0;
  return { ...weight, trainable, l2, masked: (spec.masked ?? []).includes(name) };
}

/** A node is differentiable when a trainable weight is at it or at what it takes a gradient back to. */
function markDifferentiable(drafts: readonly DraftNode[], weights: readonly WeightPlan[]): PlanNode[] {
  const trainable = new Set(weights.filter((weight) => weight.trainable).map((weight) => ownerOf(weight.name)));
  const marked = new Set<string>();
  return drafts.map((draft) => {
    const sources = draft.op === 'gate' ? draft.inputs.slice(1) : draft.inputs;
    const differentiable = trainable.has(draft.name) || sources.some((name) => marked.has(name));
    if (differentiable) marked.add(draft.name);
    return { ...draft, differentiable };
  });
}

function checkNames(spec: TrainingSpec, nodes: readonly DraftNode[], weights: readonly WeightPlan[]): void {
  const all = weights.map(({ name }) => name);
  const kernels = all.filter(isKernel);
  const norms = nodes.filter((node) => node.op === 'batchNorm').map(({ name }) => name);
  const lists = [
    { list: 'frozen', names: spec.frozen, known: all, expected: 'names of weights' },
    { list: 'masked', names: spec.masked, known: kernels, expected: 'names of kernels' },
    { list: 'inferenceNorms', names: spec.inferenceNorms, known: norms, expected: 'names of BatchNorm layers' },
    {
      list: 'levels',
      names: Object.keys(spec.levels ?? {}),
      known: nodes.map(({ name }) => name),
      expected: 'names of layers',
    },
    {
      list: 'l2',
      names: Object.keys(spec.l2 ?? {}),
      known: kernels.map(ownerOf),
      expected: 'names of layers with a kernel',
    },
  ];
  for (const { list, names = [], known, expected } of lists) {
    const unknown = names.find((name) => !known.includes(name));
    if (unknown === undefined) continue;
    const near = suggest(unknown, known);
    const hint = near === undefined ? expected : `${expected}, e.g. "${near}"`;
    untrainable(spec.network.id, `"${unknown}" of ${list} is not there`, hint);
  }
}

function untrainable(id: string, problem: string, expected: string): never {
  return fail({ code: 'ARCHON_NETWORK_INVALID', message: `network "${id}" cannot be trained: ${problem}`, expected });
}

function isKernel(weight: string): boolean {
  return weight.endsWith('/kernel');
}

function ownerOf(weight: string): string {
  return weight.slice(0, weight.lastIndexOf('/'));
}
