import type { Architecture } from '../src/model/architecture.js';
import type { Loop, Mapping } from '../src/model/mapping.js';
import { DATA_SPACES, DIMS, type DataSpace, type Dim, type Problem } from '../src/model/problem.js';

/**
 * The exact semantics taken literally: every instance of every level is followed through every step, and what it holds is a set of
 * words. Slow, and shares no code with the model.
 */

interface PlacedLoop extends Loop {
  readonly level: number;
  /** Iterations of the same dimension inside one of this loop. */
  readonly unit: number;
}

type Digits = readonly number[];
type Point = Readonly<Record<Dim, number>>;

/** Words read from, added to and brought into a level. */
export interface Counts {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
}

interface WalkedLevel {
  readonly first: Counts;
  readonly all: Counts;
}

export interface NestWalk {
  readonly computeCycles: number;
  /** By `level:data space`. */
  readonly levels: Readonly<Record<string, WalkedLevel>>;
  readonly tiles: Readonly<Record<string, number>>;
  readonly instances: readonly number[];
}

const RELEVANT: Readonly<Record<DataSpace, string>> = { Weights: 'GCMRS', Inputs: 'GNCRSPQ', Outputs: 'GNMPQ' };

export class NestWalker {
  private readonly loops: readonly PlacedLoop[];
  private readonly problem: Problem;
  private readonly architecture: Architecture;
  private readonly haloSharing: boolean;

  constructor(problem: Problem, architecture: Architecture, mapping: Mapping, haloSharing = false) {
    const loops = mapping.flatMap((own, level) => own.map((loop) => ({ ...loop, level })));
    this.loops = loops.map((loop, i) => ({
      ...loop,
      unit: product(loops.slice(i + 1).filter((l) => l.dim === loop.dim)),
    }));
    this.problem = problem;
    this.architecture = architecture;
    this.haloSharing = haloSharing;
  }

  walk(): NestWalk {
    const { levels } = this.architecture;
    const records: Record<string, WalkedLevel> = {};
    const tiles: Record<string, number> = {};
    for (const space of DATA_SPACES) {
      const keepers = levels.flatMap((level, l) => (level.keeps.includes(space) ? [l] : []));
      keepers.forEach((level, k) => {
        const instances = this.instancesOf(level).map((instance) =>
          this.follow(space, level, keepers[k + 1], instance),
        );
        records[`${level}:${space}`] = {
          first: itemAt(instances, 0),
          all: instances.reduce((a, b) => ({
            reads: a.reads + b.reads,
            updates: a.updates + b.updates,
            fills: a.fills + b.fills,
          })),
        };
        tiles[`${level}:${space}`] = this.tile(
          space,
          level,
          this.loops.map(() => 0),
        ).size;
      });
    }
    return {
      computeCycles: this.steps(
        levels.length,
        this.loops.map(() => 0),
      ).length,
      levels: records,
      tiles,
      instances: levels.map((_, l) => this.instancesOf(l).length),
    };
  }

  /** What happens at one instance of a level that keeps a data space, the next level that does being `inner`. */
  private follow(space: DataSpace, level: number, inner: number | undefined, instance: Digits): Counts {
    const fills = level === 0 ? 0 : sum(changes(this.steps(level, instance).map((at) => this.tile(space, level, at))));
    const groups = this.groups(space, level, inner ?? this.architecture.levels.length, instance);
    if (space !== 'Outputs') return { reads: sum(groups.map((tiles) => handed(tiles, inner))), updates: 0, fills };
    const seen = new Set<number>();
    let [reads, updates] = [0, 0];
    for (const tiles of groups) {
      tiles.forEach((tile, step) => {
        for (const word of tile) {
          if (inner !== undefined && tiles[step + 1]?.has(word) === true) continue;
          updates++;
          if (seen.has(word)) reads++;
          seen.add(word);
        }
      });
    }
    return { reads, updates, fills };
  }

  /**
   * The tiles that an instance of `level` hands down over time, to each of those below it that it serves by itself: of instances with the same
   * tile the one with most to do, with halo sharing the union of neighbours.
   */
  private groups(space: DataSpace, level: number, inner: number, instance: Digits): readonly ReadonlySet<number>[][] {
    const groups = new Map<string, Digits[]>();
    for (const below of this.instancesOf(inner, level, instance)) {
      const key = this.groupOf(space, level, inner, below);
      groups.set(key, [...(groups.get(key) ?? []), below]);
    }
    return [...groups.values()].map((members) => {
      if (this.haloSharing && space === 'Inputs' && inner < this.architecture.levels.length)
        return this.union(space, inner, members);
      const followed = members.map((member) => this.steps(inner, member).map((at) => this.tile(space, inner, at)));
      return followed.reduce((most, tiles) => (words(tiles) > words(most) ? tiles : most));
    });
  }

  private union(space: DataSpace, inner: number, members: readonly Digits[]): ReadonlySet<number>[] {
    const temporal = this.loops.map((loop) => loop.kind === 'temporal');
    const times = new Map<string, Set<number>>();
    // The first member exists whenever another one does.
    for (const member of members) {
      for (const at of this.steps(inner, member)) {
        const time = at.map((digit, i) => (temporal[i] ? digit : 0)).join();
        const tile = times.get(time) ?? new Set<number>();
        for (const word of this.tile(space, inner, at)) tile.add(word);
        times.set(time, tile);
      }
    }
    return [...times.values()];
  }

