import type { LearningRate } from './learning-rate.js';
import { RUNS, type Preset } from './preset.js';
import type { PredictionTraining } from './predicted-blocks.js';
import { decay } from './weight-decay.js';

/** A run that adapts the ReLU predictor of a pruned network. */
export interface PredictionPreset extends Preset {
  /** What happens to the predictor's ternary kernels: they stay as pruning left them, or are ternarised again after each step. */
  readonly kernels: 'frozen' | 'constrained';
  readonly trains: PredictionTraining;
}

const CUBIC_RATE: LearningRate = [{ kind: 'cubic', epochs: 50, duration: 42, from: 1e-3, to: 8e-5 }];
const CIFAR100_RATE: LearningRate = [{ kind: 'cubic', epochs: 50, duration: 42, from: 1e-2, to: 1e-4 }];
const SHUFFLENET_RATE: LearningRate = [
  { kind: 'steps', rates: [...repeat(8, 1e-3), ...repeat(10, 8e-4), ...repeat(12, 4e-4)] },
];

const COMMON = {
  momentum: 0.9,
  kernels: 'frozen',
  trains: { lastKernels: false, endKernels: true },
  keep: 'best',
} as const;

/**
 * Prediction, of the networks shaped for fusion only. Decay acts on the kernels that train: those outside the predicted blocks.
 *
 * @source the predictor scripts published with ARCHON, ICS 2021
 */
export const PREDICTION_PRESETS: readonly PredictionPreset[] = [
  {
    ...RUNS.mobileNetModified,
    ...COMMON,
    batch: 64,
    momentum: 0.65,
    learningRate: CUBIC_RATE,
    decay: decay(1e-4, { body: 0, blocks: [{ first: 0, last: 0, l2: 1e-4 }] }),
  },
  { ...RUNS.mnasNetModified, ...COMMON, batch: 128, learningRate: CUBIC_RATE, decay: decay(4e-5, { body: 0 }) },
  {
    ...RUNS.shuffleNetModified,
    ...COMMON,
    batch: 24,
    trains: { lastKernels: true, endKernels: false },
    learningRate: SHUFFLENET_RATE,
    decay: decay(4e-5, { body: 0, tail: 0 }),
  },
  { ...RUNS.fusioNet, ...COMMON, batch: 32, learningRate: CUBIC_RATE, decay: decay(4e-5, { body: 0, tail: 1e-4 }) },
  {
    ...RUNS.fusioNet100,
    ...COMMON,
    kernels: 'constrained',
    batch: 64,
    learningRate: CIFAR100_RATE,
    decay: decay(4e-5, { body: 1e-4, tail: 1e-4 }),
    keep: 'last',
  },
];

function repeat(times: number, rate: number): readonly number[] {
  return Array<number>(times).fill(rate);
}
