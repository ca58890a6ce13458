import { fail, type ConvLayer, type Extent, type Layer } from '@archon-dse/core';
import { pairOf, type ShapedLayer } from '@archon-dse/workload';

/** Throws ARCHON_NETWORK_INVALID about a layer that no backend trains. */
export function untrainableLayer({ name, op }: Layer, problem: string, expected: string): never {
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `layer "${name}" (${op}) cannot be trained: ${problem}`,
    expected,
    layer: name,
    hint: 'Leave the stages that train out for this network.',
  });
}

/** Refuses properties and shapes that the backends do not have. */
export function checkTrainable({ layer, inputs }: ShapedLayer): void {
  const refuse = (found: string, expected: string): never =>
    untrainableLayer(layer, `no backend has ${found}`, expected);
  const { dilation = 1, padding = 'same' } = layer as Partial<Pick<ConvLayer, 'dilation' | 'padding'>>;
  if (dilation !== 1) refuse('dilation', 'kernels without dilation');
  if (padding !== 'same') refuse('its padding', 'padding "same"');
  if (layer.op === 'depthwise' && (layer.multiplier ?? 1) !== 1) refuse('a multiplier', 'one filter a channel');
  const [first, second] = inputs;
  if (layer.op === 'dense' && !isPoint(first)) refuse('dense layers of a plane', 'an input of [1,1,channels]');
  if (layer.op === 'multiply' && !isPoint(second)) refuse('products of two planes', 'a gate of [1,1,channels]');
}

function isPoint(shape: ShapedLayer['inputs'][number] = [1, 1, 1]): boolean {
  return shape[0] === 1 && shape[1] === 1;
}

/** Rows and columns of a square extent. */
export function sideOf(layer: Layer, extent: Extent): number {
  const [rows, columns] = pairOf(extent);
  if (rows === columns) return rows;
  return untrainableLayer(
    layer,
    `no backend has windows or strides of ${rows} by ${columns}`,
    'as many rows as columns',
  );
}
