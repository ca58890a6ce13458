import type { LearningRate } from './learning-rate.js';
import type { WeightDecay } from './weight-decay.js';

/** The network a run was published for. */
export interface PresetKey {
  /** Public id of the network, e.g. `archon/mobilenet-v2`. */
  readonly network: string;
  /** Absent where a network has no variants. */
  readonly variant?: 'baseline' | 'modified';
  readonly dataset: 'cifar10' | 'cifar100';
}

/** Hyper-parameters of one published run. Its epochs are those of the schedule. */
export interface Preset extends PresetKey {
  readonly batch: number;
  readonly momentum: number;
  readonly learningRate: LearningRate;
  readonly decay: WeightDecay;
  /** The epoch that is kept: the last one, the best one, or the best one after the pruning ramp. */
  readonly keep: 'last' | 'best' | 'best-recovery';
}

/** The preset of a network, or nothing when none was published. */
export function findPreset<T extends Preset>(presets: readonly T[], key: PresetKey): T | undefined {
  return presets.find(
    ({ network, variant, dataset }) => network === key.network && variant === key.variant && dataset === key.dataset,
  );
}

/** Keys of the published runs. */
export const RUNS = {
  mobileNet: { network: 'archon/mobilenet-v2', variant: 'baseline', dataset: 'cifar10' },
  mobileNetModified: { network: 'archon/mobilenet-v2', variant: 'modified', dataset: 'cifar10' },
  mnasNet: { network: 'archon/mnasnet', variant: 'baseline', dataset: 'cifar10' },
  mnasNetModified: { network: 'archon/mnasnet', variant: 'modified', dataset: 'cifar10' },
  shuffleNet: { network: 'archon/shufflenet', variant: 'baseline', dataset: 'cifar10' },
  shuffleNetModified: { network: 'archon/shufflenet', variant: 'modified', dataset: 'cifar10' },
  fusioNet: { network: 'archon/fusionet', dataset: 'cifar10' },
  mobileNet100: { network: 'archon/mobilenet-v2', variant: 'baseline', dataset: 'cifar100' },
  mnasNet100: { network: 'archon/mnasnet', variant: 'baseline', dataset: 'cifar100' },
  fusioNet100: { network: 'archon/fusionet', dataset: 'cifar100' },
} as const satisfies Record<string, PresetKey>;
