import type { GateCounts } from './backend.js';
import type { PlanNode } from './plan.js';

/** Activations of a gate that are positive, predicted to be, and both: one value an image, which single precision holds exactly up to 2^24. */
export type ImageCounts = Readonly<Record<'positive' | 'predicted' | 'both', ArrayLike<number>>>;

/** The counts of a gate over the images with a label. */
export function sumGateCounts({ shape }: PlanNode, labels: Int32Array, counts: ImageCounts): GateCounts {
  const images = labels.filter((label) => label >= 0).length;
  const sum = (of: ArrayLike<number>): number =>
    labels.reduce((total, label, image) => total + (label >= 0 ? (of[image] ?? 0) : 0), 0);
  return {
    values: images * shape[0] * shape[1] * shape[2],
    positive: sum(counts.positive),
    predicted: sum(counts.predicted),
    both: sum(counts.both),
  };
}
