import { DIMS, type DataSpace, type Dim, type Problem } from './problem.js';
import type { Mapping } from './mapping.js';

/** Bounds of a box of iterations, by dimension. */
export type Extents = Readonly<Record<Dim, number>>;

/** Words of a data space that a box of iterations touches. Padding counts: a plane of Inputs spans (P - 1) stride + R rows. */
export function tileWords(problem: Problem, space: DataSpace, e: Extents): number {
  if (space === 'Weights') return e.C * e.M * e.R * e.S;
  if (space === 'Outputs') return e.N * e.M * e.P * e.Q;
  const rows = 1 + (e.P - 1) * problem.strideP + (e.R - 1) * (problem.dilationR ?? 1);
  const columns = 1 + (e.Q - 1) * problem.strideQ + (e.S - 1) * (problem.dilationS ?? 1);
  return e.N * (problem.depthwise === true ? e.M : e.C) * rows * columns;
}

/**
 * Bounds of what one instance of a level covers: its own loops and all inside it. With `from`, the box of all instances of it
 * below one instance of that outer level: the spatial loops of the levels from there down to the one just outside join in.
 */
export function extentsAt(mapping: Mapping, level: number, from = level): Extents {
  const inside = mapping.slice(level).flat();
  const spread = mapping
    .slice(from, level)
    .flat()
    .filter((loop) => loop.kind !== 'temporal');
  const loops = [...inside, ...spread];
  const product = (dim: Dim): number => loops.reduce((size, loop) => (loop.dim === dim ? size * loop.bound : size), 1);
  return Object.fromEntries(DIMS.map((dim) => [dim, product(dim)])) as unknown as Extents;
}
