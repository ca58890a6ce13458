import { FREE, type MapspaceSlots } from '../mapspace/slots.js';
import type { Architecture } from '../model/architecture.js';
import { DIM_COUNT, INPUTS, OUTPUTS, SPACES } from '../model/places.js';
import { DATA_SPACES } from '../model/problem.js';
import { roomShare, roomsOf } from '../model/rooms.js';
import type { SplitNest } from './split-nest.kernel.js';

/** The smallest tiles that a growing nest can still have at its levels, against what the levels hold. */
export class TileBounds {
  private readonly partial: SplitNest;
  private readonly sizeWords: Float64Array;
  /** Levels that share the room of each level, itself included, and the words of tiles that are settled. */
  private readonly roommates: readonly (readonly number[])[];
  private readonly settled: Float64Array;
  private readonly sizes: Float64Array;
  private readonly clips: boolean;
  /** Levels with a capacity that keep something. */
  private readonly limited: readonly number[];
  private readonly keeps: Uint8Array;
  private readonly packing: Float64Array;
  /** Product of the given temporal factors at a level and further in; the last level outside it with a free one, or -1. */
  private readonly given: Float64Array;
  private readonly lastFree: Int32Array;

  constructor({ levels }: Architecture, slots: MapspaceSlots, partial: SplitNest, clips = false) {
    const cells = (levels.length + 1) * DIM_COUNT;
    this.partial = partial;
    this.given = new Float64Array(cells).fill(1);
    this.lastFree = new Int32Array(cells).fill(-1);
    this.sizes = Float64Array.from(slots.bounds);
    this.clips = clips;
    const rooms = roomsOf(levels);
    this.roommates = rooms.map((room) => rooms.flatMap((own, l) => (own === room ? [l] : [])));
    this.settled = new Float64Array(levels.length);
    this.sizeWords = Float64Array.from(levels, (level) => level.sizeWords ?? Infinity);
    this.limited = levels.flatMap(({ keeps, sizeWords }, l) =>
      keeps.length > 0 && sizeWords !== undefined ? [l] : [],
    );
    this.keeps = Uint8Array.from(
      levels.flatMap(({ keeps }) => DATA_SPACES.map((space) => Number(keeps.includes(space)))),
    );
    this.packing = Float64Array.from(levels.flatMap((level) => DATA_SPACES.map((space) => roomShare(level, space))));
    for (let at = levels.length * DIM_COUNT - 1; at >= 0; at--) {
      const factor = slots.temporal[at]!;
      this.given[at] = this.given[at + DIM_COUNT]! * (factor === FREE ? 1 : factor);
    }
    for (let at = DIM_COUNT; at < cells; at++) {
      const outer = at - DIM_COUNT;
      this.lastFree[at] = slots.temporal[outer] === FREE ? Math.floor(outer / DIM_COUNT) : this.lastFree[outer]!;
    }
  }

  /**
   * The outermost level from `chosen` inwards that cannot hold its tiles, or -1, when the levels outside `chosen` are chosen.
   * Sound for the levels further in, because tiles grow with every factor: see `smallestTile`.
   */
  overflow(chosen: number): number {
    const { limited, sizeWords } = this;
    for (let i = 0; i < limited.length; i++) {
      const level = limited[i]!;
      if (level >= chosen && this.roomTaken(chosen, level) > sizeWords[level]!) return level;
    }
    return -1;
  }

  /** Words that the smallest tiles of all levels in the room of `level` take. Those further out than `chosen` are settled. */
  roomTaken(chosen: number, level: number): number {
    const levels = this.roommates[level]!;
    let words = 0;
    for (let i = 0; i < levels.length; i++) {
      const own = levels[i]!;
      if (own < chosen) words += this.settled[own]!;
      else {
        const tile = this.smallestTile(chosen, own);
        if (own === chosen) this.settled[own] = tile;
        words += tile;
      }
    }
    return words;
  }

  /**
   * Words that the tiles of `level` take the room of at least: they hold the given factors inside, and all of a dimension that no free factor between
   * `chosen` and the level can take away. Exact when `level` is `chosen`.
   */
  smallestTile(chosen: number, level: number): number {
    const { given, lastFree } = this;
    const { nest, rest, spatialInside } = this.partial;
    const { extent } = nest;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      const at = level * DIM_COUNT + dim;
      const inside = given[at]!;
      const temporal = lastFree[at]! >= chosen ? inside : (rest[dim]! * inside) / given[chosen * DIM_COUNT + dim]!;
      extent[dim] = temporal * spatialInside[at]!;
    }
    return this.keptWords(level);
  }

  /** Whether the levels from `chosen` inwards could hold `rest` of `dim` if their tiles were as small as can be along all others. */
  holds(chosen: number, dim: number, rest: number): boolean {
    const { given, lastFree } = this;
    const { nest, spatialInside } = this.partial;
    const { extent } = nest;
    for (const level of this.limited) {
      if (level < chosen) continue;
      const at = level * DIM_COUNT;
      for (let other = 0; other < DIM_COUNT; other++) extent[other] = given[at + other]! * spatialInside[at + other]!;
      if (lastFree[at + dim]! < chosen) extent[dim]! *= rest / given[chosen * DIM_COUNT + dim]!;
      if (this.keptWords(level) > this.sizeWords[level]!) return false;
    }
    return true;
  }

  /** Most words of a data space that a level can hold beside the smallest tiles of the others. */
  roomFor(level: number, space: number): number {
    const { given, keeps, packing, sizeWords } = this;
    const { nest, spatialInside } = this.partial;
    const { extent, geometry } = nest;
    const at = level * DIM_COUNT;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      extent[dim] = Math.min(given[at + dim]! * spatialInside[at + dim]!, this.sizes[dim]!);
    }
    let room = sizeWords[level]!;
    for (let other = 0; other < SPACES; other++) {
      const t = level * SPACES + other;
      if (other !== space && keeps[t] === 1) room -= geometry.words(other, extent) / packing[t]!;
    }
    return room * packing[level * SPACES + space]!;
  }

  private keptWords(level: number): number {
    const { geometry, extent } = this.partial.nest;
    const { keeps, packing, sizes } = this;
    const t = level * SPACES;
    let words = 0;
    // Where bounds leave remainders a tile may be larger than the problem.
    for (let dim = 0; this.clips && dim < DIM_COUNT; dim++) extent[dim] = Math.min(extent[dim]!, sizes[dim]!);
    if (keeps[t] === 1) words += geometry.weights(extent) / packing[t]!;
    if (keeps[t + INPUTS] === 1) words += geometry.inputs(extent) / packing[t + INPUTS]!;
    if (keeps[t + OUTPUTS] === 1) words += geometry.outputs(extent) / packing[t + OUTPUTS]!;
    return words;
  }
}
