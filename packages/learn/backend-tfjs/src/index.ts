import type { TensorBackend } from '@archon-dse/tensor';
import { loadRuntime, type TfjsOptions } from './runtime.js';
import { TfjsModel } from './tfjs-model.js';

export type { TfjsOptions } from './runtime.js';

/**
 * A backend on TensorFlow.js, with the gradients computed operation by operation.
 *
 * @throws ArchonError ARCHON_PLUGIN_NOT_FOUND when no runtime of TensorFlow.js can be used
 */
export async function tfjsBackend(options: TfjsOptions = {}): Promise<TensorBackend> {
  const loaded = await loadRuntime(options);
  return {
    id: 'tfjs',
    description: loaded.description,
    compile: async (plan, state) => new TfjsModel(loaded, plan, state),
  };
}
