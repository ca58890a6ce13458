import type { Architecture } from '../src/model/architecture.js';
import type { Loop, Mapping } from '../src/model/mapping.js';
import { DATA_SPACES, DIMS, type DataSpace, type Dim, type Problem } from '../src/model/problem.js';

/**
 * The access-count rules taken literally: every sampled point of the nest is visited, every instance of a level is enumerated.
 * Shares no code with the closed form.
 */

interface PlacedLoop extends Loop {
  readonly level: number;
  /** Bounds of the same dimension inside this loop, multiplied. */
  readonly unit: number;
}

type Position = readonly number[];

interface WalkedTile {
  readonly tileWords: number;
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
}

export interface Walk {
  readonly cycles: number;
  readonly energyPj: number;
  /** By `level:data space`. */
  readonly tiles: Readonly<Record<string, WalkedTile>>;
}

/** Coordinates of the first word of a data space for one iteration of every dimension. */
function position(problem: Problem, space: DataSpace, at: Readonly<Record<Dim, number>>): Position {
  if (space === 'Weights') return [at.G, at.C, at.M, at.R, at.S];
  if (space === 'Outputs') return [at.G, at.N, at.M, at.Q, at.P];
  const channel = problem.depthwise === true ? at.M : at.C;
  const row = at.P * problem.strideP + at.R * (problem.dilationR ?? 1);
  return [at.G, at.N, channel, row, at.Q * problem.strideQ + at.S * (problem.dilationS ?? 1)];
}

function byDim(value: (dim: Dim) => number): Readonly<Record<Dim, number>> {
  return Object.fromEntries(DIMS.map((dim) => [dim, value(dim)])) as Record<Dim, number>;
}

function place(mapping: Mapping): readonly PlacedLoop[] {
  const loops = mapping.flatMap((own, level) => own.map((loop) => ({ ...loop, level })));
  return loops.map((loop, i) => ({
    ...loop,
    unit: product(loops.slice(i + 1).filter((inner) => inner.dim === loop.dim)),
  }));
}

function product(loops: readonly Loop[]): number {
  return loops.reduce((size, loop) => size * loop.bound, 1);
}

/** Sides of the box of words a level's tile covers. */
function sides(problem: Problem, space: DataSpace, loops: readonly PlacedLoop[], level: number): Position {
  const inside = loops.filter((loop) => loop.level >= level);
  const last = byDim((dim) => product(inside.filter((loop) => loop.dim === dim)) - 1);
  return position(problem, space, last).map((side) => side + 1);
}

function volume(box: Position): number {
  return box.reduce((words, side) => words * side, 1);
}

function stepOf(problem: Problem, space: DataSpace, loop: PlacedLoop): Position {
  return position(
    problem,
    space,
    byDim((dim) => (dim === loop.dim ? loop.unit : 0)),
  );
}

function temporalOutside(loops: readonly PlacedLoop[], level: number): readonly PlacedLoop[] {
  return loops.filter((loop) => loop.level < level && loop.kind === 'temporal' && loop.bound > 1);
}

/** Words brought into one tile: visits each combination of first and second iterations, outermost loop slowest. */
export function sampledFills(problem: Problem, space: DataSpace, mapping: Mapping, level: number): number {
  const loops = place(mapping);
  const outside = temporalOutside(loops, level);
  const steps = outside.map((loop) => stepOf(problem, space, loop));
  const box = sides(problem, space, loops, level);
  let last: Position | undefined;
  let direction = '';
  let fills = 0;
  for (let point = 0; point < 2 ** outside.length; point++) {
    const on = outside.map((_, k) => Math.floor(point / 2 ** (outside.length - 1 - k)) % 2 === 1);
    const weight = outside.reduce((w, loop, k) => (on[k] ? w * (loop.bound - 1) : w), 1);
    const here = box.map((_, rank) => steps.reduce((sum, step, k) => sum + (on[k] ? (step[rank] ?? 0) : 0), 0));
    const before = last;
    const shift = before && here.map((x, rank) => x - (before[rank] ?? 0));
    const [words, next] = fetched(box, shift, direction);
    fills += weight * words;
    direction = next;
    last = here;
  }
  return fills;
}

/** What a move of the tile fetches, and the direction it leaves behind. */
function fetched(box: Position, shift: Position | undefined, direction: string): readonly [number, string] {
  if (shift === undefined) return [volume(box), ''];
  const moves = shift.flatMap((by, rank) => (by === 0 ? [] : [`${rank}${by > 0 ? '+' : '-'}`]));
  const [way, ...others] = moves;
  if (way === undefined) return [0, ''];
  const common = box.map((side, rank) => side - Math.abs(shift[rank] ?? 0));
  const disjoint = common.some((side) => side <= 0);
  if (disjoint || others.length > 0 || (direction !== '' && direction !== way)) return [volume(box), ''];
  return [volume(box) - volume(common), way];
}

