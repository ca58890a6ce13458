import type { LearningRate } from './learning-rate.js';
import { RUNS, type Preset } from './preset.js';
import type { Sparsities } from './pruned-layers.js';
import { TRAINING_DECAY } from './training-presets.js';
import { decay } from './weight-decay.js';

/** A run that prunes: the ramp and what is pruned. */
export interface PruningPreset extends Preset {
  readonly rampEpochs: number;
  readonly sparsities: Sparsities;
  /** Whether the pointwise convolution of the tail is pruned. */
  readonly tail: boolean;
}

/** Share of zeros of every published run. */
export const PUBLISHED_SPARSITIES: Sparsities = { pointwise: 0.8, depthwise: 0.7 };

const MOBILENET_RATE: LearningRate = [{ kind: 'cubic', epochs: 260, duration: 240, from: 2e-2, to: 8e-5 }];
const FAST_RATE: LearningRate = [{ kind: 'cubic', epochs: 80, duration: 80, from: 1e-1, to: 1e-4 }];
const SLOW_RATE: LearningRate = [{ kind: 'cubic', epochs: 80, duration: 80, from: 1e-2, to: 1e-4 }];
const MNASNET_MODIFIED_RATE: LearningRate = [
  { kind: 'steps', rates: [1e-3, 4e-3, 1e-2, 4e-2, 8e-2] },
  { kind: 'cubic', epochs: 81, duration: 86, from: 1e-1, to: 1e-4 },
];
const CIFAR100_RATE: LearningRate = [
  { kind: 'steps', rates: [1e-4, 1e-4, 4e-4, 1e-3, 4e-3, 1e-2, 4e-2, 8e-2] },
  { kind: 'cubic', epochs: 80, duration: 88, from: 1e-1, to: 1e-4 },
];

const COMMON = { momentum: 0.9, sparsities: PUBLISHED_SPARSITIES, tail: false } as const;
const SHUFFLENET = { ...COMMON, batch: 64, rampEpochs: 30, learningRate: SLOW_RATE, keep: 'last' } as const;
const CIFAR100 = { ...COMMON, batch: 64, rampEpochs: 38, learningRate: CIFAR100_RATE, keep: 'best-recovery' } as const;

/**
 * Pruning of trained networks.
 *
 * No script that prunes the ShuffleNet baseline was published, but densities of such a network were, with the accelerator models: they
 * agree with a ramp of 24 to 34 epochs. Its preset is the run of the modified variant, 30 epochs of ramp included, with the decay of
 * the baseline's own training.
 *
 * The pointwise layers of the modified MobileNetV2 were pruned by another tool, with masks refreshed every 100 steps; the ramp here
 * comes within 1e-6 of it.
 *
 * @source the pruning scripts published with ARCHON, ICS 2021
 */
export const PRUNING_PRESETS: readonly PruningPreset[] = [
  {
    ...RUNS.mobileNet,
    ...COMMON,
    batch: 128,
    rampEpochs: 90,
    learningRate: MOBILENET_RATE,
    decay: decay(1e-4),
    keep: 'last',
  },
  {
    ...RUNS.mobileNetModified,
    ...COMMON,
    batch: 128,
    rampEpochs: 90,
    learningRate: MOBILENET_RATE,
    decay: decay(1e-4, { blocks: [{ first: 1, last: 3, l2: 2e-4 }] }),
    keep: 'last',
  },
  { ...RUNS.mnasNet, ...COMMON, batch: 128, rampEpochs: 30, learningRate: FAST_RATE, decay: decay(1e-4), keep: 'best' },
  {
    ...RUNS.mnasNetModified,
    ...COMMON,
    batch: 128,
    rampEpochs: 36,
    learningRate: MNASNET_MODIFIED_RATE,
    decay: TRAINING_DECAY.mnasNetModified,
    keep: 'best-recovery',
  },
  { ...RUNS.shuffleNet, ...SHUFFLENET, decay: decay(1e-4) },
  { ...RUNS.shuffleNetModified, ...SHUFFLENET, decay: TRAINING_DECAY.shuffleNetModified },
  {
    ...RUNS.fusioNet,
    ...COMMON,
    batch: 48,
    rampEpochs: 30,
    learningRate: FAST_RATE,
    decay: TRAINING_DECAY.fusioNet,
    tail: true,
    keep: 'best-recovery',
  },
  { ...RUNS.mobileNet100, ...CIFAR100, decay: decay(4e-5) },
  { ...RUNS.mnasNet100, ...CIFAR100, decay: decay(4e-5) },
  { ...RUNS.fusioNet100, ...CIFAR100, decay: decay(4e-5), tail: true },
];
