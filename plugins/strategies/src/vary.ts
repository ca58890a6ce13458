import { axisSizes, holds, settle, type Choices, type SearchSpace } from '@archon-dse/core';

/** How points are made of others. */
export interface Variation {
  /** Share of pairs of parents that exchange anything. */
  readonly crossover: number;
  /** Mutations a point, on average. */
  readonly mutations: number;
}

/** Distribution indices: the larger, the nearer children are to their parents. */
const CROSSOVER_INDEX = 15;
const MUTATION_INDEX = 20;

/**
 * Two children of two parents. Axes in an order are blended as real numbers and rounded; of others each child has the value of one parent.
 *
 * @source simulated binary crossover: Deb and Agrawal, "Simulated Binary Crossover for Continuous Search Space", Complex Systems 9, 1995
 */
export function crossOver(
  space: SearchSpace,
  parents: readonly [Choices, Choices],
  share: number,
  random: () => number,
): readonly [Choices, Choices] {
  const [one, two] = parents.map((parent) => [...parent]) as [number[], number[]];
  if (random() >= share) return [one, two];
  const sizes = axisSizes(space);
  for (const [axis, { isOrdered }] of space.axes.entries()) {
    if (random() < 0.5) continue;
    const [a, b] = [one[axis] ?? 0, two[axis] ?? 0];
    const [c, d] = isOrdered ? blend(a, b, (sizes[axis] ?? 1) - 1, random()) : [b, a];
    const isSwapped = isOrdered && random() < 0.5;
    [one[axis], two[axis]] = isSwapped ? [d, c] : [c, d];
  }
  return [settle(space, one), settle(space, two)];
}

/** Two places around those of the parents, as far from their middle as chance has it, inside of the axis. */
function blend(a: number, b: number, last: number, chance: number): readonly [number, number] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (low === high) return [a, b];
  const spread = (room: number): number => {
    const beta = 1 + (2 * room) / (high - low);
    const alpha = 2 - beta ** -(CROSSOVER_INDEX + 1);
    const power = 1 / (CROSSOVER_INDEX + 1);
    return chance <= 1 / alpha ? (chance * alpha) ** power : (1 / (2 - chance * alpha)) ** power;
  };
  const near = (low + high - spread(low) * (high - low)) / 2;
  const far = (low + high + spread(last - high) * (high - low)) / 2;
  return [within(near, last), within(far, last)];
}

/**
 * A point with some of its axes changed, one at least. Axes in an order move by chance, near moves being likelier, and by one value at
 * least; others take any other value.
 *
 * @source polynomial mutation: Deb and Goyal, "A Combined Genetic Adaptive Search (GeneAS) for Engineering Design", 1996
 */
export function mutate(space: SearchSpace, choices: Choices, mutations: number, random: () => number): Choices {
  const sizes = axisSizes(space);
  const variable = space.axes.flatMap(({ when }, axis) =>
    (sizes[axis] ?? 1) > 1 && holds(when, choices) ? [axis] : [],
  );
  if (variable.length === 0) return choices;
  const rate = mutations / variable.length;
  const chosen = variable.filter(() => random() < rate);
  const changed = [...choices];
  for (const axis of chosen) {
    const [place, last] = [choices[axis] ?? 0, (sizes[axis] ?? 1) - 1];
    const moved = space.axes[axis]?.isOrdered === true ? move(place, last, random()) : Math.floor(random() * last);
    changed[axis] = space.axes[axis]?.isOrdered === true ? moved : moved >= place ? moved + 1 : moved;
  }
  return settle(space, changed);
}

function move(place: number, last: number, chance: number): number {
  const power = 1 / (MUTATION_INDEX + 1);
  const isDown = chance < 0.5;
  const room = 1 - (isDown ? place : last - place) / last;
  const inner = isDown
    ? 2 * chance + (1 - 2 * chance) * room ** (MUTATION_INDEX + 1)
    : 2 * (1 - chance) + 2 * (chance - 0.5) * room ** (MUTATION_INDEX + 1);
  const delta = isDown ? inner ** power - 1 : 1 - inner ** power;
  const moved = within(place + delta * last, last);
  if (moved !== place) return moved;
  if (place === 0) return 1;
  return place === last ? last - 1 : place + (isDown ? -1 : 1);
}

function within(place: number, last: number): number {
  return Math.min(last, Math.max(0, Math.round(place)));
}
