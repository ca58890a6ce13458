import type { Loops, ShapedLayer } from './operations/operation.js';
import { operationOf } from './operations/table.js';

/** Loops of the multiply-accumulates of a layer, for one image; none of a layer that has no such work. */
export function loopsOf(shaped: ShapedLayer): readonly Loops[] {
  return operationOf(shaped.layer).loops?.(shaped) ?? [];
}

export function macsOf({ problem: { C, M, R, S, P, Q, N }, groups }: Loops): number {
  return C * M * R * S * P * Q * N * groups;
}

/** A product of two activations has none. */
export function weightsOf({ op, problem: { C, M, R, S }, groups }: Loops): number {
  return op === 'matmul' ? 0 : C * M * R * S * groups;
}

/** The loops for a batch: as many images, or in products of activations as many groups, each with a second operand of its own. */
export function withBatch(loops: Loops, batch: number): Loops {
  if (loops.op === 'matmul') return { ...loops, groups: loops.groups * batch };
  return { ...loops, problem: { ...loops.problem, N: loops.problem.N * batch } };
}
