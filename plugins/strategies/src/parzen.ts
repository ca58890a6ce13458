import { axisSizes, holds, settle, type Choices, type SearchSpace } from '@archon-dse/core';

/** Weight of a value that is not the observed one, on axes without an order. */
const OTHER_VALUES = 0.3;
/** The least reach of a kernel, in places. */
const LEAST_REACH = 0.35;

/**
 * A density over the points of a space: around each observation a product of one kernel an axis, and as one observation more a density
 * that is the same everywhere. The kernel of an axis in an order falls by the same ratio with each place; that of another axis gives the
 * observed value most and shares the rest among the others. Kernels of axes that a point or an observation does not have are 1.
 *
 * @source Bergstra, Bardenet, Bengio, Kegl, "Algorithms for Hyper-Parameter Optimization", NeurIPS 2011; kernels of several axes together
 *   as in Falkner, Klein, Hutter, "BOHB", ICML 2018
 */
export class ParzenEstimator {
  private readonly space: SearchSpace;
  private readonly observations: readonly Choices[];
  private readonly sizes: readonly number[];
  /** Ratio of neighbouring places, for each axis. */
  private readonly ratios: readonly number[];

  /** @param observations - points of the space */
  constructor(space: SearchSpace, observations: readonly Choices[]) {
    this.space = space;
    this.observations = observations;
    this.sizes = axisSizes(space);
    const shrink = Math.max(1, observations.length) ** (-1 / (space.axes.length + 4));
    this.ratios = this.sizes.map((size) => Math.exp(-1 / Math.max(LEAST_REACH, 0.2 * size * shrink)));
  }

  /** Logarithm of the density of a point. */
  logDensity(choices: Choices): number {
    let sum = this.evenDensity(choices);
    for (const observed of this.observations) sum += this.kernel(observed, choices);
    return Math.log(sum / (this.observations.length + 1));
  }

  /** A point drawn from the density. */
  draw(random: () => number): Choices {
    const observed = this.observations[Math.floor(random() * (this.observations.length + 1))];
    const drawn: number[] = [];
    for (const [axis, { when, isOrdered }] of this.space.axes.entries()) {
      const [size, center] = [this.sizes[axis] ?? 1, observed?.[axis]];
      if (!holds(when, drawn)) drawn.push(0);
      else if (center === undefined || !holds(when, observed ?? [])) drawn.push(Math.floor(random() * size));
      else drawn.push(isOrdered ? this.drawNear(axis, center, random()) : drawValue(size, center, random()));
    }
    return settle(this.space, drawn);
  }

  private evenDensity(choices: Choices): number {
    return this.space.axes.reduce((density, { when }, axis) => {
      return holds(when, choices) ? density / (this.sizes[axis] ?? 1) : density;
    }, 1);
  }

  private kernel(observed: Choices, choices: Choices): number {
    let product = 1;
    for (const [axis, { when, isOrdered }] of this.space.axes.entries()) {
      const size = this.sizes[axis] ?? 1;
      if (!holds(when, choices)) continue;
      if (!holds(when, observed)) product /= size;
      else if (isOrdered) product *= this.nearness(axis, observed[axis] ?? 0, choices[axis] ?? 0);
      else product *= valueWeight(size, observed[axis] === choices[axis]);
    }
    return product;
  }

  /** r^distance over the sum of it over all places. */
  private nearness(axis: number, center: number, place: number): number {
    const [ratio, size] = [this.ratios[axis] ?? 0, this.sizes[axis] ?? 1];
    return ratio ** Math.abs(place - center) / totalOf(ratio, center, size);
  }

  private drawNear(axis: number, center: number, chance: number): number {
    const [ratio, size] = [this.ratios[axis] ?? 0, this.sizes[axis] ?? 1];
    const below = (ratio - ratio ** (center + 1)) / (1 - ratio); // the weight of all places below the center
    const at = chance * totalOf(ratio, center, size);
    const stepsFor = (weight: number): number =>
      Math.floor(Math.log(1 - (weight * (1 - ratio)) / ratio) / Math.log(ratio));
    const place =
      at < below ? center - 1 - stepsFor(at) : at < below + 1 ? center : center + 1 + stepsFor(at - below - 1);
    return Math.min(size - 1, Math.max(0, place));
  }
}

/** Sum of r^distance over all places of an axis. */
function totalOf(ratio: number, center: number, size: number): number {
  return (1 + ratio - ratio ** (center + 1) - ratio ** (size - center)) / (1 - ratio);
}

function valueWeight(size: number, isObserved: boolean): number {
  if (size === 1) return 1;
  return isObserved ? 1 - OTHER_VALUES : OTHER_VALUES / (size - 1);
}

function drawValue(size: number, center: number, chance: number): number {
  if (size === 1 || chance >= OTHER_VALUES) return center;
  const other = Math.floor((chance / OTHER_VALUES) * (size - 1));
  return other >= center ? other + 1 : other;
}
