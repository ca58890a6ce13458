import { seededRandom } from '@archon-dse/core';
import {
  DEFAULT_AUGMENTATION,
  normalizationTable,
  type Augmentation,
  type BatchTarget,
  type Layout,
} from './batch-plan.js';
import { copyImage, stridesOf, type Crop } from './copy-image.kernel.js';
import { CHANNELS, NORMALIZATION, type Dataset, type Normalization } from './dataset.js';
import { shuffleEpoch } from './shuffle.js';

export interface TrainingPlan {
  /** Images in a batch, at least 1 and at most the images of the dataset. */
  readonly batch: number;
  readonly layout: Layout;
  readonly seed: number;
  /** {@link DEFAULT_AUGMENTATION} unless given. */
  readonly augmentation?: Augmentation;
  /** The dataset's own unless given. */
  readonly normalization?: Normalization;
}

/** Batches by epoch and number, so that training can go on anywhere: equal arguments give equal batches. */
export interface TrainingBatches {
  /** Whole batches only; the images left over differ from epoch to epoch. */
  readonly batchesPerEpoch: number;
  /** Writes a batch into the caller's memory. Each change of epoch costs one shuffle, so read epochs in order. */
  fill(epoch: number, batch: number, target: BatchTarget): void;
}

/**
 * Shuffled and augmented batches of a training set.
 *
 * @throws RangeError when the plan's batch does not fit the dataset, or `fill` is asked for a batch that is not there
 */
export function trainingBatches(dataset: Dataset, plan: TrainingPlan): TrainingBatches {
  const { batch, layout, seed, augmentation = DEFAULT_AUGMENTATION } = plan;
  const { count, resolution, images: source, labels } = dataset;
  if (!Number.isInteger(batch) || batch < 1 || batch > count) {
    throw new RangeError(`a batch of ${String(batch)} images from ${String(count)}`);
  }
  const table = normalizationTable(plan.normalization ?? NORMALIZATION[dataset.name]);
  const copyPlan = { source, resolution, table, ...stridesOf(layout, resolution) };
  const batchesPerEpoch = Math.floor(count / batch);
  const order = new Uint32Array(count);
  const crop: Crop = { rowOffset: 0, columnOffset: 0, flip: false };
  let shuffledEpoch = -1;
  return {
    batchesPerEpoch,
    fill(epoch, number, target) {
      if (number < 0 || number >= batchesPerEpoch) {
        throw new RangeError(`batch ${String(number)} of ${String(batchesPerEpoch)}`);
      }
      if (epoch !== shuffledEpoch) shuffleEpoch(order, seed, epoch);
      shuffledEpoch = epoch;
      const random = seededRandom(seed, `augment ${String(epoch)} ${String(number)}`);
      for (let index = 0; index < batch; index += 1) {
        const image = order[number * batch + index] ?? 0;
        drawCrop(crop, augmentation, random, index === 0);
        copyImage(copyPlan, image, crop, target.images, index * CHANNELS * resolution ** 2);
        target.labels[index] = labels[image] ?? 0;
      }
    },
  };
}

function drawCrop(crop: Crop, { flip, pad, crop: scope }: Augmentation, random: () => number, isFirst: boolean): void {
  crop.flip = random() < flip;
  if (scope === 'batch' && !isFirst) return;
  const offsets = 2 * pad + 1;
  crop.rowOffset = Math.floor(random() * offsets) - pad;
  crop.columnOffset = Math.floor(random() * offsets) - pad;
}
