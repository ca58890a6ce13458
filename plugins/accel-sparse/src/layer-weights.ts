import { fail, seededRandom, unpackMask, type Workload } from '@archon-dse/core';
import type { SparseOptions } from './options.js';

/** What is known about the zeros of a layer. */
export interface LayerWeights {
  /** Share of non-zero weights, 0..1. */
  readonly density: number;
  /** One entry a weight of all groups, group by group, as `unpackMask` gives it; absent where only the density counts. */
  readonly mask?: Uint8Array;
  /** Where this comes from, for the notes. */
  readonly origin: string;
}

const DENSE: LayerWeights = { density: 1, origin: 'dense' };

/** Blocks that the published pruned networks leave dense. */
const UNPRUNED_BLOCKS: readonly string[] = ['head', 'b0', 'tail'];

/**
 * The zeros of every layer: its mask; else its density; else, in a network of which no layer has either, the declared density of its
 * role, for the bottleneck layers of all blocks but head, b0 and tail. Everything else is dense, squeeze-and-excite and classifiers
 * too. A density below 1 becomes a random mask unless the options ask for expectations.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when the density of a layer is not a share
 */
export function layerWeights(
  workloads: readonly Workload[],
  options: SparseOptions,
  seed: number,
): readonly LayerWeights[] {
  const isPruned = workloads.some(({ density, weightMask }) => (weightMask ?? density?.weights) !== undefined);
  return workloads.map((workload): LayerWeights => {
    if (workload.weightMask !== undefined) {
      const mask = unpackMask(workload.weightMask);
      return { density: shareOf(mask), mask, origin: 'of the pruned model' };
    }
    const density = isPruned ? measuredDensity(workload) : declaredDensity(workload, options);
    if (density === 1) return DENSE;
    if (options.masks === 'expected') return { density, origin: 'expected over random masks' };
    const mask = randomMask(workload, density, seed);
    return { density: shareOf(mask), mask, origin: 'of a random mask' };
  });
}

function declaredDensity({ role, block }: Workload, options: SparseOptions): number {
  if (UNPRUNED_BLOCKS.includes(block)) return 1;
  if (role === 'depthwise') return options.depthwiseDensity;
  return role === 'expand' || role === 'project' ? options.pointwiseDensity : 1;
}

function measuredDensity({ name, density }: Workload): number {
  const { weights = 1 } = density ?? {};
  if (weights >= 0 && weights <= 1) return weights;
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `the density of the weights of layer "${name}" is ${String(weights)}`,
    expected: 'a share from 0 to 1',
    layer: name,
  });
}

/** Each weight is non-zero with the probability of the density, independently. */
function randomMask({ name, problem: { C, M, R, S }, groups }: Workload, density: number, seed: number): Uint8Array {
  const random = seededRandom(seed, `mask of ${name}`);
  return Uint8Array.from({ length: M * groups * C * R * S }, () => (random() < density ? 1 : 0));
}

function shareOf(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0) / mask.length;
}
