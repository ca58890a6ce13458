import type { MapspaceSlots } from '../mapspace/slots.js';
import { packingOf, type Architecture } from '../model/architecture.js';
import { Evaluator } from '../model/evaluator.kernel.js';
import { C, DIM_COUNT, G, INPUTS, M, N, OUTPUTS, P, Q, R, S, SPACES } from '../model/places.js';
import { boundOf, DATA_SPACES, DIMS } from '../model/problem.js';
import { relevanceOf, type Relevance } from '../model/relevance.js';
import { distinctOffsets } from '../model/offsets.js';
import type { NestPrices } from './nest-prices.js';
import type { Choice, SearchTask } from './search.kernel.js';
import type { SplitNest } from './split-nest.kernel.js';
import type { TileBounds } from './tile-bounds.kernel.js';
import { toMapping } from './to-mapping.js';

/**
 * Prices of nests whose bounds may cover more than the problem, or whose neighbours share halos. Whole mappings are evaluated. Partial ones are
 * bounded by what every walk must move, iterations that do not exist left out:
 *
 * - a level that keeps a data space fetches each of its words at least once for every combination of iterations that changes the tile, in each
 *   instance. Along a dimension the data space is not indexed by, combinations that cover `inside` iterations each are `size / inside` or more;
 * - the level outside reads a word once for all instances that may share it, and the MACs take one operand a step, shared by those that may share it;
 * - an instance has at least its even share of the steps, and of the words a level moves.
 *
 * The loops that change a tile are those outside the innermost one that moves it clear; all that are chosen, once the room of the level is too
 * small for what is left.
 *
 * A tile at the edge of the problem may not move at all: of three channels taken two at a time, the third one comes alone and stays while other
 * loops run. So words are counted once for every combination only as far as they surely move, and once otherwise (see `stayingShare`).
 */
export class RemainderPrices implements NestPrices {
  cycles = 0;
  energyPj = 0;
  private readonly architecture: Architecture;
  private readonly slots: MapspaceSlots;
  private readonly nest: SplitNest;
  private readonly tiles: TileBounds;
  private readonly evaluator: Evaluator;
  private readonly relevance: Relevance;
  private readonly sizes: Float64Array;
  private readonly words: Float64Array;
  private readonly macs: number;
  /** Levels that keep each data space, outermost first. */
  private readonly keepers: readonly (readonly number[])[];
  private readonly room: Float64Array;
  /** By level: words an instance reads, and takes in, in words of the level's room. */
  private readonly read: Float64Array;
  private readonly written: Float64Array;
  private readonly loopsOutside: Int32Array;
  /** Per dimension: product of the chosen temporal bounds that change a tile. */
  private readonly changing = new Float64Array(DIM_COUNT);
  /** Share of the words whose tiles surely move with them. */
  private moving = 1;

