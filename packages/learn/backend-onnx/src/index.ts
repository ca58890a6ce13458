import type { TensorBackend } from '@archon-dse/tensor';
import { findBlockSize } from './block-size.js';
import { OnnxModel } from './onnx-model.js';
import { loadRuntime, type OnnxOptions } from './runtime.js';

export type { OnnxOptions } from './runtime.js';

/**
 * A backend on ONNX Runtime. Each model is at most two graphs, one that makes a whole training step and one that evaluates, opened
 * when first used.
 *
 * @throws ArchonError ARCHON_PLUGIN_NOT_FOUND when ONNX Runtime cannot be loaded
 */
export async function onnxBackend(options: OnnxOptions = {}): Promise<TensorBackend> {
  const loaded = await loadRuntime(options);
  const block = loaded.isNativeCpu ? await findBlockSize(loaded) : 0;
  return {
    id: 'onnx',
    description: loaded.description,
    compile: async (plan, state) => new OnnxModel(loaded, block, plan, state),
  };
}
