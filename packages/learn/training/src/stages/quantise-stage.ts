import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, fail, type StageContext, type StageState } from '@archon-dse/core';
import { cacheDir, sha256 } from '@archon-dse/core/files';
import { loadBackend } from '../backends/load-backend.js';
import { digestOf, readCheckpoint, unusable, writeCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.js';
import { withWeights } from '../checkpoints/measure-weights.js';
import { oneAtATime } from '../checkpoints/one-at-a-time.js';
import { checkDataset } from '../loop/evaluate-model.js';
import { outputFormats, precisionsOf } from '../quantisation/kept-values.js';
import { layerFormats } from '../quantisation/layer-formats.js';
import { quantiseCheckpoint, type QuantiseRequest } from '../quantisation/quantise-checkpoint.js';
import { digestDataset } from './dataset-digest.js';
import { loadSplit } from './dataset-source.js';
import type { QuantisationOptions } from './stage-options.js';
import { checkpointOf } from './training-stages.js';

/** Changes whenever a network would be quantised to other numbers for the same options. */
const VERSION = 1;

/**
 * Body of the stage `quantise`, with `QUANTISATION_OPTIONS`: rounds the weights of the checkpoint of the stage before it and the values between
 * layers, and measures the accuracy of the network so executed. Without `data` it says the formats only and needs no
 * checkpoint; what was measured before stays.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none or ReLUs are predicted, ARCHON_BAD_OPTION when `mixed` fits nothing,
 *   ARCHON_DATA_*, ARCHON_BACKEND_NOT_FOUND, ARCHON_INTERRUPTED
 */
export async function applyQuantisation(
  state: StageState,
  options: QuantisationOptions,
  context: StageContext,
): Promise<StageState> {
  const { network } = state;
  const formats = layerFormats(network, options);
  const outputs = outputFormats(network, formats, options.activations);
  const precisions = precisionsOf(network, formats, outputs);
  if (options.data === '') return { ...state, precisions };
  const initial = await checkpointOf(state, 'quantise');
  if (initial.info.prediction !== undefined) predicted();
  const request = await requestOf({ initial, formats, outputs, ...calibrationOf(options) }, options, context);
  const { path, checkpoint } = await quantiseOnce(request, context);
  const { info, tensors } = checkpoint;
  const measured = withWeights(state, tensors);
  const { top1 = 0, loss = 0 } = info.origin?.score ?? {};
  const { fullWidthAccuracy = 0 } = info.quantisation ?? {};
  return {
    ...measured,
    precisions,
    metrics: { ...measured.metrics, accuracy: top1, loss, fullWidthAccuracy },
    artifacts: { ...state.artifacts, checkpoint: path },
  };
}

function predicted(): never {
  return fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: 'the network predicts its ReLUs, and predictors are not quantised',
    expected: 'a chain without a stage "predict" before the stage "quantise"',
  });
}

function calibrationOf({ calibrationImages, range, percentile }: QuantisationOptions) {
  return { calibrationImages, percentile: range === 'minMax' ? 100 : percentile };
}

async function requestOf(
  given: Pick<QuantiseRequest, 'initial' | 'formats' | 'outputs' | 'calibrationImages' | 'percentile'>,
  options: QuantisationOptions,
  { threads = 1, seed, networkOptions, signal }: StageContext,
): Promise<QuantiseRequest> {
  const { network } = given.initial.info;
  const dataset = { train: loadSplit(options, 'train', network), test: loadSplit(options, 'test', network) };
  checkDataset(network, dataset.train);
  const backend = await loadBackend(options.backend, { threads });
  const optional = { ...(networkOptions && { networkOptions }), ...(signal && { signal }) };
  return { ...given, dataset, backend, seed, ...optional };
}

/** The checkpoint of a quantised network. Its folder is named after all that the result depends on, so the same is done once. */
async function quantiseOnce(request: QuantiseRequest, { dir, code, signal }: StageContext) {
  const { initial, formats, outputs, calibrationImages, percentile, dataset, backend } = request;
  const key = {
    ...{ VERSION, before: digestOf(initial), formats, outputs: [...outputs], calibrationImages, percentile },
    dataset: { train: digestDataset(dataset.train), test: digestDataset(dataset.test) },
    ...{ runtime: backend.description, code: code ?? null },
  };
  const folder = join(dir ?? cacheDir(), `quantise-${sha256(canonicalJson(key)).slice(0, 16)}`);
  const path = join(folder, 'model.safetensors');
  const checkpoint = await oneAtATime(folder, signal, async () => {
    if (existsSync(path)) return readOwn(path);
    const made = await quantiseCheckpoint(request);
    await writeCheckpoint(path, made);
    return made;
  });
  return { path, checkpoint };
}

/** What the same stage has made before. @throws ArchonError ARCHON_CHECKPOINT_INVALID for a file from elsewhere in its place */
async function readOwn(path: string): Promise<Checkpoint> {
  const checkpoint = await readCheckpoint(path);
  if (checkpoint.info.quantisation !== undefined) return checkpoint;
  return fail({ ...unusable(path, 'it is no quantised network'), hint: 'Delete it to quantise again.' });
}