  constructor(
    { problem, model }: SearchTask,
    architecture: Architecture,
    slots: MapspaceSlots,
    nest: SplitNest,
    tiles: TileBounds,
  ) {
    this.architecture = architecture;
    this.slots = slots;
    this.nest = nest;
    this.tiles = tiles;
    this.evaluator = new Evaluator(problem, architecture, model);
    this.relevance = relevanceOf(problem);
    this.sizes = Float64Array.from(DIMS, (dim) => boundOf(problem, dim));
    this.macs = this.sizes.reduce((product, size) => product * size, 1);
    const { strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
    const size = (dim: number): number => this.sizes[dim]!;
    const plane =
      distinctOffsets(size(P), strideP, size(R), dilationR) * distinctOffsets(size(Q), strideQ, size(S), dilationS);
    const channels = size(problem.depthwise === true ? M : C);
    this.words = Float64Array.of(
      size(G) * size(C) * size(M) * size(R) * size(S),
      size(G) * size(N) * channels * plane,
      size(G) * size(N) * size(M) * size(P) * size(Q),
    );
    this.keepers = DATA_SPACES.map((space) =>
      architecture.levels.flatMap(({ keeps }, l) => (keeps.includes(space) ? [l] : [])),
    );
    const levels = architecture.levels.length;
    this.room = new Float64Array(levels * SPACES).fill(Infinity);
    this.loopsOutside = new Int32Array(levels);
    this.read = new Float64Array(levels);
    this.written = new Float64Array(levels);
  }

  start(): void {
    this.room.fill(Infinity);
  }

  tighten(): void {
    for (let t = 0; t < this.room.length; t++) this.room[t] = this.tiles.roomFor(Math.floor(t / SPACES), t % SPACES);
  }

  price(chosen: number, choice: Pick<Choice, 'split' | 'factors' | 'orders'>): void {
    const { levels } = this.architecture;
    if (chosen < levels.length) {
      this.countLoops(chosen, choice.orders);
      this.bound(chosen);
      return;
    }
    this.evaluator.evaluate(toMapping(this.slots, choice));
    this.cycles = this.evaluator.cost.cycles;
    this.energyPj = this.evaluator.cost.energyPj;
  }

  /** The loops outside a level, as far as they are chosen. */
  private countLoops(chosen: number, orders: Choice['orders']): void {
    let count = 0;
    for (let level = 0; level < this.loopsOutside.length; level++) {
      this.loopsOutside[level] = count;
      if (level < chosen) count += orders[level]!.length;
    }
  }

  private bound(chosen: number): void {
    const { architecture, read, written } = this;
    read.fill(0);
    written.fill(0);
    let energyPj = this.macs * architecture.macEnergyPj;
    for (let space = 0; space < SPACES; space++) energyPj += this.boundSpace(chosen, space);
    let cycles = this.leastSteps();
    let instances = 1;
    for (const [l, level] of architecture.levels.entries()) {
      cycles = Math.max(cycles, throttled(read[l]! / instances, level.readBandwidth));
      cycles = Math.max(cycles, throttled(written[l]! / instances, level.writeBandwidth));
      instances *= this.nest.fanout(l);
    }
    this.cycles = cycles;
    this.energyPj = (energyPj + (architecture.leakagePjPerCycle ?? 0) * cycles) * (1 - 1e-12);
  }

  /** Steps of the instance with most to do: no spatial bounds do more than share the iterations evenly. */
  private leastSteps(): number {
    const { sizes, nest } = this;
    let steps = 1;
    for (let dim = 0; dim < DIM_COUNT; dim++) steps *= Math.ceil(sizes[dim]! / nest.spatialInside[dim]!);
    return steps;
  }

  private boundSpace(chosen: number, space: number): number {
    const { levels, completePacking = 1 } = this.architecture;
    const keepers = this.keepers[space]!;
    let energyPj = 0;
    let fills = 0;
    for (let k = 0; k < keepers.length; k++) {
      const l = keepers[k]!;
      const level = levels[l]!;
      const inner = keepers[k + 1];
      let below = 0;
      let traffic = this.operands(space, l);
      if (inner !== undefined) {
        this.findChanges(chosen, inner, space);
        traffic = this.copies(space, l);
        below = this.copies(space, inner);
      }
      const packing = packingOf(level, DATA_SPACES[space]!);
      let all = traffic + fills;
      let reads = traffic;
      if (space === OUTPUTS) {
        reads = Math.max(0, traffic - this.words[OUTPUTS]! * this.spreadOver(space, l));
        all += reads;
        if (l === 0) all += this.words[OUTPUTS]! * (1 / completePacking - 1);
        this.written[l]! += traffic / packing;
      }
      this.read[l]! += reads / packing;
      this.written[l]! += fills / packing;
      energyPj += (Math.max(0, all) / (packing * level.blockSize)) * level.accessEnergyPj;
      fills = below;
    }
    return energyPj;
  }

  /** Finds the chosen loops that surely change the tile of a level. */
  private findChanges(chosen: number, level: number, space: number): void {
    const { nest, room, sizes, changing, relevance } = this;
    const { extent, geometry, dim, bound } = nest.nest;
    changing.fill(1);
    nest.spanTile(level);
    for (let d = 0; d < DIM_COUNT; d++) extent[d] = Math.min(extent[d]!, sizes[d]!);
    const slides = space === INPUTS && relevance.jumps !== relevance.relevant[INPUTS];
    const movers = slides ? relevance.jumps : relevance.relevant[space]!;
    if (slides) for (const d of [P, Q, R, S]) if (((movers >> d) & 1) === 0) extent[d] = 1;
    let last = this.loopsOutside[level]! - 1;
    const breaks = level > chosen && geometry.words(space, extent) > room[level * SPACES + space]!;
    if (!breaks) while (last >= 0 && ((movers >> dim[last]!) & 1) === 0) last--;
    for (let k = 0; k <= last; k++) changing[dim[k]!]! *= bound[k]!;
    if (last < 0) this.moving = 1;
    else this.moving = breaks ? this.wholeShare(movers) : 1 - this.stayingShare(dim[last]!);
  }

  /**
   * Share of the words of a dimension, at most, that are the only iteration of one of its loops in their instance. Those come last, where the
   * bounds cover more than the problem, and are no more than what is covered in excess: for a loop of bound b over tiles of t words, with x words
   * left for its last round, they are x where x <= t and 2 t - x where x < 2 t, and b t - x are missing.
   */
  private stayingShare(dim: number): number {
    const covered = this.temporal(dim) * this.nest.spatialInside[dim]!;
    return Math.min(1, covered / this.sizes[dim]! - 1);
  }

  /** Share of the words in tiles of the extents of the nest that no edge of the problem cuts. */
  private wholeShare(movers: number): number {
    const { extent } = this.nest.nest;
    let share = 1;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      const size = this.sizes[dim]!;
      if ((movers >> dim) & 1) share *= (Math.floor(size / extent[dim]!) * extent[dim]!) / size;
    }
    return share;
  }

