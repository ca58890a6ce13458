import {
  fail,
  spaceOf,
  type Choices,
  type Point,
  type Search,
  type SearchProblem,
  type SearchResult,
  type Sweep,
} from '@archon-dse/core';
import { Identities, type Contents, type Job } from '@archon-dse/engine';
import { createStrategy, type AskedPoint } from '@archon-dse/engine/border';
import type { RecordStore } from '@archon-dse/store';
import { border, nodePlatform } from '../node-platform.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import type { StepOutcome } from '../run-step.js';
import { fullEffort } from './full-effort.js';
import { resultsFor } from './search-result.js';
import type { RefinedJob } from './second-step.js';

/** Batches in a row without a new point after which a strategy is believed to have none left. */
const MOST_STALE = 100;

export interface SearchSubject {
  readonly sweep: Sweep;
  readonly search: Search;
  readonly plugins: LoadedPlugins;
  /** The most points to evaluate, at most those of the search. */
  readonly limit: number;
  readonly store: RecordStore;
  /** What the results of points depend on beside them. */
  readonly contentsOf: (points: readonly Point[]) => Promise<Contents>;
  /** Evaluates those of the points that have no record, once for each batch with new points. @param soFar - of the search so far */
  readonly evaluate: (batch: readonly Job[], soFar: FoundPoints) => Promise<StepOutcome>;
}

/** The points of a search. */
interface FoundPoints {
  /** All that were asked for, in that order, each once. */
  readonly jobs: readonly Job[];
  /** Of a strategy with an axis of effort those that got all of it, with the points that they follow from. */
  readonly finals?: readonly RefinedJob[];
  /** That axis, as its path into a point. */
  readonly effort?: string;
}

export interface SearchOutcome extends StepOutcome, FoundPoints {
  /** Points that were asked for again. */
  readonly duplicates: number;
}

/**
 * Asks a strategy for points and tells it what came of them, batch by batch, until its budget is spent or it has no more. What was told is
 * all that decides what is asked, and batches are told whole and in order: so the points are the same for any number of workers, and
 * a search that is started again is told the records it has and goes on where it stopped.
 *
 * @throws ArchonError of the strategy; ARCHON_SWEEP_EMPTY when it finds no point that keeps the constraints between options
 */
export async function runSearch(subject: SearchSubject): Promise<SearchOutcome> {
  const { sweep, search, plugins, limit, store, contentsOf, evaluate } = subject;
  const space = spaceOf(sweep);
  const entry = plugins.registry.resolve('strategy', search.strategy);
  const strategy = await createStrategy(border, entry, search.options, problemOf(sweep, search));
  const resultOf = resultsFor(sweep);
  const jobs = new Map<string, Job>();
  const choicesOf = new Map<string, Choices>();
  const found = (): FoundPoints => {
    if (strategy.effort === undefined) return { jobs: [...jobs.values()] };
    const finals = fullEffort(jobs.values(), choicesOf, strategy.effort, space);
    return { jobs: [...jobs.values()], finals, effort: space.axes[strategy.effort]?.name ?? '' };
  };
  let [evaluated, duplicates, stale] = [0, 0, 0];
  while (jobs.size < limit && stale < MOST_STALE) {
    const asked = await strategy.ask();
    if (asked.length === 0) break;
    const points = asked.map(({ choices, isAllowed }) => (isAllowed ? space.pointOf(choices) : undefined));
    const contents = await contentsOf(points.filter((point) => point !== undefined));
    const identities = new Identities({ registry: plugins.registry, contents, platform: nodePlatform });
    const batch = points.map((point) => point && identities.jobOf(point));
    const fresh = newJobs(batch, jobs, limit);
    if (strategy.effort !== undefined)
      for (const [index, job] of batch.entries())
        if (job !== undefined) choicesOf.set(job.id, asked[index]?.choices ?? []);
    duplicates += batch.filter((job) => job !== undefined).length - fresh.length;
    stale = fresh.length === 0 ? stale + 1 : 0;
    if (fresh.length > 0) {
      const outcome = await evaluate(fresh, found());
      evaluated += outcome.evaluated;
      if (!outcome.isDone) return { ...found(), duplicates, evaluated, isDone: false };
    }
    if (jobs.size < limit) await strategy.tell(asked.map((one, index) => told(one, batch[index], store, resultOf)));
  }
  if (jobs.size === 0) requirePoints(search);
  return { ...found(), duplicates, evaluated, isDone: true };
}

/** What a strategy is asked to search. */
export function problemOf(sweep: Sweep, { budget, seed }: Search): SearchProblem {
  const { axes, constraints } = spaceOf(sweep);
  return { space: { axes, constraints }, objectives: sweep.objectives.length, seed, budget: budget.points };
}

/** The jobs of a batch that are new, as many as there is room for; they are added to those so far. */
function newJobs(batch: readonly (Job | undefined)[], jobs: Map<string, Job>, limit: number): readonly Job[] {
  const fresh: Job[] = [];
  for (const job of batch) {
    if (job === undefined || jobs.has(job.id) || jobs.size >= limit) continue;
    jobs.set(job.id, job);
    fresh.push(job);
  }
  return fresh;
}

function told(
  { choices }: AskedPoint,
  job: Job | undefined,
  store: RecordStore,
  resultOf: ReturnType<typeof resultsFor>,
): SearchResult {
  const record = job && store.head(job.id);
  return record === undefined ? { choices, group: '', state: 'excluded' } : resultOf(choices, record);
}

function requirePoints({ strategy }: Search): never {
  return fail({
    code: 'ARCHON_SWEEP_EMPTY',
    message: `${strategy} found no point that keeps the conditions of the sweep`,
    expected: 'conditions under where that leave points to find',
  });
}
