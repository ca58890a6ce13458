import { fail, type Network } from '@archon-dse/core';
import {
  applyMask,
  magnitudeMask,
  prunedLayers,
  sparsityAt,
  splitTensors,
  type PrunedLayer,
} from '@archon-dse/compression';
import { maskName, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import { fromOutputsFirst, toOutputsFirst } from '../checkpoints/outputs-first.js';
import type { Recipe } from './recipe.js';

interface PrunerOptions {
  readonly network: Network;
  readonly pruning: NonNullable<Recipe['pruning']>;
  /** See {@link rampOf}. */
  readonly rampEpochs: number;
  /** Masks by kernel, see `heldMasks`. */
  readonly held: NamedTensors;
}

/**
 * Sets small weights to zero while a model trains: during the ramp, after each batch, the smallest of the weights just updated, so that a
 * weight cleared here comes back when its update is large. With the last batch of the ramp the model gets the masks and applies them from then
 * on. Weights that were zero before stay so in all layers: the model has their masks from the start, and those of the ramp are within them.
 *
 * The share of zeros grows in the steps of the recipe, spread evenly over the batches of the ramp: published ramps of their own length grow
 * once an epoch, as published, and shorter ones end at the same share.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when there is nothing to prune
 */
export function createPruner({ network, pruning, rampEpochs, held }: PrunerOptions): BatchRule {
  const layers = layersToPrune(network, pruning.tail);
  const kernels = layers.map(({ name }) => `${name}/kernel`);
  const { rampSteps: steps } = pruning;
  return {
    masked: [...new Set([...kernels, ...Object.keys(held)])],
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

function layersToPrune(network: Network, tail: boolean): readonly PrunedLayer[] {
  const layers = prunedLayers(network, { tail });
  if (layers.length > 0) return layers;
  const blocks = [...new Set(network.layers.map(({ block }) => block))];
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `network "${network.id}" has nothing to prune`,
    expected: 'a convolution in a block b1 or later that is not part of squeeze-and-excite',
    hint: `its blocks are: ${blocks.join(', ')}`,
  });
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
