import { cacheDir } from '@archon-dse/core/files';
import type { StageContext, StageState } from '@archon-dse/core';
import { importWeights } from './import-weights.js';
import { withWeights } from '../checkpoints/measure-weights.js';
import { badOption, type ImportOptions } from './stage-options.js';

/**
 * Body of the stage `import`, with `IMPORT_OPTIONS`: weights of a file instead of training. Layers with zeros count as pruned.
 *
 * @throws ArchonError ARCHON_BAD_OPTION without a file, and what {@link importWeights} throws
 */
export async function applyImport(
  state: StageState,
  options: ImportOptions,
  context: StageContext,
): Promise<StageState> {
  const { network } = state;
  const { file, names, data, backend } = options;
  if (file === '') badOption('file', 'no file to import weights from', 'the path of a Keras .h5 or safetensors file');
  const { threads, networkOptions, code } = context;
  const { path, checkpoint } = await importWeights({
    ...{ network, file, names, data, backend, dir: context.dir ?? cacheDir() },
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
