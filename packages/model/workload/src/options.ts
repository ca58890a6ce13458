import { fail, type JsonValue, type Options, type OptionSchema } from '@archon-dse/core';

/** Classes of each dataset a network can be shaped for. */
export const DATASET_CLASSES = { cifar10: 10, cifar100: 100 } as const;
export type Dataset = keyof typeof DATASET_CLASSES;

/** Options every network of this repository takes; a plugin adds its own beside them. */
export const NETWORK_OPTIONS = {
  dataset: {
    type: 'string',
    description:
      'Dataset the network is shaped for: sets the classes, and the tail where the publication has one for each.',
    default: 'cifar10',
    enum: Object.keys(DATASET_CLASSES),
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
} as const satisfies Record<string, OptionSchema>;

/** {@link NETWORK_OPTIONS} of one build, `classes` resolved. */
export interface NetworkOptions {
  readonly dataset: Dataset;
  readonly width: number;
  readonly resolution: number;
  readonly classes: number;
}

/**
 * Reads the common options of a build.
 *
 * @throws ArchonError ARCHON_BAD_OPTION when one is missing or out of range
 */
export function readNetworkOptions(options: Options): NetworkOptions {
  const dataset = readChoice(options, 'dataset', Object.keys(DATASET_CLASSES) as Dataset[]);
  const classes = readNumber(options, 'classes', NETWORK_OPTIONS.classes);
  return {
    dataset,
    width: readNumber(options, 'width', NETWORK_OPTIONS.width),
    resolution: readNumber(options, 'resolution', NETWORK_OPTIONS.resolution),
    classes: classes === 0 ? DATASET_CLASSES[dataset] : classes,
  };
}

/**
 * Reads an option that takes one of a few words.
 *
 * @throws ArchonError ARCHON_BAD_OPTION for any other value
 */
export function readChoice<T extends string>(options: Options, name: string, choices: readonly T[]): T {
  const value = options[name];
  const choice = choices.find((candidate) => candidate === value);
  return choice ?? badOption(name, value, `one of: ${choices.join(', ')}`);
}

function readNumber(options: Options, name: string, schema: OptionSchema): number {
  const value = options[name];
  const isType =
    typeof value === 'number' && (schema.type === 'integer' ? Number.isInteger(value) : Number.isFinite(value));
  if (!isType) badOption(name, value, `a value of type ${schema.type}`);
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema;
  const isInside = value >= minimum && value > exclusiveMinimum && value <= maximum;
  if (isInside) return value;
  const least = schema.exclusiveMinimum === undefined ? `at least ${minimum}` : `above ${exclusiveMinimum}`;
  return badOption(name, value, `${least} and at most ${maximum}`);
}

function badOption(name: string, value: JsonValue | undefined, expected: string): never {
  return fail({
    code: 'ARCHON_BAD_OPTION',
    message: `option "${name}" is ${value === undefined ? 'missing' : JSON.stringify(value)}`,
    path: name,
    expected,
  });
}
