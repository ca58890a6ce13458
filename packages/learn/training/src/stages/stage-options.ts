import { defineOptions, fail, type OptionSchema, type OptionValues } from '@archon-dse/core';
import { BACKEND_IDS } from '../backends/backend-list.js';
import { FORMATS } from '../quantisation/formats.js';
import { NAMINGS } from './namings.js';

/** Names of recipes: our short one, and the runs published with ARCHON by variant of the network. */
const RECIPE_NAMES = ['short', 'published', 'published-modified'] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];

const RECIPE_OPTION = {
  type: 'string',
  enum: RECIPE_NAMES,
  default: 'short',
  description:
    'Schedule, decay and batch: "short" for a few epochs on a small dataset, "published" or "published-modified" for the run ' +
    'published with ARCHON for the baseline or the modified variant.',
} as const satisfies OptionSchema;

/** `data` of the images that are drawn. */
export const PROCEDURAL = 'procedural';

/** What an option that names images says about its path. */
const CIFAR_FOLDER = { kind: 'folder', keywords: [PROCEDURAL], endings: ['.bin'] } as const;

/** Which images a stage trains on; options of every stage that trains. */
const DATASET_OPTIONS = defineOptions({
  data: {
    type: 'string',
    default: PROCEDURAL,
    path: CIFAR_FOLDER,
    description: `Images to train on: "${PROCEDURAL}" draws them, anything else is a folder of CIFAR files in the binary format.`,
  },
  images: {
    type: 'integer',
    default: 0,
    minimum: 0,
    description: 'Training images, the first of the dataset; 0 for all of a folder, or for 4,000 procedural ones.',
  },
});

/** Options of every stage that trains. */
export const TRAINING_OPTIONS = defineOptions({
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
});

export type TrainingOptions = OptionValues<typeof TRAINING_OPTIONS>;

/** Options of stages that prune. */
export const PRUNING_OPTIONS = defineOptions({
  ...TRAINING_OPTIONS,
  rampEpochs: {
    type: 'integer',
    default: 0,
    minimum: 0,
    description:
      'Epochs in which weights are cleared, the others recover; 0 for the share of the epochs the recipe has.',
  },
  pointwiseDensity: density('convolutions over channels, which are pointwise in the networks here', 0.2),
  depthwiseDensity: density('depthwise convolutions', 0.3),
});

export type PruningOptions = OptionValues<typeof PRUNING_OPTIONS>;

/** Options of stages that predict ReLUs. */
export const PREDICTION_OPTIONS = defineOptions({
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
});

export type PredictionOptions = OptionValues<typeof PREDICTION_OPTIONS>;

const FORMAT = { type: 'string', enum: FORMATS, default: 'int8' } as const satisfies Omit<OptionSchema, 'description'>;

/** A format of both, or of each. Files are held to it; types know no such choice. */
const FORMAT_OR_PARTS: object = {
  if: { type: 'object' },
  then: {
    type: 'object',
    properties: { weights: { enum: FORMATS }, activations: { enum: FORMATS } },
    additionalProperties: false,
    minProperties: 1,
  },
  else: { enum: FORMATS },
};

/** Options of the stage that quantises. */
export const QUANTISATION_OPTIONS = defineOptions({
  weights: {
    ...FORMAT,
    description: 'Format of weights: symmetric, a scale for each output channel. "full" leaves them as they are.',
  },
  activations: {
    ...FORMAT,
    description:
      'Format of the values between layers: a scale and a zero point for each tensor. "full" leaves them as they are.',
  },
  mixed: {
    type: 'object',
    default: {},
    additionalProperties: FORMAT_OR_PARTS,
    description:
      'Layers, blocks and roles of other formats, by name: { depthwise: int8, b1: int4, fc: { weights: int16, activations: full } }. What ' +
      'names a layer goes before what names its block, and that before its role. A tensor is kept in the widest format that one of its ' +
      'readers wants.',
  },
  fullWidth: {
    type: 'string',
    enum: ['none', 'first', 'last', 'both'],
    default: 'none',
    description:
      'The ends of the network that keep the words of the accelerator, unless "mixed" says something of them.',
  },
  range: {
    type: 'string',
    enum: ['minMax', 'percentile'],
    default: 'minMax',
    description:
      'Range of the values of a tensor: the smallest and the largest on the calibration images, or the mean over these images of a ' +
      'percentile of each; what is outside is clipped.',
  },
  percentile: {
    type: 'number',
    default: 99.9,
    exclusiveMinimum: 50,
    maximum: 100,
    description:
      'With the range "percentile", the share of the values of an image below the upper end, and above the lower one.',
    unit: '%',
  },
  calibrationImages: {
    type: 'integer',
    default: 100,
    minimum: 1,
    description: 'Training images that ranges are measured on, the first of the dataset.',
  },
  data: {
    ...DATASET_OPTIONS.data,
    description:
      `Images to calibrate and to measure on: "${PROCEDURAL}" draws them, anything else is a folder of CIFAR files. When empty the stage ` +
      'needs no trained network: it says formats alone, and accuracy stays that of the network before.',
  },
  images: DATASET_OPTIONS.images,
  backend: {
    type: 'string',
    enum: BACKEND_IDS,
    default: 'auto',
    description: 'What executes the quantised network; "auto" takes the first that is installed.',
  },
});

export type QuantisationOptions = OptionValues<typeof QUANTISATION_OPTIONS>;

/** Options of the stage that loads a checkpoint. */
export const LOAD_OPTIONS = defineOptions({
  checkpoint: {
    type: 'string',
    default: '',
    path: { kind: 'file' },
    description: 'A model.safetensors of archon train, from the working directory.',
  },
});

export type LoadOptions = OptionValues<typeof LOAD_OPTIONS>;

/** Options of the stage that imports weights. */
export const IMPORT_OPTIONS = defineOptions({
  file: {
    type: 'string',
    default: '',
    path: { kind: 'file' },
    description: 'File of weights, Keras HDF5 (.h5) or safetensors, from the working directory.',
  },
  names: {
    type: 'string',
    default: 'auto',
    path: { kind: 'file', keywords: NAMINGS },
    description:
      `How its layers are found: "ours" by the names of the network, "keras" by the numbers Keras gives, "auto" by either, or ` +
      `a YAML file that maps layers to layers.`,
  },
  data: {
    type: 'string',
    default: '',
    path: CIFAR_FOLDER,
    description: 'Images to measure accuracy and loss on: "procedural" or a folder of CIFAR files; none when empty.',
  },
  backend: {
    type: 'string',
    enum: BACKEND_IDS,
    default: 'auto',
    description: 'What computes accuracy and loss; "auto" takes the first that is installed.',
  },
});

export type ImportOptions = OptionValues<typeof IMPORT_OPTIONS>;

function density(what: string, value: number) {
  const description = `Share that stays of the weights of ${what}; the ramp ends a hair above it. Never more than there are.`;
  return { type: 'number', default: value, exclusiveMinimum: 0, maximum: 1, description } as const;
}

/** A number that the recipe decides when it is 0. */
export function numberOr(value: number, ofRecipe: number): number {
  return value === 0 ? ofRecipe : value;
}

/** @throws ArchonError ARCHON_BAD_OPTION */
export function badOption(path: string, message: string, expected: string, hint?: string): never {
  return fail({ code: 'ARCHON_BAD_OPTION', message, path, expected, ...(hint === undefined ? {} : { hint }) });
}
