import { l2Of, predictedBlocks, trainedInPrediction } from '@archon-dse/compression';
import { fail, type Network } from '@archon-dse/core';
import { predictorName, type NamedTensors, type PredictorSpec, type TrainingSpec } from '@archon-dse/tensor';
import { stillRule, type BatchRule } from './batch-rule.js';
import type { PredictionRecipe, Recipe } from './recipe.js';
import { createTernariser, ternaryOf, type TernaryKernel } from './ternariser.js';

interface PredictionOptions {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly prediction: PredictionRecipe;
  /** Weights of the network whose ReLUs are to be predicted. */
  readonly initial: NamedTensors;
  /** Masks by kernel, see `heldMasks`. */
  readonly held: NamedTensors;
}

interface PredictionPlan {
  readonly spec: Required<Pick<TrainingSpec, 'predictor' | 'frozen' | 'l2'>>;
  readonly rule: BatchRule;
  /** Kernels of the predictor that start as something else than copies. */
  readonly added: NamedTensors;
}

/**
 * Predictors in all blocks that can have them. Pruned kernels stay pruned, whether they train or not.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when no block can have one
 */
export function planPrediction({ network, recipe, prediction, initial, held }: PredictionOptions): PredictionPlan {
  const predictor = predictorSpec(network, prediction);
  const training = new Set(trainedInPrediction(network, prediction.trains).map(({ name }) => name));
  const predicted = new Set(predictedKernels(network));
  const frozen = network.layers
    .filter(({ name, op }) => KERNEL_OPS.includes(op) && !training.has(name) && !predicted.has(name))
    .map(({ name }) => `${name}/kernel`);
  const masked = Object.keys(held);
  const given = { predictor, frozen };
  if (prediction.kernels === 'frozen') return { spec: { ...given, l2: {} }, rule: stillRule(masked), added: {} };
  const copies = network.layers.filter(({ name }) => predicted.has(name));
  const l2 = Object.fromEntries(copies.map((layer) => [predictorName(layer.name), l2Of(layer, recipe.decay)]));
  if (prediction.kernels === 'straightThrough') return { spec: { ...given, l2 }, rule: stillRule(masked), added: {} };
  const kernels = ternaryKernels(network, predicted);
  return {
    spec: { ...given, l2 },
    rule: createTernariser(kernels, masked),
    added: firstKernels(kernels, initial),
  };
}

const KERNEL_OPS: readonly string[] = ['conv', 'depthwise', 'dense'];

/** How a recipe predicts the ReLUs of a network. @throws ArchonError as {@link planPrediction} */
export function predictorSpec(network: Network, { kernels, gradientFactor }: PredictionRecipe): PredictorSpec {
  const factor = gradientFactor === undefined ? {} : { gradientFactor };
  return { relus: predictedRelus(network), kernels, ...factor };
}

/** ReLUs that can be predicted, in the order of the network. */
function predictedRelus(network: Network): PredictorSpec['relus'] {
  const relus = predictedBlocks(network).flatMap((block) => block.relus);
  if (relus.length > 0) return relus;
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `network "${network.id}" has no block whose ReLUs can be predicted`,
    expected: 'a block b1 or later of three convolutions, the first two with BatchNorm and ReLU',
  });
}

function predictedKernels(network: Network): readonly string[] {
  return predictedBlocks(network).flatMap(({ kernels }) => kernels.slice(0, 2));
}

function ternaryKernels({ layers }: Network, predicted: ReadonlySet<string>): readonly TernaryKernel[] {
  return layers.flatMap((layer): TernaryKernel[] => {
    if (!predicted.has(layer.name) || (layer.op !== 'conv' && layer.op !== 'depthwise')) return [];
    const names = { name: `${predictorName(layer.name)}/kernel`, predicts: `${layer.name}/kernel` };
    return [{ ...names, tensors: layer.op === 'conv' ? layer.groups : 1, isDepthwise: layer.op === 'depthwise' }];
  });
}

/** Pointwise kernels start ternary; depthwise ones start as they are and become so with the first step, as published. */
function firstKernels(kernels: readonly TernaryKernel[], initial: NamedTensors): NamedTensors {
  const pointwise = kernels.filter(({ isDepthwise }) => !isDepthwise);
  const pruned = pointwise.flatMap(({ name, predicts }) => {
    const kernel = initial[predicts];
    return kernel === undefined ? [] : [[name, kernel] as const];
  });
  return ternaryOf(pointwise, Object.fromEntries(pruned));
}
