import { predictedBlocks } from '@archon-dse/compression';
import { fail } from '@archon-dse/core';
import { createBatchTarget, evaluationBatches } from '@archon-dse/data';
import { Verifier, type MaskSource, type Verification } from '@archon-dse/fused-execution';
import { planModel, type ModelPlan, type NamedTensors } from '@archon-dse/tensor';
import { checkDataset, loadSplit, type Checkpoint, type DatasetSource } from '@archon-dse/training';

export interface Verifying {
  /** Path of the checkpoint, for errors. */
  readonly file: string;
  readonly source: DatasetSource;
  /** Test images to run, from the first. */
  readonly images: number;
  /** Masks are the true signs instead of what a predictor says. */
  readonly oracle: boolean;
  /** Hears how many images are done before each. */
  readonly onImage: (done: number) => void;
}

export interface Verified extends Verification {
  readonly network: string;
  readonly dataset: string;
}

/**
 * Runs test images through a network both ways.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when no block of it is predicted; ARCHON_DATA_* when images are missing or do not fit
 */
export function verifyCheckpoint({ info, tensors }: Checkpoint, verifying: Verifying): Verified {
  const { network, prediction } = info;
  const { file, source, images, oracle, onImage } = verifying;
  if (prediction === undefined && !oracle)
    return unusable(file, `it is one of the stage "${info.stage}", without predictors`);
  const dataset = loadSplit(source, 'test', network);
  checkDataset(network, dataset);
  const predictor = oracle || prediction === undefined ? {} : { predictor: prediction.predictor };
  const plan = planModel({ network, batch: 1, ...predictor });
  const masks = oracle ? { trueSignsOf: predictedBlocks(network).flatMap(({ relus }) => relus) } : 'predictors';
  const verifier = createVerifier(file, plan, tensors, masks);
  const batches = evaluationBatches(dataset, { batch: 1, layout: 'nhwc' });
  const target = createBatchTarget(dataset, 1);
  for (let image = 0; image < Math.min(images, batches.batches); image++) {
    onImage(image);
    batches.fill(image, target);
    verifier.add(target.images);
  }
  return { network: network.id, dataset: dataset.name, ...verifier.result };
}

function createVerifier(file: string, plan: ModelPlan, tensors: NamedTensors, masks: MaskSource): Verifier {
  try {
    return new Verifier(plan, tensors, masks);
  } catch (error) {
    if (error instanceof RangeError) return unusable(file, error.message);
    throw error;
  }
}

function unusable(file: string, problem: string): never {
  return fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `"${file}" cannot be verified: ${problem}`,
    expected:
      'a checkpoint of archon train after the stage "predict", or any of a network with such blocks and --oracle',
  });
}
