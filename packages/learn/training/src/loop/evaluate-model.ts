import { fail, type Network } from '@archon-dse/core';
import { createBatchTarget, evaluationBatches, type Dataset } from '@archon-dse/data';
import {
  initialState,
  planModel,
  type CompiledModel,
  type GateCounts,
  type Levels,
  type NamedTensors,
  type PredictorSpec,
  type TensorBackend,
} from '@archon-dse/tensor';
import { addCounts } from './predictor-scores.js';

export interface EvaluateOptions {
  readonly network: Network;
  readonly backend: TensorBackend;
  /** Weights, e.g. of a checkpoint. */
  readonly tensors: NamedTensors;
  /** How ReLUs are predicted; they are computed unless given. */
  readonly predictor?: PredictorSpec;
  /** Levels that values between layers are rounded to, by layer; nothing is rounded unless given. */
  readonly levels?: Readonly<Record<string, Levels>>;
  readonly dataset: Dataset;
  /** Images at a time; the result does not depend on it beyond rounding. */
  readonly batch: number;
}

export interface Score {
  readonly images: number;
  /** Share of the images whose highest score is their label's, 0..1. */
  readonly top1: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Counts at each predicted ReLU. */
  readonly gates: Readonly<Record<string, GateCounts>>;
}

/**
 * Scores a trained network on all images of a dataset.
 *
 * @throws ArchonError ARCHON_DATA_MISMATCH when the images do not fit the network, ARCHON_RESULT_INVALID when the loss is infinite or no number;
 *   RangeError when the tensors do not fit
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Score> {
  const { network, backend, tensors, predictor, levels, dataset, batch } = options;
  checkDataset(network, dataset);
  const plan = planModel({ network, batch, ...(predictor && { predictor }), ...(levels && { levels }) });
  const model = await backend.compile(plan, initialState(plan, 0, tensors));
  try {
    const score = await scoreModel(model, dataset);
    if (!Number.isFinite(score.loss)) overflowed(network.id, score.loss);
    return score;
  } finally {
    await model.dispose();
  }
}

function overflowed(network: string, loss: number): never {
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `the loss of network "${network}" is ${String(loss)}: its weights are too large, or its images are not those it was trained on`,
    expected: 'a finite loss',
  });
}

/** Scores a compiled model as it stands. */
export async function scoreModel(model: CompiledModel, dataset: Dataset): Promise<Score> {
  const { batch } = model.plan;
  const batches = evaluationBatches(dataset, { batch, layout: 'nhwc' });
  const target = createBatchTarget(dataset, batch);
  let loss = 0;
  let correct = 0;
  const gates: Record<string, GateCounts> = {};
  for (let number = 0; number < batches.batches; number += 1) {
    target.labels.fill(-1, batches.fill(number, target));
    const scored = await model.evaluate(target);
    loss += scored.lossSum;
    correct += scored.correct;
    for (const [relu, counts] of Object.entries(scored.gates)) {
      const sofar = gates[relu];
      gates[relu] = sofar === undefined ? counts : addCounts([sofar, counts]);
    }
  }
  return { images: dataset.count, top1: correct / dataset.count, loss: loss / dataset.count, gates };
}

/**
 * Refuses images of another size or with more classes than a network has.
 *
 * @throws ArchonError ARCHON_DATA_MISMATCH
 */
export function checkDataset({ id, input, classes }: Network, dataset: Dataset): void {
  const [height, width] = input;
  const { name, resolution } = dataset;
  if (height === resolution && width === resolution && classes === dataset.classes) return;
  fail({
    code: 'ARCHON_DATA_MISMATCH',
    message:
      `network "${id}" takes ${String(height)} x ${String(width)} images of ${String(classes)} classes; ` +
      `${name} has ${String(resolution)} x ${String(resolution)} of ${String(dataset.classes)}`,
    expected: 'a dataset and a network of the same resolution and number of classes',
  });
}
