import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { canonicalJson, didYouMean, fail, type Network, type Options } from '@archon-dse/core';
import { readBytes, readText, sha256 as digest } from '@archon-dse/core/files';
import type { NamedTensors } from '@archon-dse/tensor';
import { matchWeights, readWeights, type Naming } from '@archon-dse/weights';
import { loadBackend, requireBackend } from '../backends/load-backend.js';
import { readCheckpoint, unusable, writeCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.js';
import { digestDataset } from './dataset-digest.js';
import { loadSplit } from './dataset-source.js';
import { checkDataset, evaluateModel, type EvaluateOptions } from '../loop/evaluate-model.js';
import { NAMINGS } from './namings.js';
import { maskTensors, zeroMasks } from '../checkpoints/measure-weights.js';

export interface ImportRequest {
  readonly network: Network;
  /** Options it was built with, for the record. */
  readonly networkOptions?: Options;
  /** A Keras HDF5 or safetensors file. */
  readonly file: string;
  /** One of {@link NAMINGS}, or a YAML file that says which layer is which. */
  readonly names: string;
  /** Test images to score the weights on: `procedural` or a folder; none when empty. */
  readonly data: string;
  /** What computes the score. */
  readonly backend: string;
  readonly threads?: number;
  /** SHA-256 of the code that imports, see `StageContext`. */
  readonly code?: string;
  /** Where the folder of the checkpoint goes. */
  readonly dir: string;
}

export interface Imported {
  /** Of the checkpoint. */
  readonly path: string;
  readonly checkpoint: Checkpoint;
}

/** Changes whenever an import would give another checkpoint for the same files. */
const VERSION = 2;
const EVALUATION_BATCH = 100;

/**
 * Makes a checkpoint of stage `import` out of somebody's weights. Its folder is named after the content of the files, images included,
 * and what computes the score, so the same import is done once. Nothing is written unless everything fits.
 *
 * @throws ArchonError ARCHON_FILE_*, ARCHON_DISK_FULL, ARCHON_WEIGHTS_INVALID, ARCHON_WEIGHTS_MISMATCH, ARCHON_LAYER_MAP, ARCHON_YAML_SYNTAX,
 *   ARCHON_DATA_*, ARCHON_BACKEND_NOT_FOUND
 */
export async function importWeights(request: ImportRequest): Promise<Imported> {
  const { network, networkOptions, file, data, dir, threads = 1 } = request;
  if (data !== '') requireBackend(request.backend);
  const dataset = data === '' ? undefined : loadSplit({ data, images: 0 }, 'test', network);
  if (dataset !== undefined) checkDataset(network, dataset);
  const { sha256, weights } = await readAtOnce(file);
  const naming = await readNaming(request.names);
  const names = typeof naming === 'string' ? naming : basename(naming.file);
  const measuring =
    dataset === undefined ? undefined : { dataset, backend: await loadBackend(request.backend, { threads }) };
  const key = {
    ...{ VERSION, network, sha256, naming: typeof naming === 'string' ? naming : naming.text },
    code: request.code ?? null,
    ...(measuring && { dataset: digestDataset(measuring.dataset), runtime: measuring.backend.description }),
  };
  const path = join(dir, `import-${digest(canonicalJson(key)).slice(0, 16)}`, 'model.safetensors');
  if (existsSync(path)) return { path, checkpoint: await readImported(path, network, sha256) };
  const tensors = withMasks(network, matchWeights(network, weights, naming));
  const score = measuring && (await scoreOf(network, tensors, measuring));
  const origin = {
    ...(networkOptions === undefined ? {} : { networkOptions }),
    file: { name: basename(file), sha256, names },
    ...(score === undefined ? {} : { score }),
  };
  const info = {
    ...{ stage: 'import', network, dataset: dataset?.name ?? 'unknown', seed: 0 },
    ...{ epochs: 0, history: [], epoch: 0, origin },
  };
  const checkpoint = { info, tensors };
  await writeCheckpoint(path, checkpoint);
  return { path, checkpoint };
}

/** What the same import has made before. @throws ArchonError ARCHON_CHECKPOINT_INVALID for a file from elsewhere in its place */
async function readImported(path: string, network: Network, sha256: string): Promise<Checkpoint> {
  const checkpoint = await readCheckpoint(path);
  const { info } = checkpoint;
  const isOwn = info.origin?.file?.sha256 === sha256 && canonicalJson(info.network) === canonicalJson(network);
  if (isOwn) return checkpoint;
  return fail({ ...unusable(path, 'it belongs to another import'), hint: 'Delete it to import the file again.' });
}

/** Weights and the hash of the very file they come from, which may be written to while it is read. */
async function readAtOnce(file: string) {
  for (;;) {
    const sha256 = digest(readBytes(file, 'a file of weights'));
    const weights = await readWeights(file);
    if (digest(readBytes(file, 'a file of weights')) === sha256) return { sha256, weights };
  }
}

async function readNaming(names: string): Promise<Naming> {
  const keyword = NAMINGS.find((naming) => naming === names);
  if (keyword !== undefined) return keyword;
  if (existsSync(names)) return { text: await readText(names, 'YAML that says which layer is which'), file: names };
  const hint = didYouMean(basename(names), NAMINGS);
  return fail({
    code: 'ARCHON_FILE_NOT_FOUND',
    message: `there is no "${names}" to say which layer is which`,
    expected: `one of: ${NAMINGS.join(', ')}, or a YAML file`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Zeros of a pruned model stay zeros when it is trained on. */
function withMasks(network: Network, tensors: NamedTensors): NamedTensors {
  return { ...tensors, ...maskTensors(zeroMasks(network, tensors)) };
}

type Measuring = Pick<EvaluateOptions, 'dataset' | 'backend'>;

async function scoreOf(network: Network, tensors: NamedTensors, measuring: Measuring) {
  const { images, top1, loss } = await evaluateModel({ network, tensors, ...measuring, batch: EVALUATION_BATCH });
  return { images, top1, loss };
}
