import { temporalChoices, type MapspaceSlots } from '../mapspace/slots.js';
import { canFinish } from '../mapspace/splits.js';
import { DIMS } from '../model/problem.js';
import type { TileBounds } from './tile-bounds.kernel.js';

/**
 * The temporal factors a level may take, by what the levels outside it left of a dimension. Left out are those after which the
 * levels inside cannot make up the rest, or cannot hold it however small the tiles are along the other dimensions.
 */
export class TemporalFactors {
  private readonly slots: MapspaceSlots;
  private readonly tiles: TileBounds;
  private most: readonly number[] | undefined;
  private readonly known = new Map<number, readonly number[]>();

  constructor(slots: MapspaceSlots, tiles: TileBounds) {
    this.slots = slots;
    this.tiles = tiles;
  }

  /** Forgets what held for the last spatial split. `most`: the most a factor of each dimension may be. */
  start(most?: readonly number[]): void {
    this.most = most;
    this.known.clear();
  }

  /** Ascending factors of `dim` at `level` when `rest` is left of it. */
  of(level: number, dim: number, rest: number): readonly number[] {
    const place = level * DIMS.length + dim;
    const key = rest * this.slots.temporal.length + place;
    let factors = this.known.get(key);
    if (factors === undefined) {
      factors = temporalChoices(this.slots, level, dim, rest).filter(
        (factor) =>
          factor <= (this.most?.[dim] ?? Infinity) &&
          canFinish(this.slots, level + 1, dim, rest / factor) &&
          this.tiles.holds(level + 1, dim, rest / factor),
      );
      this.known.set(key, factors);
    }
    return factors;
  }
}
