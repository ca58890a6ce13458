import {
  countWeights,
  evaluateModel,
  loadBackend,
  loadSplit,
  type Checkpoint,
  type DatasetSource,
} from '@archon-dse/training';

export interface Measuring {
  readonly source: DatasetSource;
  readonly backend: string;
  /** Images at a time. */
  readonly batch: number;
  readonly threads: number;
}

/** Images at a time where nobody says: large enough for speed; the result does not depend on it. */
export const EVALUATION_BATCH = 100;

/** Accuracy of a checkpoint on all test images, and what pruning has left; the documented document of `evaluate --json`. */
export async function measureCheckpoint({ info, tensors }: Checkpoint, measuring: Measuring) {
  const { source, backend, batch, threads } = measuring;
  const { network, stage } = info;
  const dataset = loadSplit(source, 'test', network);
  const loaded = await loadBackend(backend, { threads });
  const score = await evaluateModel({ network, backend: loaded, tensors, dataset, batch });
  return { network: network.id, stage, dataset: dataset.name, ...score, density: countWeights(network, tensors) };
}

export type Measured = Awaited<ReturnType<typeof measureCheckpoint>>;