  private groupOf(space: DataSpace, level: number, inner: number, below: Digits): string {
    const between = this.loops.flatMap((loop, i) =>
      loop.kind !== 'temporal' && loop.level >= level && loop.level < inner ? [i] : [],
    );
    const relevant = between.filter((i) => this.relevant(space).includes(itemAt(this.loops, i).dim));
    return relevant.map((i) => this.keyOf(space, inner, below, i)).join();
  }

  /** What of the digit of a spatial loop tells the groups apart. */
  private keyOf(space: DataSpace, inner: number, below: Digits, i: number): string {
    const { dim, level } = itemAt(this.loops, i);
    const own = `${i}:${itemAt(below, i)}`;
    const window = space === 'Inputs' ? ['PR', 'QS'].find((rank) => rank.includes(dim)) : undefined;
    if (window === undefined || [...window].some((name) => this.problem[name as Dim] === 1)) return own;
    if (this.haloSharing && inner < this.architecture.levels.length) return this.isApart(i, inner) ? own : '';
    if ([...window].every((name) => this.leavesRemainder(name as Dim))) return own;
    // All windows of one level that start at the same place.
    const start = this.loops.reduce(
      (sum, l, j) =>
        l.kind !== 'temporal' && l.level === level && window.includes(l.dim)
          ? sum + itemAt(below, j) * l.unit * this.pace(l.dim)
          : sum,
      0,
    );
    return `${window}${level}:${start}`;
  }

  /** Whether a temporal loop stands between a spatial one of the same dimension and the tiles of a level. */
  private isApart(i: number, inner: number): boolean {
    const { dim } = itemAt(this.loops, i);
    return this.loops
      .slice(i + 1)
      .some((l) => l.level < inner && l.kind === 'temporal' && l.dim === dim && l.bound > 1);
  }

  private leavesRemainder(dim: Dim): boolean {
    return product(this.loops.filter((loop) => loop.dim === dim)) > (this.problem[dim] ?? 1);
  }

  private relevant(space: DataSpace): string {
    return space === 'Inputs' && this.problem.depthwise === true ? 'GNMRSPQ' : RELEVANT[space];
  }

  private pace(dim: Dim): number {
    const { strideP, strideQ, dilationR = 1, dilationS = 1 } = this.problem;
    return { P: strideP, Q: strideQ, R: dilationR, S: dilationS, C: 1, M: 1, N: 1, G: 1 }[dim];
  }

  /** Digits of every loop for the instances of a level: spatial loops outside it take all values, or only those from `from` on. */
  private instancesOf(level: number, from = 0, start: Digits = this.loops.map(() => 0)): Digits[] {
    return this.enumerate(start, (loop) => loop.kind !== 'temporal' && loop.level >= from && loop.level < level);
  }

  /** The steps that an instance of a level takes, in order. */
  private steps(level: number, instance: Digits): Digits[] {
    return this.enumerate(instance, (loop) => loop.kind === 'temporal' && loop.level < level);
  }

  private enumerate(start: Digits, runs: (loop: PlacedLoop) => boolean): Digits[] {
    let all: Digits[] = [start];
    this.loops.forEach((loop, i) => {
      if (!runs(loop)) return;
      all = all.flatMap((digits) => Array.from({ length: loop.bound }, (_, v) => digits.with(i, v)));
    });
    return all.filter((digits) => this.exists(this.point(digits)));
  }

  private exists(point: Point): boolean {
    return DIMS.every((dim) => point[dim] < (this.problem[dim] ?? 1));
  }

  private point(digits: Digits): Point {
    const at = Object.fromEntries(DIMS.map((dim) => [dim, 0])) as Record<Dim, number>;
    this.loops.forEach((loop, i) => (at[loop.dim] += itemAt(digits, i) * loop.unit));
    return at;
  }

  /** Words that the iterations of a level and inside it touch, at one step of one instance. */
  private tile(space: DataSpace, level: number, at: Digits): ReadonlySet<number> {
    const start = this.point(at);
    const relevant = this.relevant(space);
    let points: Point[] = [start];
    for (const dim of DIMS) {
      if (!relevant.includes(dim)) continue;
      const inside = product(this.loops.filter((loop) => loop.dim === dim && loop.level >= level));
      points = points.flatMap((point) =>
        Array.from({ length: inside }, (_, v) => ({ ...point, [dim]: start[dim] + v })),
      );
    }
    return new Set(points.filter((point) => this.exists(point)).map((point) => this.word(space, point)));
  }

  private word(space: DataSpace, at: Point): number {
    const { depthwise } = this.problem;
    const pace = (dim: Dim): number => at[dim] * this.pace(dim);
    const index =
      space === 'Weights'
        ? [at.G, at.C, at.M, at.R, at.S]
        : space === 'Outputs'
          ? [at.G, at.N, at.M, at.P, at.Q]
          : [at.G, at.N, depthwise === true ? at.M : at.C, pace('P') + pace('R'), pace('Q') + pace('S')];
    return index.reduce((word, place) => word * 1000 + place, 0);
  }
}

/** Words of each tile that the one before did not hold. */
function changes(tiles: readonly ReadonlySet<number>[]): number[] {
  return tiles.map((tile, step) => [...tile].filter((word) => tiles[step - 1]?.has(word) !== true).length);
}

/** Words handed down for a sequence of tiles: what is new in each, or, to MACs, which keep nothing, all of each. */
function handed(tiles: readonly ReadonlySet<number>[], inner: number | undefined): number {
  return inner === undefined ? words(tiles) : sum(changes(tiles));
}

function words(tiles: readonly ReadonlySet<number>[]): number {
  return sum(tiles.map((tile) => tile.size));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function product(loops: readonly Loop[]): number {
  return loops.reduce((size, loop) => size * loop.bound, 1);
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}
