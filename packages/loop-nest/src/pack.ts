import type { LoopKind, Mapping } from './mapping.js';
import { DIMS, type Dim } from './problem.js';

const KINDS: readonly LoopKind[] = ['temporal', 'spatialX', 'spatialY'];

/**
 * A mapping for the {@link Evaluator}: two numbers a loop, its code and its bound, all loops in nest order (outermost level
 * first, inside a level outer to inner, temporal loops before spatial ones). Loops of bound 1 may be present or left out.
 */
export type PackedMapping = Int32Array;

/**
 * Code of a loop: `level << 5 | dimension << 2 | kind`, with the dimension's place in DIMS and kind 0 temporal, 1 spatialX,
 * 2 spatialY. `level` counts from 0 at the outermost one.
 */
export function loopCode(level: number, dim: Dim, kind: LoopKind): number {
  return (level << 5) | (DIMS.indexOf(dim) << 2) | KINDS.indexOf(kind);
}

/** Packs a mapping; loops of bound 1 are dropped. The loop count is half the length. */
export function packMapping(mapping: Mapping): PackedMapping {
  return Int32Array.from(
    mapping.flatMap((loops, level) =>
      loops.filter((loop) => loop.bound > 1).flatMap((loop) => [loopCode(level, loop.dim, loop.kind), loop.bound]),
    ),
  );
}
