import type { NamedTensors } from '@archon-dse/tensor';

/** @throws RangeError when there is no tensor of that name */
export function tensorOf(tensors: NamedTensors, name: string): Float32Array {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`tensor "${name}" is missing`);
  return tensor.data;
}
