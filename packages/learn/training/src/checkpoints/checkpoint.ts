import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { attemptFile, canonicalJson, fail, type Diagnostic, type Network, type Options } from '@archon-dse/core';
import { makeFolder, readBytes } from '@archon-dse/core/files';
import type { GateCounts, Levels, NamedTensors, PredictorSpec } from '@archon-dse/tensor';
import { decodeTensors, encodeTensors } from '@archon-dse/weights';
import writeFileAtomic from 'write-file-atomic';
import { checkCheckpoint } from './check-checkpoint.js';
import type { EpochResult } from './epoch-result.js';

const SCHEMA_VERSION = 1;

/** What a checkpoint says about its tensors. Plain JSON. */
export interface CheckpointInfo {
  /** `train`, `prune`, ... */
  readonly stage: string;
  /** The network the tensors belong to, whole, so that a checkpoint can be used by itself. */
  readonly network: Network;
  /** Name of the dataset it was trained on. */
  readonly dataset: string;
  /** Every random draw follows from it and the number of epoch and batch, so no other state needs keeping. */
  readonly seed: number;
  readonly epochs: number;
  /** One entry for each epoch that is done. */
  readonly history: readonly EpochResult[];
  /** The epoch whose weights these are, from 0. */
  readonly epoch: number;
  /** The folder it was written into, which names the training it belongs to. Not in checkpoints of imports and of earlier versions. */
  readonly training?: string;
  /** Not in checkpoints of earlier versions. */
  readonly origin?: CheckpointOrigin;
  /** Where ReLUs are predicted. */
  readonly prediction?: PredictionInfo;
  /** Where the network is quantised. */
  readonly quantisation?: QuantisationInfo;
}

/** How a model came about, for people; no result depends on it. */
export interface CheckpointOrigin {
  /** Options the network was built with. */
  readonly networkOptions?: Options;
  /** Name of the recipe it was trained by. */
  readonly recipe?: string;
  /** Images a step. */
  readonly batch?: number;
  /** The checkpoint that training started from. */
  readonly parent?: { readonly stage: string; readonly sha256: string };
  /** The file that weights were imported from, by its name alone, and how layers were found in it. */
  readonly file?: { readonly name: string; readonly sha256: string; readonly names: string };
  /** What imported weights score, where there were images to measure it on. */
  readonly score?: { readonly images: number; readonly top1: number; readonly loss: number };
}

/** How ReLUs are predicted, and what came of it. */
interface PredictionInfo {
  readonly predictor: PredictorSpec;
  /** Counts at each predicted ReLU, on the test images after the epoch. */
  readonly gates: Readonly<Record<string, GateCounts>>;
}

/** How values between layers are kept, and what the network scored before. Weights are rounded already; their scales are tensors. */
interface QuantisationInfo {
  readonly levels: Readonly<Record<string, Levels>>;
  /** Share of the test images recognised before, 0..1. */
  readonly fullWidthAccuracy: number;
}

export interface Checkpoint {
  readonly info: CheckpointInfo;
  readonly tensors: NamedTensors;
}

/**
 * Writes a checkpoint: the file is there complete or not at all. Creates its folder.
 *
 * @throws ArchonError ARCHON_FILE_REFUSED, ARCHON_DISK_FULL
 */
export async function writeCheckpoint(path: string, { info, tensors }: Checkpoint): Promise<void> {
  const archon = textOf(info);
  const bytes = encodeTensors({ tensors, metadata: { archon, sha256: digest(archon, tensors) } });
  makeFolder(dirname(path));
  await attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, bytes));
}

/**
 * Reads a checkpoint, and checks its hash, what it says and its tensors.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_FILE_REFUSED; ARCHON_CHECKPOINT_INVALID for any other file, a damaged one included
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = readBytes(path, 'a checkpoint');
  const { tensors, metadata } = attempt(path, () => decodeTensors(file));
  const { archon, sha256 } = metadata;
  if (archon === undefined) return invalid(path, 'it says nothing of a checkpoint');
  if (sha256 !== digest(archon, tensors)) invalid(path, 'its SHA-256 is not the one it was written with');
  return attempt(path, () => {
    const { schemaVersion, ...info } = JSON.parse(archon) as CheckpointInfo & { schemaVersion: number };
    if (schemaVersion !== SCHEMA_VERSION) throw new RangeError(`it has schema version ${String(schemaVersion)}`);
    checkCheckpoint({ info, tensors });
    return { info, tensors };
  });
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    return invalid(path, error instanceof Error ? error.message : String(error));
  }
}

function invalid(path: string, problem: string): never {
  return fail(unusable(path, problem));
}

/** ARCHON_CHECKPOINT_INVALID about a file. */
export function unusable(path: string, problem: string): Diagnostic {
  return {
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `"${path}" cannot be used: ${problem}`,
    expected: `a checkpoint of archon train, schema version ${String(SCHEMA_VERSION)}`,
  };
}

/** Hash of a checkpoint, as its file has it. */
export function digestOf({ info, tensors }: Checkpoint): string {
  return digest(textOf(info), tensors);
}

function textOf(info: CheckpointInfo): string {
  return canonicalJson({ schemaVersion: SCHEMA_VERSION, ...info });
}

/** Hash of tensors, by name, shape and values. */
export function digestTensors(tensors: NamedTensors): string {
  return digest('', tensors);
}

function digest(info: string, tensors: NamedTensors): string {
  const hash = createHash('sha256').update(info);
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    hash.update(`${name} ${shape.join(',')}`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
