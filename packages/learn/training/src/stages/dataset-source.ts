import { fail, type Network } from '@archon-dse/core';
import { proceduralDataset, readCifar, type Dataset, type Split } from '@archon-dse/data';
import { PROCEDURAL } from './stage-options.js';

/** Test images of the procedural dataset, as a share of its training images. */
const TEST_SHARE = 0.25;
/** Images of one seed are the same in every run, so that accuracies can be compared. */
const PROCEDURAL_SEED = 1;

const PROCEDURAL_IMAGES = 4000;

/** Which images a stage trains on: the values of its options `data` and `images`. */
export interface DatasetSource {
  readonly data: string;
  readonly images: number;
}

/**
 * Loads one split. Procedural images have the resolution and the classes the network asks for.
 *
 * @throws ArchonError one of the ARCHON_DATA_* codes
 */
export function loadSplit({ data, images }: DatasetSource, split: Split, network: Network): Dataset {
  if (data !== PROCEDURAL) return limitImages(readCifar(data, split), split === 'train' ? images : 0);
  const train = images === 0 ? PROCEDURAL_IMAGES : images;
  const count = split === 'train' ? train : Math.max(1, Math.round(train * TEST_SHARE));
  const { classes, input } = network;
  const [resolution] = input;
  try {
    return proceduralDataset({ seed: PROCEDURAL_SEED, split, count, classes, resolution });
  } catch (error) {
    return fail({
      code: 'ARCHON_DATA_MISMATCH',
      message: `network "${network.id}" cannot be trained on procedural images: ${String(error)}`,
      expected: 'a network for images and classes the procedural dataset has',
    });
  }
}

function limitImages(dataset: Dataset, limit: number): Dataset {
  if (limit === 0 || limit >= dataset.count) return dataset;
  const bytes = (dataset.images.length / dataset.count) * limit;
  return {
    ...dataset,
    count: limit,
    images: dataset.images.subarray(0, bytes),
    labels: dataset.labels.subarray(0, limit),
  };
}
