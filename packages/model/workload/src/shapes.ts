import { fail, type Layer, type Network, type TensorShape } from '@archon-dse/core';
import { invalidLayer, showShape } from './operations/invalid-layer.js';
import type { ShapedLayer } from './operations/operation.js';
import { checkLayer, outputShape } from './operations/table.js';

export type { ShapedLayer } from './operations/operation.js';

/**
 * Infers every shape of a network, in layer order, and so checks that it is well formed: unique names, topological order,
 * a single input layer at the front, operations that fit their inputs, and no property that means nothing.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the first layer that is wrong
 */
export function inferShapes(network: Network): readonly ShapedLayer[] {
  checkBatch(network);
  checkInputLayer(network);
  const shapes = new Map<string, TensorShape>();
  return network.layers.map((layer) => {
    checkLayer(layer);
    if (['', '__proto__'].includes(layer.name)) invalidLayer(layer, 'no layer can be called so', 'another name');
    if (shapes.has(layer.name)) invalidLayer(layer, 'its name is used twice', 'a name of its own for each layer');
    const inputs = layer.inputs.map((name) => shapes.get(name) ?? missingInput(network, layer, name));
    const output = layer.op === 'input' ? network.input : outputShape(layer, inputs);
    shapes.set(layer.name, output);
    return { layer, inputs, output };
  });
}

function checkBatch({ id, batch = 1 }: Network): void {
  if (Number.isInteger(batch) && batch >= 1) return;
  fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `network "${id}" has a batch of ${String(batch)}`,
    expected: 'a whole number of at least 1',
  });
}

function checkInputLayer(network: Network): void {
  if (network.input.some((size) => !Number.isInteger(size) || size < 1)) {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `network "${network.id}" has an input of ${showShape(network.input)}`,
      expected: 'height, width and channels, whole numbers of at least 1',
    });
  }
  const [first, ...others] = network.layers;
  if (first?.op !== 'input') {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `network "${network.id}" starts with ${first === undefined ? 'nothing' : `layer "${first.name}" (${first.op})`}`,
      expected: 'an input layer first',
    });
  }
  if (first.inputs.length > 0) invalidLayer(first, `it reads "${first.inputs.join('", "')}"`, 'no inputs');
  const second = others.find((layer) => layer.op === 'input');
  if (second !== undefined) invalidLayer(second, `"${first.name}" is the input layer already`, 'one input layer');
}

function missingInput(network: Network, layer: Layer, name: string): never {
  const exists = network.layers.some((other) => other.name === name);
  return exists
    ? invalidLayer(layer, `it reads "${name}", which is not listed before it`, 'layers in topological order')
    : invalidLayer(layer, `it reads "${name}", which no layer is called`, 'the name of a layer listed before it');
}
