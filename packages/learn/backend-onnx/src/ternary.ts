import { TERNARY_THRESHOLD } from '@archon-dse/tensor';
import type { GraphBuilder, Value } from './graph.js';

/** A ternary kernel and, to broadcast over it as rows x groups x filters of a group, its scales. */
export interface TernaryKernel {
  readonly values: Value;
  readonly alpha: Value;
  readonly split: readonly number[];
}

/** Ternary values of a kernel of the given canonical shape, each slice of its last dimension with its own threshold and scale. */
export function ternarise(g: GraphBuilder, kernel: Value, shape: readonly number[], groups: number): TernaryKernel {
  const last = shape.at(-1) ?? 1;
  const split = [shape.slice(0, -1).reduce((a, b) => a * b, 1), groups, last / groups];
  const weights = g.reshape(kernel, split);
  const sizes = g.op('Abs', [weights]);
  const delta = g.op('Mul', [g.reduce('ReduceMean', sizes, [0, 2], 1), g.float(TERNARY_THRESHOLD)]);
  const isAbove = g.above(sizes, delta);
  const sum = g.reduce('ReduceSum', g.op('Mul', [sizes, isAbove]), [0, 2], 1);
  const count = g.op('Max', [g.reduce('ReduceSum', isAbove, [0, 2], 1), g.float(1)]);
  const alpha = g.op('Div', [sum, count]);
  const signs = ['Add', 'Sub'].map((shift) => g.op('Sign', [g.op(shift, [weights, delta])]));
  const pattern = g.op('Sign', [g.op('Add', signs)]);
  return { values: g.reshape(g.op('Mul', [pattern, alpha]), shape), alpha, split };
}

/** Gradient of the kernel behind a ternary one. */
export function throughTernary(
  g: GraphBuilder,
  gradient: Value,
  { alpha, split }: TernaryKernel,
  { shape, factor }: { readonly shape: readonly number[]; readonly factor: number },
): Value {
  const scaled = g.op('Mul', [g.reshape(gradient, split), g.op('Mul', [alpha, g.float(factor)])]);
  return g.reshape(scaled, shape);
}
