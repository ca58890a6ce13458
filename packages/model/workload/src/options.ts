import { defineOptions, type Network, type OptionValues } from '@archon-dse/core';

/** Classes of each dataset a network can be shaped for. */
const DATASET_CLASSES = { cifar10: 10, cifar100: 100 } as const;

const BATCH = {
  type: 'integer',
  description: 'Images computed at once. Multiply-accumulates, cycles and energy are those of all of them.',
  unit: 'images',
  default: 1,
  minimum: 1,
  maximum: 4096,
} as const;

/** Options every network of this repository takes; a plugin adds its own beside them. */
export const NETWORK_OPTIONS = defineOptions({
  dataset: {
    type: 'string',
    description:
      'Dataset the network is shaped for: sets the classes, and the tail where the publication has one for each.',
    default: 'cifar10',
    enum: Object.keys(DATASET_CLASSES) as (keyof typeof DATASET_CLASSES)[],
  },
  width: {
    type: 'number',
    description: 'Multiplier of every channel count, rounded as the network says; 1 is the published network.',
    default: 1,
    exclusiveMinimum: 0,
    maximum: 8,
  },
  resolution: {
    type: 'integer',
    description: 'Height and width of the image.',
    unit: 'pixel',
    default: 32,
    minimum: 1,
    maximum: 1024,
  },
  classes: {
    type: 'integer',
    description: 'Outputs of the classifier; 0 takes the classes of the dataset.',
    default: 0,
    minimum: 0,
    maximum: 100_000,
  },
  batch: { ...BATCH, optional: true },
});

export type NetworkOptions = OptionValues<typeof NETWORK_OPTIONS>;

/** The batch as a network has it: none where it is one image. */
export function batchOf({ batch }: Pick<NetworkOptions, 'batch'>): Pick<Network, 'batch'> {
  return batch === 1 ? {} : { batch };
}

/** How many classes a network tells apart: those of its dataset unless told. */
export function classesOf({ dataset, classes }: Pick<NetworkOptions, 'dataset' | 'classes'>): number {
  return classes === 0 ? DATASET_CLASSES[dataset] : classes;
}

/** Options of networks made for ImageNet; a plugin adds its own beside them. */
export const IMAGENET_OPTIONS = defineOptions({
  resolution: {
    type: 'integer',
    description: 'Height and width of the image.',
    unit: 'pixel',
    default: 224,
    minimum: 1,
    maximum: 2048,
  },
  classes: {
    type: 'integer',
    description: 'Outputs of the classifier.',
    default: 1000,
    minimum: 1,
    maximum: 100_000,
  },
  batch: BATCH,
});

export type ImageNetOptions = OptionValues<typeof IMAGENET_OPTIONS>;

/** The option of networks that cut an image into patches. */
export const PATCH_OPTIONS = defineOptions({
  patch: {
    type: 'integer',
    description: 'Height and width of a patch.',
    unit: 'pixel',
    default: 16,
    minimum: 1,
    maximum: 256,
  },
});

/** Refuses a resolution that patches do not tile. */
export const PATCHES_TILE = {
  option: 'resolution',
  holds: ({ resolution, patch }: { readonly resolution: number; readonly patch: number }) => resolution % patch === 0,
  refusal: ({ resolution, patch }: { readonly resolution: number; readonly patch: number }) => ({
    message: `patches of ${patch} pixels do not tile an image of ${resolution}`,
    expected: `a multiple of ${patch}`,
  }),
} as const;
