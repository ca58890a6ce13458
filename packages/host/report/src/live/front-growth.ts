import { compareCosts, costBounds, dominates, hypervolume, type Costs } from '@archon-dse/core';
import { MOST_STEPS } from '../estimate-volume.js';

/** How a front grew: the hypervolume after each point that changed it. */
export interface Growth {
  /** Points evaluated, whatever came of them. */
  readonly evaluated: number;
  readonly feasible: number;
  /** Points on the front of all groups together; equal ones count each, as in reports. */
  readonly front: number;
  /**
   * After how many points the front was reached that dominates this share of the box between the ideal and the reference; see
   * {@link FrontGrowth}. Exact values; of very many some are left out.
   */
  readonly steps: readonly (readonly [evaluated: number, share: number])[];
  /** False while steps at the end are still to be computed; for ever where a front is too large for an exact volume. */
  readonly isComplete: boolean;
}

/** A point that was dominated by none when it came. */
interface Entry {
  readonly evaluated: number;
  readonly costs: Costs;
}

/** Where points of the front stand. */
interface Place {
  readonly costs: Costs;
  /** How many stand there. */
  points: number;
}

/** Points of a curve; more are not told apart on a screen. */
const MOST_SHOWN = 600;

/**
 * The front of a sweep while its points come. The volume is exact for any number of objectives: an entering point adds its own box less what
 * the front so far covers of it. The reference is that of the report, which follows from all feasible points: when a point moves it, the whole
 * curve is computed anew, so that all of it is measured against one reference and its end is the hypervolume of the report.
 */
export class FrontGrowth {
  private evaluated = 0;
  private feasible = 0;
  private readonly entries: Entry[] = [];
  private front: Place[] = [];
  private ideal: Costs = [];
  private worst: Costs = [];
  private curve: Curve | undefined;

  /** @param costs - of the next point; absent where it may stand on no front */
  add(costs: Costs | undefined): void {
    this.evaluated += 1;
    if (costs === undefined) return;
    this.feasible += 1;
    this.widen(costs);
    const covering = this.covering(costs);
    if (covering !== undefined) {
      if (compareCosts(covering.costs, costs) === 0) covering.points += 1;
      return;
    }
    this.front = [...this.front.filter((other) => !dominates(costs, other.costs)), { costs, points: 1 }];
    this.entries.push({ evaluated: this.evaluated, costs });
  }

  /** One of the front that is nowhere worse. It likely is so for the next points too, so it is asked first from then on. */
  private covering(costs: Costs): Place | undefined {
    const { front } = this;
    const at = front.findIndex((other) => other.costs.every((cost, i) => cost <= (costs[i] ?? NaN)));
    const [first, covering] = [front[0], front[at]];
    if (first !== undefined && covering !== undefined) [front[0], front[at]] = [covering, first];
    return covering;
  }

  private widen(costs: Costs): void {
    const [ideal, worst] = [
      costs.map((cost, i) => Math.min(cost, this.ideal[i] ?? cost)),
      costs.map((cost, i) => Math.max(cost, this.worst[i] ?? cost)),
    ];
    if (compareCosts(ideal, this.ideal) === 0 && compareCosts(worst, this.worst) === 0 && this.feasible > 1) return;
    this.ideal = ideal;
    this.worst = worst;
    this.curve = undefined;
  }

  /**
   * The curve so far.
   *
   * @param isOver - whether to leave the rest to the next call; asked after each step
   */
  growth(isOver: () => boolean = () => false): Growth {
    const { evaluated, feasible, front, entries } = this;
    if (entries.length === 0) return { evaluated, feasible, front: 0, steps: [], isComplete: true };
    const { ideal, reference } = costBounds(Float64Array.of(...this.ideal, ...this.worst), this.ideal.length);
    this.curve ??= new Curve(reference, ideal);
    this.curve.goOn(entries, isOver);
    const { shares } = this.curve;
    const steps = shares.map((share, i) => [entries[i]?.evaluated ?? 0, share] as const);
    return {
      evaluated,
      feasible,
      front: front.reduce((sum, { points }) => sum + points, 0),
      steps: thinned(steps),
      isComplete: shares.length === entries.length,
    };
  }
}

/** The volumes after each entry against one reference, computed as far as there was time. */
class Curve {
  readonly shares: number[] = [];
  private readonly reference: Costs;
  private readonly box: number;
  private front: Costs[] = [];
  private volume = 0;

  constructor(reference: Costs, ideal: Costs) {
    this.reference = reference;
    this.box = hypervolume([ideal], reference);
  }

  goOn(entries: readonly Entry[], isOver: () => boolean): void {
    for (const { costs } of entries.slice(this.shares.length)) {
      const limited = this.front.map((other) => other.map((cost, i) => Math.max(cost, costs[i] ?? cost)));
      const covered = hypervolume(limited, this.reference, MOST_STEPS);
      if (covered === undefined) return; // too large a front of too many objectives: the curve ends here
      this.volume += hypervolume([costs], this.reference) - covered;
      this.front = [...this.front.filter((other) => !dominates(costs, other)), costs];
      this.shares.push(this.box > 0 ? this.volume / this.box : 0);
      if (isOver()) return;
    }
  }
}

/** Evenly spread steps, the last among them. */
function thinned<T>(steps: readonly T[]): readonly T[] {
  const stride = Math.ceil(steps.length / MOST_SHOWN);
  return stride <= 1 ? steps : steps.filter((_, i) => (steps.length - 1 - i) % stride === 0);
}
