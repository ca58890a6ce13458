import { canonicalJson, type Point, type Search } from '@archon-dse/core';
import type { Contents, Job, OpenExecutor } from '@archon-dse/engine';
import type { RecordStore, SweepNote } from '@archon-dse/store';
import { executorOf } from './execute/executor-of.js';
import { expandSweep } from './explore/expand.js';
import { runSearch } from './explore/search.js';
import type { RefinedJob } from './explore/second-step.js';
import { withContentsOf } from './files/contents.js';
import { runStep, type Run, type StepOutcome } from './run-step.js';
import type { RunReporter } from './run-reporter.js';
import type { RunSweepOptions } from './run-sweep.js';
import { sample } from './sample.js';
import { meterOf, type SweepMeter } from './sweep-meter.js';

/** What the first step of a run has to go by. */
export interface FirstStepBasis {
  readonly options: RunSweepOptions;
  readonly contents: Contents;
  readonly reporter: RunReporter;
  /** What the steps share but for the executor. */
  readonly shared: Omit<Run, 'executor'>;
  /** What the folder was used for before. */
  readonly before: Partial<SweepNote> | undefined;
  /** Notes the points of the first step, the second where it is known, and the axis of effort of a search. @returns whether the sweep is another than before */
  readonly note: (pointIds: readonly string[], second?: readonly RefinedJob[], effort?: string) => Promise<boolean>;
  readonly findSecond: (jobs: readonly Job[]) => readonly RefinedJob[] | undefined;
}

/** What the first step of a run came to. */
export interface FirstStep extends StepOutcome {
  /** Its points, in their order, those without a record too. */
  readonly jobs: readonly Job[];
  /** Those that the sweep is about, where the others only tell which these are, see `FoundPoints`. */
  readonly finals?: readonly RefinedJob[];
  readonly effort?: string;
  /** Points it was going to have; more than there are where a search was cut short. */
  readonly total: number;
  readonly duplicates: number;
  readonly contents: Contents;
  readonly sweepChanged: boolean;
  readonly meter: SweepMeter;
}

/** Evaluates all points of a sweep, or so many of them as the run is limited to. */
export async function exploreAll(basis: FirstStepBasis): Promise<FirstStep> {
  const { options, contents, reporter, shared, note, findSecond } = basis;
  const { sweep, plugins, limit } = options;
  const { jobs, duplicates } = expandSweep(sweep, plugins.registry, contents);
  const sweepChanged = await note(idsOf(jobs), findSecond(jobs));
  const meter = meterOf(options, { total: jobs.length, known: () => jobs }, shared.store, reporter);
  const outcome = await runStep(
    sample(jobs, limit),
    { ...shared, executor: executorOf(options, contents, shared.store) },
    meter,
  );
  return { ...outcome, jobs, total: jobs.length, duplicates, contents, sweepChanged, meter };
}

/** The points of a search are noted when there are so many times as many: then a long search writes them a few times only. */
const NOTE_GROWTH = 1.1;

/** Evaluates the points that a search asks for. Its executor stays open from batch to batch. */
export async function exploreBySearch(basis: FirstStepBasis, search: Search): Promise<FirstStep> {
  const { options, reporter, shared, before, note } = basis;
  const { sweep, plugins } = options;
  const { points: budget } = search.budget;
  const limit = Math.min(budget, options.limit ?? Infinity);
  const isSame = before?.sweep !== undefined && canonicalJson(before.sweep) === canonicalJson(sweep);
  const sweepChanged = await note(isSame ? (before.pointIds ?? []) : []);
  let known: readonly Job[] = [];
  let noted = 0;
  const meter = meterOf(options, { total: budget, known: () => known, most: limit }, shared.store, reporter);
  const evaluations = openEvaluations(options, basis.contents, shared.store);
  try {
    const found = await runSearch({
      ...{ sweep, search, plugins, limit, store: shared.store },
      contentsOf: evaluations.contentsOf,
      async evaluate(batch, { jobs, finals, effort }) {
        known = jobs;
        if (jobs.length >= noted * NOTE_GROWTH && batch.some(({ id }) => !shared.store.has(id))) {
          noted = jobs.length;
          await note(idsOf(jobs), finals, effort);
        }
        return runStep(batch, { ...shared, executor: evaluations.executor() }, meter);
      },
    });
    await note(idsOf(found.jobs), found.finals, found.effort);
    const isWhole = found.isDone && (found.jobs.length < limit || limit === budget);
    if (isWhole) meter.settle();
    return {
      ...found,
      total: isWhole ? found.jobs.length : budget,
      contents: evaluations.contents(),
      sweepChanged,
      meter,
    };
  } finally {
    await evaluations.close();
  }
}

/** The executor of a search, and what the points so far depend on. */
function openEvaluations(options: RunSweepOptions, first: Contents, store: RecordStore) {
  const { plugins, cwd = process.cwd() } = options;
  let contents = first;
  let open: OpenExecutor | undefined;
  return {
    contents: () => contents,
    async contentsOf(points: readonly Point[]): Promise<Contents> {
      const wider = await withContentsOf(points, contents, plugins, cwd);
      if (canonicalJson(wider) === canonicalJson(contents)) return contents;
      await open?.close(); // its threads know the contents they were started with
      open = undefined;
      contents = wider;
      return contents;
    },
    executor() {
      const executor = executorOf(options, contents, store);
      open ??= executor.open?.() ?? { run: executor.run, close: () => Promise.resolve() };
      return open;
    },
    close: async () => open?.close(),
  };
}

export function idsOf(jobs: readonly Job[]): readonly string[] {
  return jobs.map(({ id }) => id);
}
