import type { Network } from '@archon-dse/core';
import {
  applyMask,
  isRamping,
  magnitudeMask,
  prunedLayers,
  sparsityAt,
  splitTensors,
  type PrunedLayer,
} from '@archon-dse/compression';
import { maskName, type CompiledModel, type TensorValue } from '@archon-dse/tensor';
import { fromOutputsFirst, toOutputsFirst } from './outputs-first.js';
import type { Recipe } from './recipe.js';

/** Sets small weights to zero while a model trains. */
export interface Pruner {
  /** Names of the kernels that are pruned. */
  readonly kernels: readonly string[];
  /**
   * To be called after each batch. During the ramp it clears the smallest of the weights just updated, so that a cleared weight comes
   * back when its update is large. With the last batch of the ramp it hands its masks to the model, which applies them from then on.
   */
  afterBatch(model: CompiledModel, epoch: number, isLastBatch: boolean): Promise<void>;
}

/** @param rampEpochs - see {@link rampOf} */
export function createPruner(network: Network, { pruning }: Recipe, rampEpochs: number): Pruner {
  const layers = pruning === undefined ? [] : prunedLayers(network, { tail: pruning.tail });
  const kernels = layers.map(({ name }) => `${name}/kernel`);
  return {
    kernels,
    async afterBatch(model, epoch, isLastBatch) {
      if (pruning === undefined || !isRamping(epoch, { rampEpochs, sparsity: 0 })) return;
      const isEnd = isLastBatch && epoch === rampEpochs - 1;
      if (epoch === 0 && !isEnd) return; // nothing is cleared in the first epoch
      const state = await model.readState(kernels);
      const next: Record<string, TensorValue> = {};
      for (const layer of layers) {
        const name = `${layer.name}/kernel`;
        const kernel = state[name];
        if (kernel === undefined) continue;
        const sparsity = sparsityAt(epoch, { rampEpochs, sparsity: pruning.sparsities[layer.kind] });
        const { weights, mask } = prune(kernel, layer, sparsity);
        next[name] = weights;
        if (isEnd) next[maskName(name)] = mask;
      }
      await model.writeState(next);
    },
  };
}

function prune(kernel: TensorValue, { kind, tensors }: PrunedLayer, sparsity: number) {
  const isDepthwise = kind === 'depthwise';
  const weights = toOutputsFirst(kernel, isDepthwise);
  const mask = new Uint8Array(weights.length);
  const masks = splitTensors(mask, tensors);
  splitTensors(weights, tensors).forEach((tensor, index) => {
    magnitudeMask(tensor, sparsity, masks[index] ?? mask);
  });
  applyMask(weights, mask);
  return {
    weights: fromOutputsFirst(weights, kernel, isDepthwise),
    mask: fromOutputsFirst(mask, kernel, isDepthwise),
  };
}
