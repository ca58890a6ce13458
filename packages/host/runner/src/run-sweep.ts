import { keepWithin, type LayerKeeping } from '@archon-dse/cache';
import type { Confirmation, RecordHead, SchedulerTask, Sweep } from '@archon-dse/core';
import type { Contents, Job } from '@archon-dse/engine';
import {
  claimOutDir,
  earlierNote,
  nextRun,
  noteSweep,
  openStore,
  RecordWriter,
  type RecordStore,
} from '@archon-dse/store';
import { checkStages } from './files/check-stages.js';
import { choicesIn, readContents } from './files/contents.js';
import { executorOf, executorStatus, type OwnExecutor } from './execute/executor-of.js';
import type { SlurmUse } from './execute/slurm-executor.js';
import { choicesOf, MOST_CHECKED } from './explore/expand.js';
import { secondStep, toEvaluate, type RefinedJob } from './explore/second-step.js';
import { changedGrounds, groundsOf } from './files/grounds.js';
import type { LoadedPlugins } from './plugins/loader.js';
import type { Progress } from './progress.js';
import { RunReporter } from './run-reporter.js';
import { exploreAll, exploreBySearch, idsOf } from './run-first-step.js';
import { sample } from './sample.js';
import { runStep, type Run, type StepOutcome } from './run-step.js';

export interface RunSweepOptions {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
  readonly outDir: string;
  /** Where relative paths of options start; the working directory unless given. */
  readonly cwd?: string;
  /** Worker threads, instead of the sweep's `executor.workers`; one for each core when neither says. */
  readonly workers?: number;
  /** How points are evaluated, instead of the sweep's `executor.kind`. */
  readonly executor?: Sweep['executor']['kind'] | OwnExecutor;
  /** How Slurm is used; not needed with another executor. */
  readonly slurm?: SlurmUse;
  /** Evaluate again what failed in earlier runs. Off by default: results are deterministic, so only a dead worker may do better. */
  readonly retryFailed?: boolean;
  /** Evaluates only so many points, spread evenly over the expansion; a second step has what the first leaves. */
  readonly limit?: number;
  /** Where layer results are kept for later runs, and threads find those of others; nowhere unless given. Records are the same. */
  readonly keeping?: LayerKeeping;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears all tasks of a scheduler whenever it tells of a change. */
  readonly onTasks?: (tasks: readonly SchedulerTask[]) => void;
  /** Hears where a plugin threw when a point fails, with the paths of this machine. */
  readonly onStack?: (record: RecordHead, stack: string) => void;
}

export interface SweepResult {
  /** All records of the out directory, for whoever wants them; to be closed. */
  readonly store: RecordStore;
  /**
   * Of all of this sweep's points that have a record, in the order of expansion, whichever run made it; those of a second step follow
   * those of the first.
   */
  readonly pointIds: readonly string[];
  /**
   * The points of the second step and which they confirm; absent without one, and while a point of the first has no record. Of a search
   * with an axis of effort and no second step, the points that got all of it.
   */
  readonly confirmations?: readonly Confirmation[];
  /** Of a search with an axis of effort, its path into a point. */
  readonly effort?: string;
  readonly counts: SweepCounts;
  readonly interrupted: boolean;
  /** The out directory was last used for a different sweep; points both have are not evaluated again. */
  readonly sweepChanged: boolean;
  /** What results depend on and is another than in the last run, e.g. `plugin "me"`: points of it were evaluated again. */
  readonly changed: readonly string[];
}

interface StepCounts {
  /** Points of the step; more than `ok` and `failed` together when a limit or an interruption left some out. */
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  /** Taken from earlier runs. */
  readonly skipped: number;
}

/** Counts of the points of the first step, or of all where there is no second. */
export interface SweepCounts extends StepCounts {
  /** Points the sweep lists more than once. */
  readonly duplicates: number;
  /** Of the second step; absent as `confirmations`. */
  readonly refined?: RefinedCounts;
}

/** Counts of the points that a second step evaluates. */
export interface RefinedCounts extends StepCounts {
  /** Points of the first step that were chosen. */
  readonly chosen: number;
  /** Those of them of which the settings make no other point, or one that the first step has: nothing is evaluated for them. */
  readonly unchanged: number;
}

/**
 * Runs a sweep, or what is missing of it: points that have a record in the out directory are skipped. Each record is in a result
 * file before it is counted, so a killed run loses the points of its last seconds. A failing point is recorded and stops no other. A second step
 * begins when all points of the first have a record.
 *
 * @throws ArchonError of a stage that cannot run on this machine, ARCHON_OUT_NOT_EMPTY, ARCHON_OUT_LOCKED, ARCHON_JOURNAL_CORRUPT,
 *   ARCHON_FILE_* or ARCHON_DISK_FULL; what was evaluated before is in the result files
 */
