import type { Network } from '@archon-dse/core';
import {
  applyMask,
  magnitudeMask,
  prunedLayers,
  sparsityAt,
  splitTensors,
  type PrunedLayer,
} from '@archon-dse/compression';
import { maskName, type TensorValue } from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import { fromOutputsFirst, toOutputsFirst } from './outputs-first.js';
import type { Recipe } from './recipe.js';

/**
 * Sets small weights to zero while a model trains: during the ramp, after each batch, the smallest of the weights just updated, so that a
 * cleared weight comes back when its update is large. With the last batch of the ramp the model gets the masks and applies them from then on.
 *
 * The share of zeros grows in the steps of the recipe, spread evenly over the batches of the ramp: published ramps of their own length grow
 * once an epoch, as published, and shorter ones end at the same share.
 *
 * @param rampEpochs - see {@link rampOf}
 */
export function createPruner(network: Network, pruning: NonNullable<Recipe['pruning']>, rampEpochs: number): BatchRule {
  const layers = prunedLayers(network, { tail: pruning.tail });
  const kernels = layers.map(({ name }) => `${name}/kernel`);
  const { rampSteps: steps } = pruning;
  return {
    masked: kernels,
    async afterBatch(model, { epoch, batch, batchesPerEpoch }) {
      if (epoch >= rampEpochs) return;
      const done = epoch * batchesPerEpoch + batch;
      const last = rampEpochs * batchesPerEpoch - 1;
      const isEnd = done === last;
      const step = isEnd ? steps - 1 : Math.floor((done * steps) / (last + 1));
      if (step === 0 && !isEnd) return; // nothing is cleared in the first step
      const state = await model.readState(kernels);
      const next: Record<string, TensorValue> = {};
      for (const layer of layers) {
        const name = `${layer.name}/kernel`;
        const kernel = state[name];
        if (kernel === undefined) continue;
        const sparsity = sparsityAt(step, { steps, sparsity: pruning.sparsities[layer.kind] });
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
