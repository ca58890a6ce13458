import type { Distribution } from './distribution.js';
import { sumOf } from './distribution.js';

/**
 * How many of `draws` words are not zero when `successes` of `words` are, in places each as likely as any other (hypergeometric).
 *
 * @source the density model of Wu et al., Sparseloop, MICRO 2022, section 5.3.2, in the textbook form of the distribution
 */
export function hypergeometric(words: number, successes: number, draws: number): Distribution {
  const result = new Float64Array(draws + 1);
  const least = Math.max(0, draws - (words - successes));
  const most = Math.min(draws, successes);
  // From the likeliest count outwards, by the ratio of neighbours: no factorials, no overflow.
  const mode = Math.min(most, Math.max(least, Math.floor(((draws + 1) * (successes + 1)) / (words + 2))));
  result[mode] = 1;
  const ratio = (k: number): number =>
    ((successes - k) * (draws - k)) / ((k + 1) * (words - successes - draws + k + 1));
  for (let k = mode; k < most; k += 1) result[k + 1] = (result[k] ?? 0) * ratio(k);
  for (let k = mode - 1; k >= least; k -= 1) result[k] = (result[k + 1] ?? 0) / ratio(k);
  return normalized(result);
}

/** Chance that none of `draws` words is not zero, of `words` of which `successes` are not. */
export function emptyDraw(words: number, successes: number, draws: number): number {
  if (successes === 0) return 1;
  let chance = 1;
  for (let drawn = 0; drawn < draws && chance > 0; drawn += 1) {
    chance *= Math.max(0, words - successes - drawn) / (words - drawn);
  }
  return chance;
}

/** How many of `draws` words are not zero when each is with the same probability, by itself. */
export function binomial(draws: number, probability: number): Distribution {
  const result = new Float64Array(draws + 1);
  if (probability === 0 || probability === 1) {
    result[draws * probability] = 1;
    return result;
  }
  const odds = probability / (1 - probability);
  const mode = Math.min(draws, Math.floor((draws + 1) * probability));
  result[mode] = 1;
  for (let k = mode; k < draws; k += 1) result[k + 1] = ((result[k] ?? 0) * (draws - k) * odds) / (k + 1);
  for (let k = mode - 1; k >= 0; k -= 1) result[k] = ((result[k + 1] ?? 0) * (k + 1)) / ((draws - k) * odds);
  return normalized(result);
}

/**
 * How many words of `lines` lines are not zero, each `length` long and beginning with a block, when exactly `keep` of any `of` are.
 * Lines are independent of each other.
 */
export function structured(length: number, lines: number, keep: number, of: number): Distribution {
  const whole = Math.floor(length / of) * keep;
  const rest = sumOf(hypergeometric(of, keep, length % of), lines);
  const result = new Float64Array(whole * lines + rest.length);
  result.set(rest, whole * lines);
  return result;
}

function normalized(weights: Float64Array): Distribution {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
