import { l2Of, predictedBlocks, trainedInPrediction } from '@archon-dse/compression';
import { fail, type Network } from '@archon-dse/core';
import {
  maskName,
  predictorName,
  type NamedTensors,
  type PredictorSpec,
  type TensorValue,
  type TrainingSpec,
} from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import type { PredictionRecipe, Recipe } from './recipe.js';
import { createTernariser, ternaryOf, type TernaryKernel } from './ternariser.js';

interface PredictionOptions {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly prediction: PredictionRecipe;
  /** Weights of the network whose ReLUs are to be predicted. */
  readonly initial: NamedTensors;
}

interface PredictionPlan {
  readonly spec: Required<Pick<TrainingSpec, 'predictor' | 'frozen' | 'l2'>>;
  readonly rule: BatchRule;
  /** Masks of the kernels that have zeros, and kernels of the predictor that start as something else than copies. */
  readonly added: NamedTensors;
}

/**
 * Predictors in all blocks that can have them. Pruned kernels stay pruned, whether they train or not.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when no block can have one
 */
export function planPrediction({ network, recipe, prediction, initial }: PredictionOptions): PredictionPlan {
  const predictor = predictorSpec(network, prediction);
  const training = new Set(trainedInPrediction(network, prediction.trains).map(({ name }) => name));
  const predicted = new Set(predictedKernels(network));
  const frozen = network.layers
    .filter(({ name, op }) => KERNEL_OPS.includes(op) && !training.has(name) && !predicted.has(name))
    .map(({ name }) => `${name}/kernel`);
  const masks = masksOf(network, initial);
  const masked = Object.keys(masks);
  const given = { predictor, frozen };
  const added = Object.fromEntries(Object.entries(masks).map(([name, mask]) => [maskName(name), mask]));
  if (prediction.kernels === 'frozen') return { spec: { ...given, l2: {} }, rule: stillRule(masked), added };
  const copies = network.layers.filter(({ name }) => predicted.has(name));
  const l2 = Object.fromEntries(copies.map((layer) => [predictorName(layer.name), l2Of(layer, recipe.decay)]));
  if (prediction.kernels === 'straightThrough') return { spec: { ...given, l2 }, rule: stillRule(masked), added };
  const kernels = ternaryKernels(network, predicted);
  return {
    spec: { ...given, l2 },
    rule: createTernariser(kernels, masked),
    added: { ...added, ...firstKernels(kernels, initial) },
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

function stillRule(masked: readonly string[]): BatchRule {
  return { masked, afterBatch: () => Promise.resolve() };
}

/** A mask for each kernel that has a weight of 0, by name of the kernel. */
function masksOf({ layers }: Network, tensors: NamedTensors): NamedTensors {
  const masks = layers.flatMap(({ name }): [string, TensorValue][] => {
    const kernel = tensors[`${name}/kernel`];
    if (kernel === undefined || !kernel.data.includes(0)) return [];
    return [[`${name}/kernel`, { shape: kernel.shape, data: kernel.data.map((value) => (value === 0 ? 0 : 1)) }]];
  });
  return Object.fromEntries(masks);
}

function ternaryKernels({ layers }: Network, predicted: ReadonlySet<string>): readonly TernaryKernel[] {
  return layers.flatMap((layer): TernaryKernel[] => {
    if (!predicted.has(layer.name) || (layer.op !== 'conv' && layer.op !== 'depthwise')) return [];
    const name = `${predictorName(layer.name)}/kernel`;
    return [{ name, tensors: layer.op === 'conv' ? layer.groups : 1, isDepthwise: layer.op === 'depthwise' }];
  });
}

/** Pointwise kernels start ternary; depthwise ones start as they are and become so with the first step, as published. */
function firstKernels(kernels: readonly TernaryKernel[], initial: NamedTensors): NamedTensors {
  const pointwise = kernels.filter(({ isDepthwise }) => !isDepthwise);
  const pruned = Object.fromEntries(
    pointwise.map(({ name }) => [name, initial[name.replace(/\.predictor\/kernel$/, '/kernel')]] as const),
  );
  return ternaryOf(pointwise, pruned as NamedTensors);
}
