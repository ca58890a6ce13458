import { DIMS, type Dim, type LoopKind, type Mapping, type Problem } from '@archon-dse/loop-nest';

/** A loop of a nest with its place. */
export interface NestLoop {
  readonly dim: Dim;
  readonly bound: number;
  readonly kind: LoopKind;
  readonly level: number;
  /** Product of the bounds of the same dimension further in: how far one iteration moves along it. */
  readonly inside: number;
}

/** The loops of a mapping from the outermost, without those of bound 1. */
export function nestLoops(mapping: Mapping): readonly NestLoop[] {
  const inside: Partial<Record<Dim, number>> = {};
  const loops: NestLoop[] = [];
  for (const [level, own] of [...mapping.entries()].reverse()) {
    for (const { dim, bound, kind } of [...own].reverse()) {
      if (bound === 1) continue;
      loops.push({ dim, bound, kind, level, inside: inside[dim] ?? 1 });
      inside[dim] = (inside[dim] ?? 1) * bound;
    }
  }
  return loops.reverse();
}

export function iterations(loops: readonly NestLoop[]): number {
  return loops.reduce((product, { bound }) => product * bound, 1);
}

export function isTemporal({ kind }: NestLoop): boolean {
  return kind === 'temporal';
}

/** @throws RangeError when bounds multiply to more or less than the problem's: tiles at an edge are then smaller than others */
export function refuseRemainders(problem: Problem, mapping: Mapping): void {
  for (const { dim, bound } of wholeProblem(problem)) {
    const product = mapping.flat().reduce((all, loop) => (loop.dim === dim ? all * loop.bound : all), 1);
    if (product === bound) continue;
    throw new RangeError(
      `the bounds of ${dim} multiply to ${product}, the problem has ${bound}: zeros of remainders are not counted`,
    );
  }
}

/** A run over neighbours of a dimension. */
export function neighbours(dim: Dim, bound: number, inside = 1): NestLoop {
  return { dim, bound, kind: 'temporal', level: 0, inside };
}

/** A problem as one loop a dimension. */
export function wholeProblem(problem: Problem): readonly NestLoop[] {
  return DIMS.map((dim) => neighbours(dim, problem[dim] ?? 1));
}
