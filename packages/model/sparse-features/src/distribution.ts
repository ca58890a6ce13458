/** Probabilities of the values 0, 1, 2, ...; they add up to 1. */
export type Distribution = Float64Array;

/** Multiplications that an exact distribution may take. */
const MOST_WORK = 20_000_000;

export function mean(distribution: Distribution): number {
  return distribution.reduce((sum, probability, value) => sum + probability * value, 0);
}

function variance(distribution: Distribution): number {
  const center = mean(distribution);
  return distribution.reduce((sum, probability, value) => sum + probability * (value - center) ** 2, 0);
}

/** Of a function of a value that never falls below 0. */
export function mapped(distribution: Distribution, act: (value: number) => number): Distribution {
  const values = Array.from(distribution, (_, value) => act(value));
  const result = new Float64Array(Math.max(...values) + 1);
  values.forEach((value, index) => add(result, value, distribution[index] ?? 0));
  return result;
}

function add(distribution: Distribution, value: number, probability: number): void {
  distribution[value] = (distribution[value] ?? 0) + probability;
}

/** Of the product of two independent values. */
export function product(a: Distribution, b: Distribution): Distribution {
  const result = new Float64Array((a.length - 1) * (b.length - 1) + 1);
  a.forEach((p, x) => {
    if (p > 0) b.forEach((q, y) => add(result, x * y, p * q));
  });
  return result;
}

/** Of the largest of so many independent values. */
export function largest(distribution: Distribution, copies: number): Distribution {
  let [atMost, before] = [0, 0];
  return distribution.map((probability) => {
    atMost = Math.min(1, atMost + probability);
    const own = atMost ** copies - before;
    before += own;
    return own;
  });
}

/** Mean and variance, where a distribution would take too long. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

export function momentsOf(distribution: Distribution): Moments {
  return { mean: mean(distribution), variance: variance(distribution) };
}

export function momentsOfSum({ mean: center, variance: spread }: Moments, terms: number): Moments {
  return { mean: terms * center, variance: terms * spread };
}

export function momentsOfProduct(a: Moments, b: Moments): Moments {
  const squares = (a.variance + a.mean ** 2) * (b.variance + b.mean ** 2);
  return { mean: a.mean * b.mean, variance: squares - (a.mean * b.mean) ** 2 };
}

/** Whether the exact distribution of a sum of so many values from 0 to `most` is found in reasonable time. */
export function isQuick(most: number, terms: number): boolean {
  return (most * terms) ** 2 <= MOST_WORK;
}

/** Expected largest of so many independent values as if they were normal. */
export function largestIfNormal({ mean: center, variance: spread }: Moments, copies: number): number {
  return center + Math.sqrt(spread) * expectedLargestNormal(copies);
}

/** Of the sum of so many independent values, by doubling. */
export function sumOf(distribution: Distribution, terms: number): Distribution {
  let result: Distribution = Float64Array.of(1);
  let power = distribution;
  for (let rest = terms; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = convolved(result, power);
    if (rest > 1) power = convolved(power, power);
  }
  return result;
}

/** Of the sum of two independent values. */
export function convolved(a: Distribution, b: Distribution): Distribution {
  const result = new Float64Array(a.length + b.length - 1);
  a.forEach((p, x) => {
    if (p > 0) b.forEach((q, y) => add(result, x + y, p * q));
  });
  return result;
}

/** Expected largest of so many independent standard normal values, to four digits. */
function expectedLargestNormal(copies: number): number {
  const step = 1e-3;
  let [atMost, expectation] = [0, 0];
  for (let x = -8 + step / 2; x < 8; x += step) {
    atMost += (Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)) * step;
    const share = Math.min(1, atMost) ** copies;
    expectation += (x < 0 ? -share : 1 - share) * step;
  }
  return expectation;
}
