import { compareCosts, pointsInside, seededRandom, type Costs } from '@archon-dse/core';

/** Steps that the exact hypervolumes of a report may take, about a second. Counted, not timed, so that equal reports are equal files. */
export const MOST_STEPS = 1e7;

/** A volume found by sampling. */
export interface EstimatedVolume {
  readonly volume: number;
  /** Of the estimate, in the unit of the volume. */
  readonly standardError: number;
  readonly samples: number;
}

/** Samples of an estimate: a standard error of at most 0.2 % of the box between the best corner and the reference. */
const MOST_SAMPLES = 65_536;
/** Comparisons of values that the estimates of a report may take; samples become fewer with them, to {@link LEAST_SAMPLES}. */
export const MOST_COMPARISONS = 2e8;
const LEAST_SAMPLES = 4096;
const SEED = 1;

/**
 * Volume that `points` dominate up to `reference`, as the share of random points of the box around them that one of them dominates.
 * The numbers drawn are always the same, and the order of the points does not matter.
 */
export function estimateVolume(points: readonly Costs[], reference: Costs, most = MOST_COMPARISONS): EstimatedVolume {
  const inside = pointsInside(points, reference);
  const [first] = inside;
  if (first === undefined) return { volume: 0, standardError: 0, samples: 0 };
  const ideal = inside.reduce<Costs>((corner, point) => corner.map((v, i) => Math.min(v, point[i] ?? v)), first);
  const sizes = reference.map((value, i) => value - (ideal[i] ?? value));
  const box = sizes.reduce((product, size) => product * size, 1);
  const ordered = byVolume(inside, reference);
  const affordable = Math.floor(most / (inside.length * reference.length));
  const samples = Math.max(LEAST_SAMPLES, Math.min(MOST_SAMPLES, affordable));
  const random = seededRandom(SEED, 'hypervolume');
  let hits = 0;
  for (let sample = 0; sample < samples; sample++) {
    const place = sizes.map((size, i) => (ideal[i] ?? 0) + size * random());
    if (ordered.some((point) => point.every((value, i) => value <= (place[i] ?? value)))) hits++;
  }
  const share = hits / samples;
  return { volume: box * share, standardError: box * Math.sqrt((share * (1 - share)) / samples), samples };
}

/** Points that dominate most of the box first: they decide most samples. */
function byVolume(points: readonly Costs[], reference: Costs): readonly Costs[] {
  const volumes = new Map(points.map((point) => [point, point.reduce((v, x, i) => v * ((reference[i] ?? x) - x), 1)]));
  return [...points].sort((a, b) => (volumes.get(b) ?? 0) - (volumes.get(a) ?? 0) || compareCosts(a, b));
}
