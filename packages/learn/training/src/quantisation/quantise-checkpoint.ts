import type { Options } from '@archon-dse/core';
import type { Dataset } from '@archon-dse/data';
import type { TensorBackend } from '@archon-dse/tensor';
import { digestOf, type Checkpoint } from '../checkpoints/checkpoint.js';
import { evaluateModel } from '../loop/evaluate-model.js';
import { calibrate, type Calibration } from './calibrate.js';
import { foldNorms } from './fold-norms.js';
import type { Format, LayerFormats } from './formats.js';
import { keptValues } from './kept-values.js';
import { levelsOf, quantiseTensors } from './quantise-model.js';

export interface QuantiseRequest extends Pick<Calibration, 'percentile' | 'signal'> {
  /** The trained network. */
  readonly initial: Checkpoint;
  /** Of the layers that compute. */
  readonly formats: Readonly<Record<string, LayerFormats>>;
  /** Of the outputs of every layer. */
  readonly outputs: ReadonlyMap<string, Format>;
  /** Ranges are measured on the first so many training images. */
  readonly calibrationImages: number;
  readonly dataset: { readonly train: Dataset; readonly test: Dataset };
  /** What scores the network before and after. */
  readonly backend: TensorBackend;
  /** Of the chain, for the record: nothing here is random. */
  readonly seed: number;
  readonly networkOptions?: Options;
}

const EVALUATION_BATCH = 100;

/**
 * A checkpoint whose weights are rounded, with the levels of the values between layers and the score of the network executed with both. Nothing
 * is written.
 *
 * @throws ArchonError ARCHON_INTERRUPTED, and what `evaluateModel` throws
 */
export async function quantiseCheckpoint(request: QuantiseRequest): Promise<Checkpoint> {
  const { initial, formats, outputs, dataset, backend, seed, networkOptions } = request;
  const { network, stage } = initial.info;
  const folded = foldNorms(network, initial.tensors);
  const kept = keptValues(network, outputs);
  const layers = kept.map(({ layer }) => layer);
  const images = request.calibrationImages;
  const ranges = await calibrate({ ...request, network, tensors: folded, layers, dataset: dataset.train, images });
  const levels = levelsOf(kept, ranges);
  const tensors = quantiseTensors(network, folded, formats, levels);
  const measuring = { network, backend, dataset: dataset.test, batch: EVALUATION_BATCH };
  const before = await evaluateModel({ ...measuring, tensors: initial.tensors });
  const after = await evaluateModel({ ...measuring, tensors, levels });
  const origin = {
    ...(networkOptions === undefined ? {} : { networkOptions }),
    parent: { stage, sha256: digestOf(initial) },
    score: { images: after.images, top1: after.top1, loss: after.loss },
  };
  const info = {
    ...{ stage: 'quantise', network, dataset: dataset.train.name, seed, epochs: 0, history: [], epoch: 0, origin },
    quantisation: { levels, fullWidthAccuracy: before.top1 },
  };
  return { info, tensors };
}
