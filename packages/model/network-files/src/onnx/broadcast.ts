import { unsupported } from './refusal.js';

/** Dimensions of an operation on two tensors, value by value. */
export function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, index) => {
    const [left, right] = [a, b].map((dims) => dims[dims.length - rank + index] ?? 1) as [number, number];
    if (left === right || right === 1) return left;
    return left === 1 ? right : unsupported(`it combines [${a.join(',')}] and [${b.join(',')}]`, 'tensors that fit');
  });
}
