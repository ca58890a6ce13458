import { normalizationTable, type BatchTarget, type Layout } from './batch-plan.js';
import { copyImage, stridesOf, type Crop } from './copy-image.kernel.js';
import { CHANNELS, NORMALIZATION, type Dataset, type Normalization } from './dataset.js';

export interface EvaluationPlan {
  /** Images in a batch, at least 1. */
  readonly batch: number;
  readonly layout: Layout;
  /** The dataset's own unless given. */
  readonly normalization?: Normalization;
}

export interface EvaluationBatches {
  /** The last one may be partial. */
  readonly batches: number;
  /**
   * Writes a batch. A partial one is filled up with zeros.
   *
   * @returns the images that count; those after them are filling
   */
  fill(batch: number, target: BatchTarget): number;
}

const WHOLE_IMAGE: Crop = { rowOffset: 0, columnOffset: 0, flip: false };

/**
 * All images once, in stored order and unchanged but for normalisation.
 *
 * @throws RangeError when the plan's batch is not positive, or `fill` is asked for a batch that is not there
 */
export function evaluationBatches(dataset: Dataset, plan: EvaluationPlan): EvaluationBatches {
  const { batch, layout } = plan;
  const { count, resolution, images: source, labels } = dataset;
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`a batch of ${String(batch)} images`);
  const table = normalizationTable(plan.normalization ?? NORMALIZATION[dataset.name]);
  const copyPlan = { source, resolution, table, ...stridesOf(layout, resolution) };
  const imageSize = CHANNELS * resolution ** 2;
  const batches = Math.ceil(count / batch);
  return {
    batches,
    fill(number, target) {
      if (number < 0 || number >= batches) throw new RangeError(`batch ${String(number)} of ${String(batches)}`);
      const first = number * batch;
      const valid = Math.min(batch, count - first);
      for (let index = 0; index < valid; index += 1) {
        copyImage(copyPlan, first + index, WHOLE_IMAGE, target.images, index * imageSize);
        target.labels[index] = labels[first + index] ?? 0;
      }
      target.images.fill(0, valid * imageSize, batch * imageSize);
      target.labels.fill(0, valid, batch);
      return valid;
    },
  };
}
