import {
  countWeights,
  evaluateModel,
  loadBackend,
  loadSplit,
  scorePredictor,
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

/** Accuracy of a checkpoint on all test images, what pruning has left and how the predictor does; the documented document of `evaluate --json`. */
export async function measureCheckpoint({ info, tensors }: Checkpoint, measuring: Measuring) {
  const { source, backend, batch, threads } = measuring;
  const { network, stage, prediction, quantisation } = info;
  const loaded = await loadBackend(backend, { threads });
  const dataset = loadSplit(source, 'test', network);
  const predictor = prediction === undefined ? {} : { predictor: prediction.predictor };
  const levels = quantisation === undefined ? {} : { levels: quantisation.levels };
  const scored = await evaluateModel({ network, backend: loaded, tensors, ...predictor, ...levels, dataset, batch });
  const { gates, ...score } = scored;
  return {
    ...{ network: network.id, stage, dataset: dataset.name, ...score },
    density: countWeights(network, tensors),
    ...(prediction === undefined ? {} : { predictor: scorePredictor(network, gates) }),
  };
}

export type Measured = Awaited<ReturnType<typeof measureCheckpoint>>;
