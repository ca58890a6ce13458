import type { Candidate, Choice, Point, Registry, Sweep } from '@archon-dse/core';
import { pluginsOf, pointId } from './identity.js';

/** A point to evaluate and its id. Plain data. */
export interface Job {
  readonly id: string;
  readonly point: Point;
}

export interface Expansion {
  readonly jobs: readonly Job[];
  /** How many points were left out because an equal one came before. */
  readonly duplicates: number;
}

/**
 * All points of a sweep: networks x stage axes x accelerators, the last varying fastest, each once.
 * The order depends on the sweep alone.
 */
export function expandSweep(sweep: Sweep, registry: Registry): Expansion {
  const jobs = new Map<string, Job>();
  let count = 0;
  for (const network of sweep.networks.flatMap(choicesOf)) {
    for (const stages of product(sweep.stages.map(choicesOf))) {
      for (const accelerator of sweep.accelerators.flatMap(choicesOf)) {
        const point: Point = { network, stages, accelerator, seed: sweep.seed };
        const id = pointId(point, pluginsOf(point, registry));
        if (!jobs.has(id)) jobs.set(id, { id, point });
        count++;
      }
    }
  }
  return { jobs: [...jobs.values()], duplicates: count - jobs.size };
}

/** One choice for each combination of a candidate's axes. */
export function choicesOf(candidate: Candidate): readonly Choice[] {
  const axes = Object.entries(candidate.axes).map(([name, values]) => values.map((value) => ({ [name]: value })));
  return product(axes).map((values) => ({
    use: candidate.use,
    options: Object.assign({}, candidate.options, ...values) as Choice['options'],
  }));
}

/** Cartesian product, the last list varying fastest; one empty combination for no lists. */
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (combinations, list) => combinations.flatMap((combination) => list.map((item) => [...combination, item])),
    [[]],
  );
}
