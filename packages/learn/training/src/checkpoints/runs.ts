import { existsSync, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { attemptFile, type Options } from '@archon-dse/core';
import { digestOf, readCheckpoint, type Checkpoint, type CheckpointInfo, type CheckpointOrigin } from './checkpoint.js';
import type { EpochResult } from './epoch-result.js';
import { countWeights, sumWeights, type LayerDensity } from './measure-weights.js';
import { KEPT_FILE, LAST_FILE } from './saved-training.js';

/** One model that was trained or imported, as its files tell. What earlier versions did not keep is null. */
export interface Run {
  /** Of the weights that are kept. */
  readonly path: string;
  /** `interrupted` while epochs are left, also when it is training right now. */
  readonly status: 'finished' | 'interrupted';
  readonly stage: string;
  /** Id of the network. */
  readonly network: string;
  readonly networkOptions: Options | null;
  readonly dataset: string;
  readonly seed: number;
  readonly recipe: string | null;
  /** Images a step. */
  readonly batch: number | null;
  readonly epochs: number;
  readonly epochsDone: number;
  /** From 1; null without epochs. */
  readonly keptEpoch: number | null;
  /** Of the kept epoch on the test images, 0..1; of an import where it was measured. */
  readonly accuracy: number | null;
  readonly loss: number | null;
  /** Over all kernels. */
  readonly density: Omit<LayerDensity, 'layer'>;
  /** Of all files of the run. */
  readonly bytes: number;
  readonly sha256: string;
  readonly parent: CheckpointOrigin['parent'] | null;
  /** The file it was imported from. */
  readonly file: CheckpointOrigin['file'] | null;
  /** One entry for each epoch that is done. */
  readonly history: readonly EpochResult[];
  readonly layers: readonly LayerDensity[];
}

/** A file that is no checkpoint, or a damaged one. */
export interface UnreadableFile {
  readonly path: string;
  readonly problem: string;
}

export interface RunList {
  readonly runs: readonly Run[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Folders of stages end in the hash of what they depend on. */
const RUN_FOLDER = /-[0-9a-f]{16}$/;

/**
 * The runs in a folder and in the folders of stages directly below it. Files and folders it cannot make sense of never stop it.
 *
 * @throws ArchonError ARCHON_FILE_REFUSED when the folder itself cannot be listed
 */
export async function listRuns(folder: string): Promise<RunList> {
  const entries = await entriesOf(folder);
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const lists = [await listFolder(folder, entries, true)];
  for (const path of below.sort()) {
    try {
      lists.push(await listFolder(path, await entriesOf(path), false));
    } catch (error) {
      lists.push({ runs: [], unreadable: [{ path, problem: problemOf(error, path) }] });
    }
  }
  return { runs: lists.flatMap(({ runs }) => runs), unreadable: lists.flatMap(({ unreadable }) => unreadable) };
}

function entriesOf(path: string): Promise<Dirent[]> {
  return attemptFile({ path, doing: 'listed', expected: 'a folder of checkpoints' }, () =>
    readdir(path, { withFileTypes: true }),
  );
}

/** Of a folder that may be anybody's, only one that looks like a run's counts. */
async function listFolder(folder: string, entries: readonly Dirent[], isNamed: boolean): Promise<RunList> {
  const names = entries
    .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && entry.name.endsWith('.safetensors')))
    .map(({ name }) => name)
    .sort();
  const isRun = isNamed || RUN_FOLDER.test(folder) || names.some((name) => name.endsWith('.safetensors'));
  const runs: Run[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const name of isRun ? names.filter((file) => file !== LAST_FILE || !names.includes(KEPT_FILE)) : []) {
    const path = join(folder, name);
    try {
      if (!name.endsWith('.safetensors')) throw new Error('another kind of file');
      runs.push(await readRun(path));
    } catch (error) {
      unreadable.push({ path, problem: problemOf(error, path) });
    }
  }
  return { runs, unreadable };
}

/** What an error says about a file that is named beside it. */
function problemOf(error: unknown, path: string): string {
  const problem = error instanceof Error ? error.message : String(error);
  return problem.replace(`"${path}" cannot be used: `, '').replace(`"${path}" `, '');
}

/**
 * Everything about one run.
 *
 * @param path - a checkpoint, or the folder of a run; `last.safetensors` beside it is read too
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_FILE_REFUSED, ARCHON_CHECKPOINT_INVALID
 */
export async function readRun(path: string): Promise<Run> {
  const expected = 'a checkpoint, or the folder of a run';
  const isFolder = (await attemptFile({ path, doing: 'read', expected }, () => stat(path))).isDirectory();
  const file = isFolder ? join(path, KEPT_FILE) : path;
  const checkpoint = await readCheckpoint(file);
  const last = join(dirname(file), LAST_FILE);
  const hasLast = basename(file) === KEPT_FILE && existsSync(last);
  const { history } = hasLast ? (await readCheckpoint(last)).info : checkpoint.info;
  const sizes = await Promise.all([file, ...(hasLast ? [last] : [])].map(sizeOf));
  return { ...describeRun(file, checkpoint, history), bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function sizeOf(path: string): Promise<number> {
  return (await attemptFile({ path, doing: 'read' }, () => stat(path))).size;
}

function describeRun(path: string, checkpoint: Checkpoint, history: readonly EpochResult[]): Omit<Run, 'bytes'> {
  const { info, tensors } = checkpoint;
  const { stage, network, dataset, seed, epochs, epoch, origin = {} } = info;
  const layers = countWeights(network, tensors);
  return {
    path,
    status: history.length < epochs ? 'interrupted' : 'finished',
    ...{ stage, network: network.id, networkOptions: origin.networkOptions ?? null },
    ...{ dataset, seed, recipe: origin.recipe ?? null, batch: origin.batch ?? null },
    ...{ epochs, epochsDone: history.length, keptEpoch: epochs === 0 ? null : epoch + 1 },
    ...scoreOf(info),
    density: sumWeights(layers),
    sha256: digestOf(checkpoint),
    ...{ parent: origin.parent ?? null, file: origin.file ?? null },
    ...{ history, layers },
  };
}

function scoreOf({ history, epoch, origin }: CheckpointInfo): Pick<Run, 'accuracy' | 'loss'> {
  const kept = history[epoch];
  return {
    accuracy: kept?.testAccuracy ?? origin?.score?.top1 ?? null,
    loss: kept?.testLoss ?? origin?.score?.loss ?? null,
  };
}
