import {
  candidateSpace,
  valueCount,
  canonicalJson,
  pointsInOrder,
  spaceOf,
  type Candidate,
  type Choice,
  type Point,
  type Registry,
  type Sweep,
} from '@archon-dse/core';
import { Identities, NO_CONTENTS, type Contents, type Job } from '@archon-dse/engine';
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
  const identities = new Identities({ registry, contents, platform: nodePlatform });
  const jobs = new Map<string, Job>();
  let count = 0;
  for (const point of pointsOf(sweep)) {
    const job = identities.jobOf(point);
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
  const space = spaceOf(sweep);
  for (const choices of pointsInOrder(space)) yield space.pointOf(choices);
}

/** Combinations of an entry of a search that are looked at before it begins. */
export const MOST_CHECKED = 500;

/** Whether an entry of a search has too many combinations to look at all of them, so that points have to show what is wrong. */
export function isTooLarge({ axes }: Candidate, { search }: Sweep): boolean {
  const combinations = Object.values(axes).reduce((count, values) => count * valueCount(values), 1);
  return search !== undefined && combinations > MOST_CHECKED;
}

/**
 * One choice for each combination of a candidate's axes, also for those that a formula between options leaves out.
 *
 * @param most - stops after so many
 */
export function choicesOf({ use, options, axes, when = {} }: Candidate, most = Infinity): readonly Choice[] {
  const space = candidateSpace({ use, options, axes, when });
  const choices: Choice[] = [];
  for (const places of pointsInOrder(space)) {
    if (choices.length >= most) break;
    choices.push(space.choiceOf(places));
  }
  return choices;
}
