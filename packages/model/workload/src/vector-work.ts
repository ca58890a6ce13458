import type { Network, TensorShape, VectorWork } from '@archon-dse/core';
import { hasWeights, operationOf } from './operations/table.js';
import { layerCost } from './analysis.js';
import { inferShapes, type ShapedLayer } from './shapes.js';

/**
 * The work of a network that is no multiply-accumulate, in the order of its layers: all but what costs nothing. Counts are for the batch;
 * parameters are read once.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed
 */
export function vectorWorkOf(network: Network): readonly VectorWork[] {
  const { batch = 1 } = network;
  const shaped = inferShapes(network);
  const folded = foldedLayers(network);
  const isVector = ({ layer }: ShapedLayer): boolean => {
    const { costing } = operationOf(layer);
    return costing === 'vector' || (costing === 'folded' && !folded.has(layer.name));
  };
  return shaped.filter(isVector).map((entry) => {
    const { name, block, role, op } = entry.layer;
    const { parameters } = layerCost(entry);
    const inputs = entry.inputs.reduce((sum, shape) => sum + valuesOf(shape), 0);
    const named = entry.layer.op === 'vector' ? { function: entry.layer.function } : {};
    const counts = { inputs: inputs * batch, parameters, outputs: valuesOf(entry.output) * batch };
    return { name, block, role, op, ...named, ...counts };
  });
}

/** Factors a channel that go into the weights of the layer before: it has weights, and nothing else reads it. */
function foldedLayers({ layers }: Network): ReadonlySet<string> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const reads = layers.flatMap((layer) => layer.inputs);
  const folded = new Set<string>();
  for (const layer of layers) {
    const source = byName.get(layer.inputs[0] ?? '');
    if (source === undefined || operationOf(layer).costing !== 'folded') continue;
    const readOnce = reads.filter((name) => name === source.name).length === 1;
    if (readOnce && (hasWeights(source) || folded.has(source.name))) folded.add(layer.name);
  }
  return folded;
}

function valuesOf([height, width, channels]: TensorShape): number {
  return height * width * channels;
}
