import type { Options, StageContext, StageState } from '@archon-dse/core';
import { cacheDir } from '../checkpoints/cache-dir.js';
import { importWeights } from './import-weights.js';
import { withWeights } from '../checkpoints/measure-weights.js';
import { badOption } from './stage-options.js';

/**
 * Body of the stage `import`, with `IMPORT_OPTIONS`: weights of a file instead of training. Layers with zeros count as pruned.
 *
 * @throws ArchonError ARCHON_BAD_OPTION without a file, and what {@link importWeights} throws
 */
export async function applyImport(state: StageState, options: Options, context: StageContext): Promise<StageState> {
  const { network } = state;
  const file = String(options['file']);
  if (file === '') badOption('file', 'no file to import weights from', 'the path of a Keras .h5 or safetensors file');
  const given = { file, names: String(options['names']), data: String(options['data']) };
  const { threads, networkOptions, code } = context;
  const { path, checkpoint } = await importWeights({
    ...{ network, ...given, backend: String(options['backend']), dir: context.dir ?? cacheDir() },
    ...(threads === undefined ? {} : { threads }),
    ...(code === undefined ? {} : { code }),
    ...(networkOptions === undefined ? {} : { networkOptions }),
  });
  const measured = withWeights(state, checkpoint.tensors);
  const score = checkpoint.info.origin?.score;
  return {
    ...measured,
    metrics: { ...measured.metrics, ...(score === undefined ? {} : { accuracy: score.top1, loss: score.loss }) },
    artifacts: { ...state.artifacts, checkpoint: path },
  };
}
