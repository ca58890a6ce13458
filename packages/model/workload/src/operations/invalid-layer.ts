import { fail, type Layer, type TensorShape } from '@archon-dse/core';

/** `[32,32,16]`, as messages print a shape. */
export function showShape(shape: TensorShape): string {
  return `[${shape.join(',')}]`;
}

/** Throws ARCHON_NETWORK_INVALID about one layer. */
export function invalidLayer(layer: Pick<Layer, 'name' | 'op'>, problem: string, expected: string): never {
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `layer "${layer.name}" (${layer.op}): ${problem}`,
    expected,
    layer: layer.name,
  });
}
