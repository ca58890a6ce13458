import type { LearningRate, Segment } from './learning-rate.js';
import { RUNS, type Preset } from './preset.js';
import { decay, type WeightDecay } from './weight-decay.js';

const WARM_UP: Segment = { kind: 'steps', rates: [1e-3, 1e-3, 1e-2, 1e-2, 1e-1, 1e-1] };

/** Six epochs of warm-up, then a cosine over 120 that may be cut or stay at its floor. */
function warmCosine(epochs: number, floor: number): LearningRate {
  return [WARM_UP, { kind: 'cosine', epochs, duration: 120, amplitude: 0.05, floor }];
}

const CIFAR100_RATE: LearningRate = [{ kind: 'cosine', epochs: 140, duration: 140, amplitude: 0.25, floor: 4e-4 }];

/** The cosine ends at 8.3606e-3, where the cubic decay takes over. */
const FUSIONET_RATE: LearningRate = [
  ...warmCosine(100, 1e-3),
  { kind: 'cubic', epochs: 40, duration: 30, from: 8.3606e-3, to: 4e-4 },
];

/** L2 coefficients of vanilla training; those of the pruned stage too, but for one network. */
export const TRAINING_DECAY = {
  mobileNetModified: decay(4e-5, {
    body: 1e-4,
    blocks: [
      { first: 0, last: 0, l2: 4e-5 },
      { first: 1, last: 7, l2: 2e-4 },
    ],
  }),
  mnasNetModified: decay(4e-5, {
    body: 1e-4,
    blocks: [
      { first: 1, last: 3, l2: 8e-4 },
      { first: 4, last: 9, l2: 4e-4 },
    ],
  }),
  shuffleNetModified: decay(4e-5, { body: 1e-4, tail: 1e-4, blocks: [{ first: 1, last: 2, l2: 2e-4 }] }),
  fusioNet: decay(4e-5, { body: 1e-4, tail: 1e-4 }),
} as const satisfies Record<string, WeightDecay>;

const COMMON = { momentum: 0.9, keep: 'best' } as const;

/**
 * Training from scratch.
 *
 * Batches are those the scripts compute; comments in them tell of runs on more graphics processors with larger ones.
 *
 * @source the vanilla training scripts published with ARCHON, ICS 2021
 */
export const TRAINING_PRESETS: readonly Preset[] = [
  { ...RUNS.mobileNet, ...COMMON, batch: 192, learningRate: warmCosine(120, 8e-4), decay: decay(1e-4) },
  {
    ...RUNS.mobileNetModified,
    ...COMMON,
    batch: 192,
    learningRate: warmCosine(120, 8e-4),
    decay: TRAINING_DECAY.mobileNetModified,
  },
  { ...RUNS.mnasNet, ...COMMON, batch: 192, learningRate: warmCosine(144, 8e-4), decay: decay(1e-4) },
  {
    ...RUNS.mnasNetModified,
    ...COMMON,
    batch: 192,
    learningRate: warmCosine(144, 8e-4),
    decay: TRAINING_DECAY.mnasNetModified,
  },
  { ...RUNS.shuffleNet, ...COMMON, batch: 192, learningRate: warmCosine(120, 8e-4), decay: decay(1e-4) },
  {
    ...RUNS.shuffleNetModified,
    ...COMMON,
    batch: 48,
    learningRate: warmCosine(140, 4e-4),
    decay: TRAINING_DECAY.shuffleNetModified,
  },
  { ...RUNS.fusioNet, ...COMMON, batch: 48, learningRate: FUSIONET_RATE, decay: TRAINING_DECAY.fusioNet },
  { ...RUNS.mobileNet100, ...COMMON, batch: 64, learningRate: CIFAR100_RATE, decay: decay(4e-5) },
  { ...RUNS.mnasNet100, ...COMMON, batch: 64, learningRate: CIFAR100_RATE, decay: decay(4e-5) },
  { ...RUNS.fusioNet100, ...COMMON, batch: 64, learningRate: CIFAR100_RATE, decay: decay(4e-5) },
];
