import {
  canonicalJson,
  withValueAt,
  type Candidate,
  type Choice,
  type Point,
  type Registry,
  type Sweep,
} from '@archon-dse/core';
import { jobOf, NO_CONTENTS, type Contents, type Job } from '@archon-dse/engine';
import { nodePlatform } from '../node-platform.js';
import { mostRefined } from './second-step.js';

export interface Expansion {
  readonly jobs: readonly Job[];
  /** How many points were left out because an equal one came before. */
  readonly duplicates: number;
}

/**
 * All points of a sweep: networks x stage axes x accelerators, the last varying fastest, each once.
 * The order depends on the sweep alone.
 *
 * @param contents - what the sweep depends on beside itself, see `readContents`
 */
export function expandSweep(sweep: Sweep, registry: Registry, contents: Contents = NO_CONTENTS): Expansion {
  const basis = { registry, contents, platform: nodePlatform };
  const jobs = new Map<string, Job>();
  let count = 0;
  for (const point of pointsOf(sweep)) {
    const job = jobOf(point, basis);
    if (!jobs.has(job.id)) jobs.set(job.id, job);
    count++;
  }
  return { jobs: [...jobs.values()], duplicates: count - jobs.size };
}

interface PointCounts {
  readonly points: number;
  readonly duplicates: number;
  /** The most points that a second step can have; absent without one. */
  readonly mostRefined?: number;
}

/** How many points a sweep has, without looking at files: those of equal options are one. */
export function countPoints(sweep: Sweep, registry: Registry): PointCounts {
  const points = new Map<string, Point>();
  let count = 0;
  for (const point of pointsOf(sweep)) {
    points.set(canonicalJson(point), point);
    count++;
  }
  return {
    points: points.size,
    duplicates: count - points.size,
    ...(sweep.refine && { mostRefined: mostRefined(points.values(), sweep, registry) }),
  };
}

function* pointsOf(sweep: Sweep): Generator<Point> {
  for (const network of sweep.networks.flatMap(choicesOf)) {
    for (const stages of product(sweep.stages.map(choicesOf))) {
      for (const accelerator of sweep.accelerators.flatMap(choicesOf)) {
        yield { network, stages, accelerator, seed: sweep.seed };
      }
    }
  }
}

/** One choice for each combination of a candidate's axes. */
export function choicesOf(candidate: Candidate): readonly Choice[] {
  const axes = Object.entries(candidate.axes).map(([path, values]) => values.map((value) => ({ path, value })));
  return product(axes).map((values) => ({
    use: candidate.use,
    options: values.reduce((options, { path, value }) => withValueAt(options, path, value), candidate.options),
  }));
}

/** Cartesian product, the last list varying fastest; one empty combination for no lists. */
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (combinations, list) => combinations.flatMap((combination) => list.map((item) => [...combination, item])),
    [[]],
  );
}
