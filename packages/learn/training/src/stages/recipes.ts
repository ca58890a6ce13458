import {
  decay,
  findPreset,
  PREDICTION_PRESETS,
  PRUNING_PRESETS,
  PUBLISHED_SPARSITIES,
  TRAINING_PRESETS,
  type PredictionPreset,
  type Preset,
  type PresetKey,
  type PruningPreset,
} from '@archon-dse/compression';
import { fail, type Network } from '@archon-dse/core';
import type { Recipe } from '../loop/recipe.js';
import type { RecipeName } from './stage-options.js';

/** A recipe with the batch it was made for. */
export interface BatchRecipe extends Recipe {
  readonly batch: number;
}

/** A warm-up epoch, then a cubic decay; the last epoch is kept, so that no test image chooses a model. */
const SHORT_TRAINING: BatchRecipe = {
  batch: 16,
  momentum: 0.9,
  learningRate: [
    { kind: 'steps', rates: [0.01] },
    { kind: 'cubic', epochs: 7, duration: 7, from: 0.02, to: 1e-3 },
  ],
  decay: decay(4e-5),
  keep: 'last',
};

/** Half ramp, half recovery. */
const SHORT_PRUNING: BatchRecipe = {
  ...SHORT_TRAINING,
  learningRate: [{ kind: 'cubic', epochs: 6, duration: 6, from: 0.01, to: 1e-3 }],
  pruning: { rampEpochs: 3, rampSteps: 30, sparsities: PUBLISHED_SPARSITIES, tail: false },
};

/** Only normalisation and the ends of the network adapt, from where pruning left them. */
const SHORT_PREDICTION: BatchRecipe = {
  ...SHORT_TRAINING,
  learningRate: [{ kind: 'cubic', epochs: 4, duration: 4, from: 2e-3, to: 2e-4 }],
  decay: decay(4e-5, { body: 0 }),
  prediction: { kernels: 'frozen', trains: { lastKernels: false, endKernels: true } },
};

/** @throws ArchonError ARCHON_BAD_OPTION when no run was published for the network */
export function trainingRecipe(name: RecipeName, network: Network): BatchRecipe {
  return name === 'short' ? SHORT_TRAINING : published(TRAINING_PRESETS, name, network);
}

/** @throws ArchonError ARCHON_BAD_OPTION when no run was published for the network */
export function pruningRecipe(name: RecipeName, network: Network): BatchRecipe {
  if (name === 'short') return SHORT_PRUNING;
  const { rampEpochs, sparsities, tail, ...preset } = published<PruningPreset>(PRUNING_PRESETS, name, network);
  return { ...preset, pruning: { rampEpochs, rampSteps: rampEpochs, sparsities, tail } };
}

/** @throws ArchonError ARCHON_BAD_OPTION when no run was published for the network */
export function predictionRecipe(name: RecipeName, network: Network): BatchRecipe {
  if (name === 'short') return SHORT_PREDICTION;
  const { kernels, trains, ...preset } = published<PredictionPreset>(PREDICTION_PRESETS, name, network);
  return { ...preset, prediction: { kernels, trains } };
}

/** A network for 100 classes has the recipe of CIFAR-100, any other that of CIFAR-10. */
function published<T extends Preset>(presets: readonly T[], name: RecipeName, { id, classes }: Network): T {
  const dataset = classes === 100 ? 'cifar100' : 'cifar10';
  const variant = name === 'published' ? 'baseline' : 'modified';
  const keys: readonly PresetKey[] = [
    { network: id, dataset, variant },
    ...(name === 'published' ? [{ network: id, dataset } as const] : []),
  ];
  const found = keys.map((key) => findPreset(presets, key)).find((preset) => preset !== undefined);
  return (
    found ??
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `no ${name} recipe is known for network "${id}" and ${dataset}`,
      path: 'recipe',
      expected: `"short", or a network with a published run: ${[...new Set(presets.map(({ network }) => network))].join(', ')}`,
    })
  );
}
