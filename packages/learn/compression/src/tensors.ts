/** Typed arrays that a weight tensor or its mask may be held in. */
export type Values = Float32Array | Uint8Array | Int8Array;

/**
 * Views of the tensors of one layer that are handled separately: a grouped convolution is one tensor a group, every other layer a
 * single one. Weights are output channels first, so the groups lie one behind the other.
 *
 * @throws RangeError when the values do not divide into so many tensors
 */
export function splitTensors<T extends Values>(values: T, tensors: number): readonly T[] {
  const size = values.length / tensors;
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`${String(values.length)} weights do not divide into ${String(tensors)} tensors`);
  }
  return Array.from({ length: tensors }, (_, index) => values.subarray(index * size, (index + 1) * size) as T);
}
