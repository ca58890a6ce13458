import { canonicalJson, fail, type Network, type StageState } from '@archon-dse/core';
import { readCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.js';
import { checkSameWeights } from '../checkpoints/same-weights.js';
import { ACCURACY_METRICS } from './stage-metrics.js';
import { badOption, type LoadOptions } from './stage-options.js';
import { stateAfter } from './state-after.js';

/**
 * Body of the stage `load`, with `LOAD_OPTIONS`: a network that was trained before, as its last stage left it.
 *
 * @throws ArchonError ARCHON_BAD_OPTION without a checkpoint, ARCHON_CHECKPOINT_INVALID when it is none, of another network, or quantised;
 *   ARCHON_FILE_*
 */
export async function applyLoad(state: StageState, { checkpoint: file }: LoadOptions): Promise<StageState> {
  if (file === '') badOption('checkpoint', 'no checkpoint to load', 'the path of a model.safetensors of archon train');
  const checkpoint = await readCheckpoint(file);
  refuseQuantised(file, checkpoint);
  checkSameWeights(checkpoint.info.network, state.network, 'load');
  requireSameGraph(file, checkpoint.info.network, state.network);
  const loaded = stateAfter(state, checkpoint, file);
  const { history, origin } = checkpoint.info;
  if (history.length > 0) return loaded;
  const { score } = origin ?? {}; // of imported weights, which are measured only where there was data
  const measured = score === undefined ? {} : { accuracy: score.top1, loss: score.loss };
  return { ...loaded, metrics: { ...withoutAccuracy(loaded.metrics), ...measured } };
}

function withoutAccuracy(metrics: StageState['metrics']): StageState['metrics'] {
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => !Object.hasOwn(ACCURACY_METRICS, name)));
}

/** Formats of values belong to the state, which a checkpoint does not keep. */
function refuseQuantised(file: string, { info: { quantisation } }: Checkpoint): void {
  if (quantisation === undefined) return;
  fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `"${file}" cannot be loaded: it is quantised`,
    expected: 'the checkpoint of the stage before "quantise"',
    hint: 'Load that one, and put the stage "quantise" behind "load".',
  });
}

/** Layers may have the same weights and compute something else, for example by another stride. */
function requireSameGraph(file: string, trained: Network, network: Network): void {
  if (canonicalJson(trained) === canonicalJson(network)) return;
  const texts = (of: Network): ReadonlySet<string> => new Set(of.layers.map((layer) => canonicalJson(layer)));
  const before = texts(trained);
  const layer = network.layers.find((one) => !before.has(canonicalJson(one)));
  const found = layer === undefined ? trained.id : `a network with another layer "${layer.name}"`;
  fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `"${file}" cannot be loaded: it was trained as ${found}`,
    expected: `a checkpoint of ${network.id} with the options of this point`,
    ...(layer === undefined ? {} : { layer: layer.name }),
  });
}
