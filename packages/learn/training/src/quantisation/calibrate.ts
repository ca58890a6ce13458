import { setImmediate } from 'node:timers/promises';
import { fail, type Network } from '@archon-dse/core';
import { kthLargest } from '@archon-dse/compression';
import { createBatchTarget, evaluationBatches, type Dataset } from '@archon-dse/data';
import { LayerRun } from '@archon-dse/fused-execution';
import { planModel, type NamedTensors } from '@archon-dse/tensor';

/** Smallest and largest value of an activation that is to be told apart. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface Calibration {
  readonly network: Network;
  readonly tensors: NamedTensors;
  /** Layers whose outputs are measured. */
  readonly layers: readonly string[];
  readonly dataset: Dataset;
  /** How many images, the first of the dataset. */
  readonly images: number;
  /** 100 takes the smallest and the largest value of all images; less, the mean over images of this percentile of each. */
  readonly percentile: number;
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Ranges of activations on training images, by name of the layer. Computed in one way on every machine, whatever backend scores the result.
 *
 * @throws ArchonError ARCHON_INTERRUPTED between two images when the signal is set
 */
export async function calibrate(calibration: Calibration): Promise<Readonly<Record<string, Range>>> {
  const { network, tensors, layers, dataset, percentile, signal } = calibration;
  const run = new LayerRun(planModel({ network, batch: 1 }), tensors);
  const batches = evaluationBatches(dataset, { batch: 1, layout: 'nhwc' });
  const target = createBatchTarget(dataset, 1);
  const images = Math.min(calibration.images, batches.batches);
  const seen = new Map(layers.map((layer): [string, Range[]] => [layer, []]));
  for (let image = 0; image < images; image += 1) {
    await setImmediate(); // lets signal handlers run
    if (signal?.aborted === true) interrupted();
    batches.fill(image, target);
    run.run(target.images);
    for (const [layer, ranges] of seen) ranges.push(rangeOf(run.plane(layer), percentile));
  }
  const summary = percentile === 100 ? extremes : means;
  return Object.fromEntries([...seen].map(([layer, ranges]) => [layer, summary(ranges)]));
}

function rangeOf(values: Float32Array, percentile: number): Range {
  const rank = Math.max(1, Math.round(values.length * (1 - percentile / 100)));
  const most = kthLargest(values.slice(), rank);
  return { least: kthLargest(values.slice(), values.length + 1 - rank), most };
}

function extremes(ranges: readonly Range[]): Range {
  const least = ranges.reduce((sofar, range) => Math.min(sofar, range.least), Infinity);
  return { least, most: ranges.reduce((sofar, range) => Math.max(sofar, range.most), -Infinity) };
}

function means(ranges: readonly Range[]): Range {
  const mean = (of: keyof Range): number => ranges.reduce((sum, range) => sum + range[of], 0) / ranges.length;
  return { least: mean('least'), most: mean('most') };
}

function interrupted(): never {
  return fail({
    code: 'ARCHON_INTERRUPTED',
    message: 'quantisation was interrupted',
    expected: 'the same command again, which starts it anew',
  });
}