export async function runSweep(options: RunSweepOptions): Promise<SweepResult> {
  const reporter = new RunReporter(options.outDir, executorStatus(options));
  return reporter.follow(() => runSteps(options, reporter));
}

async function runSteps(options: RunSweepOptions, reporter: RunReporter): Promise<SweepResult> {
  const contents = await lookAhead(options);
  const release = claimOutDir(options.outDir);
  try {
    return await runClaimed(options, contents, reporter);
  } finally {
    release();
    if (options.keeping !== undefined) keepWithin(options.keeping);
  }
}

/** Runs the steps in an out directory that nobody else uses. */
async function runClaimed(options: RunSweepOptions, contents: Contents, reporter: RunReporter): Promise<SweepResult> {
  const { sweep, plugins, outDir } = options;
  const writer = new RecordWriter(outDir, { run: nextRun(outDir) });
  try {
    const store = openStore(outDir);
    const before = earlierNote(outDir);
    const grounds = groundsOf(contents);
    const changed = before === undefined ? [] : changedGrounds(before.grounds, grounds);
    const note = (pointIds: readonly string[], second?: readonly RefinedJob[], effort?: string): Promise<boolean> =>
      noteSweep(outDir, { sweep, pointIds, ...confirmedBy(second), ...along(effort), grounds });
    const findSecond = (jobs: readonly Job[], of = contents) =>
      secondStep(sweep, jobs, store, { registry: plugins.registry, contents: of });

    const shared = { store, writer, ...passedOn(options) };
    const basis = { options, contents, before, reporter, shared, note, findSecond };
    const firstStep = await (sweep.search === undefined ? exploreAll(basis) : exploreBySearch(basis, sweep.search));
    const { jobs: first, meter, sweepChanged } = firstStep;
    const isWhole = firstStep.isDone && first.length === firstStep.total;
    const { finals } = firstStep;
    const second = isWhole ? findSecond(finals ?? first, firstStep.contents) : undefined;
    const counts = { ...countsOf(first, store, firstStep), total: firstStep.total, duplicates: firstStep.duplicates };
    const known = { store, ...along(firstStep.effort), sweepChanged, changed };
    if (second === undefined) {
      const pointIds = presentOf(first, store);
      return { pointIds, ...confirmedBy(finals), counts, interrupted: !firstStep.isDone, ...known };
    }

    await note(idsOf(first), second, firstStep.effort);
    meter.refine();
    const refined = toEvaluate(second, first);
    const run = { ...shared, executor: executorOf(options, firstStep.contents, store) };
    const room = Math.max(0, (options.limit ?? Infinity) - first.length);
    const secondRun = await runStep(sample(refined, room), run, meter);
    const chosen = { chosen: second.length, unchanged: second.length - refined.length };
    return {
      pointIds: presentOf([...first, ...refined], store),
      ...confirmedBy(second),
      counts: { ...counts, refined: { ...chosen, ...countsOf(refined, store, secondRun) } },
      interrupted: !secondRun.isDone,
      ...known,
    };
  } finally {
    writer.close();
  }
}

/** Has stages say whether they can run, and looks at what results depend on. A search has too many points to look at all of them. */
async function lookAhead({ sweep, plugins, cwd = process.cwd() }: RunSweepOptions): Promise<Contents> {
  const choices = choicesIn(sweep, plugins.registry);
  const [stages, accelerators] = sweep.search === undefined ? [Infinity, Infinity] : [MOST_CHECKED, 0];
  await checkStages(
    choices.stage.flatMap((stage) => choicesOf(stage, stages)),
    plugins.registry,
  );
  return readContents(choices, plugins, cwd, accelerators);
}

function presentOf(jobs: readonly Job[], store: RecordStore): readonly string[] {
  return idsOf(jobs).filter((id) => store.has(id));
}

function confirmedBy(second: readonly RefinedJob[] | undefined): Pick<SweepResult, 'confirmations'> {
  return second === undefined ? {} : { confirmations: second.map(({ id, refines }) => ({ pointId: id, refines })) };
}

function along(effort: string | undefined): Pick<SweepResult, 'effort'> {
  return effort === undefined ? {} : { effort };
}

function passedOn({ retryFailed = false, signal, onStack }: RunSweepOptions) {
  return {
    retryFailed,
    ...(signal === undefined ? {} : { signal }),
    ...(onStack === undefined ? {} : { onStack }),
  } satisfies Partial<Run>;
}

function countsOf(jobs: readonly Job[], store: RecordStore, { evaluated }: StepOutcome): StepCounts {
  const counts = { ok: 0, failed: 0 };
  for (const { id } of jobs) {
    const status = store.statusOf(id);
    if (status !== undefined) counts[status] += 1;
  }
  return { total: jobs.length, ...counts, skipped: counts.ok + counts.failed - evaluated };
}