/** Words brought into one tile when every iteration is visited and a tile that moved at all is fetched whole. */
export function walkedFills(problem: Problem, space: DataSpace, mapping: Mapping, level: number): number {
  const loops = place(mapping);
  const outside = temporalOutside(loops, level);
  const tile = volume(sides(problem, space, loops, level));
  let last = '';
  let fills = 0;
  for (let time = 0; time < product(outside); time++) {
    let rest = time;
    const at: Record<string, number> = {};
    for (const loop of [...outside].reverse()) {
      at[loop.dim] = (at[loop.dim] ?? 0) + (rest % loop.bound) * loop.unit;
      rest = Math.floor(rest / loop.bound);
    }
    const here = position(
      problem,
      space,
      byDim((dim) => at[dim] ?? 0),
    ).join();
    if (here !== last) fills += tile;
    last = here;
  }
  return fills;
}

/** Different tiles among the instances below one instance of a level, by listing them. */
function distinctTiles(problem: Problem, space: DataSpace, loops: readonly PlacedLoop[], level: number): number {
  const spatial = loops.filter((loop) => loop.level === level && loop.kind !== 'temporal');
  const tiles = new Set<string>();
  for (let instance = 0; instance < product(spatial); instance++) {
    let rest = instance;
    const at: Record<string, number> = {};
    for (const loop of spatial) {
      at[loop.dim] = (at[loop.dim] ?? 0) + (rest % loop.bound) * loop.unit;
      rest = Math.floor(rest / loop.bound);
    }
    tiles.add(
      position(
        problem,
        space,
        byDim((dim) => at[dim] ?? 0),
      ).join(),
    );
  }
  return tiles.size;
}

/** Everything `evaluate` counts, literally. */
export function walk(problem: Problem, architecture: Architecture, mapping: Mapping): Walk {
  const { levels } = architecture;
  const loops = place(mapping);
  const computeCycles = product(loops.filter((loop) => loop.kind === 'temporal'));
  const tiles: Record<string, WalkedTile> = {};
  for (const space of DATA_SPACES) {
    const keepers = levels.flatMap((level, l) => (level.keeps.includes(space) ? [l] : []));
    let partition = volume(sides(problem, space, loops, 0));
    keepers.forEach((level, k) => {
      const inner = keepers[k + 1] ?? levels.length;
      const between = levels.flatMap((_, l) => (l >= level && l < inner ? [l] : []));
      const distinct = between.reduce((n, l) => n * distinctTiles(problem, space, loops, l), 1);
      const words = inner === levels.length ? computeCycles : sampledFills(problem, space, mapping, inner);
      const traffic = words * distinct;
      tiles[`${level}:${space}`] = {
        tileWords: volume(sides(problem, space, loops, level)),
        reads: space === 'Outputs' ? traffic - partition : traffic,
        updates: space === 'Outputs' ? traffic : 0,
        fills: k === 0 ? 0 : sampledFills(problem, space, mapping, level),
      };
      partition /= distinct;
    });
  }
  return { tiles, ...totals(architecture, loops, computeCycles, tiles) };
}

function totals(
  { levels, macEnergyPj, completePacking = 1 }: Architecture,
  loops: readonly PlacedLoop[],
  computeCycles: number,
  tiles: Readonly<Record<string, WalkedTile>>,
): { readonly cycles: number; readonly energyPj: number } {
  let cycles = computeCycles;
  let energyPj = product(loops) * macEnergyPj;
  levels.forEach((level, l) => {
    const instances = product(loops.filter((loop) => loop.level < l && loop.kind !== 'temporal'));
    const own = Object.entries(tiles).flatMap(([key, tile]) => {
      const [at, space] = key.split(':') as [string, DataSpace];
      return at === String(l) ? [{ ...tile, space, packing: level.packing?.[space] ?? 1 }] : [];
    });
    type OwnTile = (typeof own)[number];
    const sum = (words: (tile: OwnTile) => number): number =>
      own.reduce((total, tile) => total + words(tile) / tile.packing, 0);
    /** What of the accesses is a complete output, each written once. */
    const complete = ({ space, updates, reads }: OwnTile): number =>
      l === 0 && space === 'Outputs' ? updates - reads : 0;
    const accesses = (tile: OwnTile): number =>
      tile.reads + tile.updates + tile.fills - complete(tile) + complete(tile) / completePacking;
    const vectors = own.reduce((n, tile) => n + Math.ceil(accesses(tile) / (level.blockSize * tile.packing)), 0);
    energyPj += vectors * level.accessEnergyPj * instances;
    const reading = Math.ceil(sum((tile) => tile.reads) / (level.readBandwidth ?? Infinity));
    const writing = Math.ceil(sum((tile) => tile.updates + tile.fills) / (level.writeBandwidth ?? Infinity));
    cycles = Math.max(cycles, reading, writing);
  });
  return { cycles, energyPj };
}
