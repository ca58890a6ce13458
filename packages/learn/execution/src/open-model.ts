import { predictedBlocks } from '@archon-dse/compression';
import { fail, type AcceleratorInput, type Network } from '@archon-dse/core';
import { createBatchTarget, evaluationBatches, type Dataset } from '@archon-dse/data';
import type { MaskSource } from '@archon-dse/fused-execution';
import { planModel, type ModelPlan, type NamedTensors } from '@archon-dse/tensor';
import { checkDataset, checkpointOf, loadSplit, type Checkpoint } from '@archon-dse/training';

/** Where masks come from: what the predictors of the checkpoint say, or the true signs, as of a perfect predictor. */
export const MASKS = ['predictors', 'trueSigns'] as const;

export interface Opening {
  /** Path of the checkpoint, for errors. */
  readonly file: string;
  /** `procedural`, or a folder of CIFAR files. */
  readonly data: string;
  /** Test images to run, from the first; fewer where there are fewer. */
  readonly images: number;
  readonly masks: (typeof MASKS)[number];
}

/** A trained network and the images it is executed on. */
export interface OpenModel {
  readonly file: string;
  readonly network: Network;
  readonly plan: ModelPlan;
  readonly tensors: NamedTensors;
  readonly masks: MaskSource;
  /** Name of the dataset, e.g. `cifar10`. */
  readonly dataset: string;
  readonly images: number;
  /** One image, as the network takes it; the next call overwrites it. */
  image(index: number): Float32Array;
}

/**
 * The trained network that the stages of a point left, ready to be executed.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none or its network has other weights since, ARCHON_DATA_MISMATCH when it was
 *   trained on other images, and what {@link openModel} throws
 */
export async function openTrained(
  { network, artifacts = {} }: Pick<AcceleratorInput, 'network' | 'artifacts'>,
  opening: Omit<Opening, 'file'>,
): Promise<OpenModel> {
  const file = artifacts['checkpoint'];
  if (network === undefined || typeof file !== 'string') {
    return fail({
      code: 'ARCHON_CHECKPOINT_INVALID',
      message: 'there is no trained network to execute',
      expected: 'stages that leave one: "train" to "predict", or "load" with the checkpoint of an earlier training',
    });
  }
  const checkpoint = await checkpointOf({ network, artifacts }, 'execution');
  const model = openModel(checkpoint, { ...opening, file });
  requireOwnImages(checkpoint, model);
  return model;
}

/** What a network makes of images of another kind says nothing about the hardware. */
function requireOwnImages({ info }: Checkpoint, { file, dataset }: OpenModel): void {
  if (info.dataset === dataset || info.dataset === UNKNOWN_DATASET) return;
  fail({
    code: 'ARCHON_DATA_MISMATCH',
    message: `"${file}" was trained on ${info.dataset}, and would be executed on images of ${dataset}`,
    expected: `images of ${info.dataset}`,
    hint:
      info.dataset === 'procedural'
        ? 'Leave out the option data of the accelerator.'
        : 'Give the option data of the accelerator the folder that holds them.',
  });
}

/** Dataset of imported weights that nobody measured. */
const UNKNOWN_DATASET = 'unknown';

/**
 * Makes a checkpoint ready to be executed.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when masks are to be predicted and it has no predictors; ARCHON_DATA_* when images are missing
 *   or do not fit
 */
export function openModel({ info, tensors }: Checkpoint, opening: Opening): OpenModel {
  const { network, prediction, quantisation } = info;
  const { file, data, masks } = opening;
  if (quantisation !== undefined)
    return unusable(file, 'its values are quantised, and networks are executed at full width', BEFORE_QUANTISE);
  const byPredictors = masks === 'predictors';
  if (byPredictors && prediction === undefined)
    return unusable(file, `it is one of the stage "${info.stage}", without predictors`);
  const dataset = loadSplit({ data, images: 0 }, 'test', network);
  checkDataset(network, dataset);
  const predictor = byPredictors && prediction !== undefined ? { predictor: prediction.predictor } : {};
  return {
    file,
    network,
    plan: planModel({ network, batch: 1, ...predictor }),
    tensors,
    masks: byPredictors ? 'predictors' : { trueSignsOf: predictedBlocks(network).flatMap(({ relus }) => relus) },
    dataset: dataset.name,
    ...imagesOf(dataset, opening.images),
  };
}

function imagesOf(dataset: Dataset, most: number): Pick<OpenModel, 'images' | 'image'> {
  const batches = evaluationBatches(dataset, { batch: 1, layout: 'nhwc' });
  const target = createBatchTarget(dataset, 1);
  return {
    images: Math.min(most, batches.batches),
    image(index) {
      batches.fill(index, target);
      return target.images;
    },
  };
}

/** Runs what throws RangeError about a model that cannot be executed, and says so of its file. */
export function executing<T>({ file }: Pick<OpenModel, 'file'>, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof RangeError) return unusable(file, error.message);
    throw error;
  }
}

const BEFORE_QUANTISE = 'the checkpoint of the stage before "quantise"';
const WITH_BLOCKS =
  'a checkpoint of archon train after the stage "predict", or any of a network with such blocks and true signs for masks';

function unusable(file: string, problem: string, expected = WITH_BLOCKS): never {
  return fail({ code: 'ARCHON_CHECKPOINT_INVALID', message: `"${file}" cannot be executed: ${problem}`, expected });
}
