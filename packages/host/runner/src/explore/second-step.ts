import {
  canonicalJson,
  chooseTop,
  groupKey,
  readPointPath,
  valueInPoint,
  type Point,
  type Registry,
  type Sweep,
} from '@archon-dse/core';
import { Identities, type Contents, type Job } from '@archon-dse/engine';
import type { RecordStore } from '@archon-dse/store';
import { nodePlatform } from '../node-platform.js';
import type { FirstPoints } from '../sweep-meter.js';
import { refinePoint } from './refine.js';

/** A point of the second step with the id of the one it confirms, its own where the settings change nothing. */
export type RefinedJob = Job & { readonly refines: string };

/**
 * The second step of a sweep, in the order of the points it confirms. It follows from the records of the first step alone, so that a
 * resume finds the same.
 *
 * @param first - the points of the first step
 * @returns nothing for a sweep of one step, and while a point of the first has no record
 */
export function secondStep(
  sweep: Sweep,
  first: readonly Job[],
  store: RecordStore,
  basis: { readonly registry: Registry; readonly contents: Contents },
): readonly RefinedJob[] | undefined {
  const { refine } = sweep;
  if (refine === undefined || first.some(({ id }) => !store.has(id))) return undefined;
  const identities = new Identities({ ...basis, platform: nodePlatform });
  const chosen = new Set(chooseTop(sweep, store.heads(idsOf(first)), refine.top));
  return first
    .filter(({ id }) => chosen.has(id))
    .map(({ id, point }) => ({
      ...identities.jobOf(refinePoint(point, refine, basis.registry)),
      refines: id,
    }));
}

/** Those of a second step that are points of their own, each once. */
export function toEvaluate(step: readonly RefinedJob[], first: readonly Job[]): readonly RefinedJob[] {
  const known = new Set(first.map(({ id }) => id));
  return step.filter(({ id }) => !known.has(id) && known.add(id));
}

/** Whether the settings of a sweep make another point of one. */
function isRefinable(point: Point, { refine }: Sweep, registry: Registry): boolean {
  if (refine === undefined) return false;
  const refined = refinePoint(point, refine, registry);
  const valueOf = (of: Point, text: string): string => {
    const path = readPointPath(text);
    return canonicalJson(path === undefined ? of.seed : (valueInPoint(of, path) ?? null));
  };
  return Object.keys(refine.set).some((text) => valueOf(refined, text) !== valueOf(point, text));
}

/** The most points that a second step can have to evaluate, whatever comes out of the first. */
export function mostRefined(points: Iterable<Point>, sweep: Sweep, registry: Registry): number {
  const { top = 'front' } = sweep.refine ?? {};
  const byGroup = new Map<string, number>();
  for (const point of points) {
    const key = groupKey(point, sweep);
    byGroup.set(key, (byGroup.get(key) ?? 0) + (isRefinable(point, sweep, registry) ? 1 : 0));
  }
  const most = top === 'front' ? Infinity : top;
  return [...byGroup.values()].reduce((sum, count) => sum + Math.min(most, count), 0);
}

/** The forecast is made again when so many times as many points have a record. */
const GROWTH = 1.5;

/** How many points a second step is likely to have to evaluate, from the records so far: the more, the better the guess. */
export function refinedForecast(sweep: Sweep, first: FirstPoints, registry: Registry) {
  let [forecast, next] = [0, 1];
  return (store: RecordStore, done: number): number => {
    if (sweep.refine === undefined || (done < next && done < first.total)) return forecast;
    next = Math.ceil(done * GROWTH);
    store.refresh();
    const known = first.known();
    const chosen = new Set(chooseTop(sweep, store.heads(idsOf(known)), sweep.refine.top));
    forecast = known.filter(({ id, point }) => chosen.has(id) && isRefinable(point, sweep, registry)).length;
    return forecast;
  };
}

function* idsOf(jobs: readonly Job[]): Iterable<string> {
  for (const { id } of jobs) yield id;
}