  /** Words fetched into all instances of a level at least, or read there for those further in that may share them. */
  private copies(space: number, level: number): number {
    const { nest, sizes, changing } = this;
    const relevant = this.relevance.relevant[space]!;
    const words = this.words[space]!;
    let copies = 1;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      if ((relevant >> dim) & 1) continue;
      const inside = (this.temporal(dim) / changing[dim]!) * nest.spatialInside[level * DIM_COUNT + dim]!;
      copies *= Math.max(1, Math.ceil(sizes[dim]! / inside - 1e-9));
    }
    return words * (1 + (copies - 1) * this.moving);
  }

  /** Product of all temporal bounds of a dimension, chosen or not. */
  private temporal(dim: number): number {
    const { nest } = this.nest;
    let product = this.nest.rest[dim]!;
    for (let k = 0; k < nest.count; k++) if (nest.dim[k] === dim) product *= nest.bound[k]!;
    return product;
  }

  /** Operands the MACs take from a level at least. */
  private operands(space: number, level: number): number {
    const { sizes } = this;
    const relevant = this.relevance.relevant[space]!;
    const inside = (dim: number): number => this.nest.spatialInside[level * DIM_COUNT + dim]!;
    const steps = (dim: number): number => Math.ceil(sizes[dim]! / inside(dim));
    let operands = 1;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      if (space === INPUTS && dim !== N && dim !== G && dim !== C && dim !== M) continue;
      operands *= (relevant >> dim) & 1 ? sizes[dim]! : steps(dim);
    }
    if (space !== INPUTS) return operands;
    for (const [outer, kernel] of [
      [P, R],
      [Q, S],
    ] as const) {
      operands *= Math.max(sizes[outer]! * steps(kernel), sizes[kernel]! * steps(outer));
    }
    return operands;
  }

  /** Instances of a level, at most, that a data space's words are copied to or summed up from. */
  private spreadOver(space: number, level: number): number {
    const { spatialInside } = this.nest;
    const relevant = this.relevance.relevant[space]!;
    let product = 1;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      if (((relevant >> dim) & 1) === 0) product *= spatialInside[dim]! / spatialInside[level * DIM_COUNT + dim]!;
    }
    return product;
  }
}

function throttled(words: number, bandwidth: number | undefined): number {
  return bandwidth === undefined ? 0 : Math.ceil(words / bandwidth - 1e-9);
}
