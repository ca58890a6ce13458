import { fail, type Options, type OptionSchema } from '@archon-dse/core';
import { BACKEND_IDS } from './backends.js';
import { DATASET_OPTIONS } from './dataset-source.js';
import { RECIPE_OPTION } from './recipes.js';

/** Options of every stage that trains. */
export const TRAINING_OPTIONS = {
  recipe: RECIPE_OPTION,
  epochs: {
    type: 'integer',
    default: 0,
    minimum: 0,
    description: 'Passes over the training images; 0 for as many as the recipe has. Its schedule is stretched to them.',
  },
  batch: { type: 'integer', default: 0, minimum: 0, description: 'Images a step; 0 for what the recipe says.' },
  microBatch: {
    type: 'integer',
    default: 0,
    minimum: 0,
    description:
      'Images in memory at once, where memory is short; must divide the batch. Gradients add up over the parts of a batch, ' +
      'BatchNorm normalises each part by itself. 0 for the whole batch.',
  },
  ...DATASET_OPTIONS,
  crops: {
    type: 'string',
    enum: ['image', 'batch'],
    default: 'image',
    description:
      'Training images are moved by up to two pixels, each by its own draw, or all of a batch alike as in the published runs.',
  },
  backend: {
    type: 'string',
    enum: BACKEND_IDS,
    default: 'auto',
    description: 'What computes the training steps; "auto" takes the first that is installed.',
  },
} as const satisfies Readonly<Record<string, OptionSchema>>;

/** Options of stages that prune. */
export const PRUNING_OPTIONS = {
  ...TRAINING_OPTIONS,
  rampEpochs: {
    type: 'integer',
    default: 0,
    minimum: 0,
    description:
      'Epochs in which weights are cleared, the others recover; 0 for the share of the epochs the recipe has.',
  },
  pointwiseDensity: density('pointwise convolutions', 0.2),
  depthwiseDensity: density('depthwise convolutions', 0.3),
} as const satisfies Readonly<Record<string, OptionSchema>>;

/** Options of stages that predict ReLUs. */
export const PREDICTION_OPTIONS = {
  ...TRAINING_OPTIONS,
  kernels: {
    type: 'string',
    enum: ['recipe', 'frozen', 'straightThrough', 'constrained'],
    default: 'recipe',
    description:
      'What becomes of the ternary kernels: "frozen" keeps those of the pruned network and adapts BatchNorms only, as in most ' +
      'published runs; "straightThrough" trains the weights behind them; "constrained" trains them and makes them ternary again after ' +
      'each step, as in the published run of FusioNet for CIFAR-100. "recipe" for what the recipe says.',
  },
  gradientFactor: {
    type: 'integer',
    enum: [1, 2],
    default: 1,
    description:
      'With straightThrough, the slope of ternarising beside its scale: 1 for a sign taken as the identity, 2 for the two nested ' +
      'signs of the published scripts.',
  },
} as const satisfies Readonly<Record<string, OptionSchema>>;

function density(what: string, value: number) {
  const description = `Share of the weights of ${what} that stays; the ramp ends a hair above it.`;
  return { type: 'number', default: value, exclusiveMinimum: 0, maximum: 1, description } as const;
}

/** A number that the recipe decides when it is 0. */
export function numberOr(options: Options, name: keyof typeof PRUNING_OPTIONS, ofRecipe: number): number {
  const value = Number(options[name]);
  return value === 0 ? ofRecipe : value;
}

/** @throws ArchonError ARCHON_BAD_OPTION */
export function badOption(path: string, message: string, expected: string): never {
  return fail({ code: 'ARCHON_BAD_OPTION', message, path, expected });
}
