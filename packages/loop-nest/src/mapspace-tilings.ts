import { divisors } from './factor.js';
import { FREE, type MapspaceSlots } from './mapspace-slots.js';
import { canFinish } from './mapspace-splits.js';
import { DIMS } from './problem.js';

/** The temporal factors a level may take, remembered by what the levels outside it left of a dimension. */
export class TemporalFactors {
  private readonly slots: MapspaceSlots;
  private readonly known = new Map<number, readonly number[]>();

  constructor(slots: MapspaceSlots) {
    this.slots = slots;
  }

  /** Ascending factors of `dim` at `level` after which the levels inside can still make up the product `rest`. */
  of(level: number, dim: number, rest: number): readonly number[] {
    const place = level * DIMS.length + dim;
    const key = rest * this.slots.temporal.length + place;
    let factors = this.known.get(key);
    if (factors === undefined) {
      const given = this.slots.temporal[place] ?? 1;
      const candidates = given === FREE ? divisors(rest) : [given];
      factors = candidates.filter((f) => rest % f === 0 && canFinish(this.slots, level + 1, dim, rest / f));
      this.known.set(key, factors);
    }
    return factors;
  }
}
