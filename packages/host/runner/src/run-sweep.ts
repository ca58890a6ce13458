import type { Confirmation, EvaluationRecord, Sweep } from '@archon-dse/core';
import type { Contents, Executor, Job } from '@archon-dse/engine';
import { checkStages } from './files/check-stages.js';
import { choicesIn, readContents } from './files/contents.js';
import { choicesOf, expandSweep } from './explore/expand.js';
import { refinedForecast, secondStep, toEvaluate, type RefinedJob } from './explore/second-step.js';
import { changedGrounds, groundsOf } from './store/grounds.js';
import { JournalWriter, readJournal } from './store/journal.js';
import type { LoadedPlugins } from './plugins/loader.js';
import { claimOutDir, earlierNote, noteSweep } from './store/out-dir.js';
import { ProgressMeter, type Progress } from './progress.js';
import { runStep, type Run, type StepMeter, type StepOutcome } from './run-step.js';
import { serialExecutor } from './execute/serial-executor.js';
import { workerpoolExecutor } from './execute/workerpool-executor.js';

export interface RunSweepOptions {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
  readonly outDir: string;
  /** Where relative paths of options start; the working directory unless given. */
  readonly cwd?: string;
  /** Worker threads, instead of the sweep's `executor.workers`; one for each core when neither says. */
  readonly workers?: number;
  /** How points are evaluated, instead of the sweep's `executor.kind`. */
  readonly executor?: Sweep['executor']['kind'];
  /** Evaluate again what failed in earlier runs. Off by default: results are deterministic, so only a dead worker may do better. */
  readonly retryFailed?: boolean;
  /** Evaluates only so many points, spread evenly over the expansion; a second step has what the first leaves. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears where a plugin threw when a point fails, with the paths of this machine. */
  readonly onStack?: (record: EvaluationRecord, stack: string) => void;
}

export interface SweepResult {
  /**
   * Records of all of this sweep's points that have one, in the order of expansion, whichever run made them; those of a second step
   * follow those of the first.
   */
  readonly records: readonly EvaluationRecord[];
  /** The points of the second step and which they confirm; absent without one, and while a point of the first has no record. */
  readonly confirmations?: readonly Confirmation[];
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
 * Runs a sweep, or what is missing of it: points that have a record in the out directory are skipped. Each record is in the journal
 * before it is counted, so a killed run loses only the points under way. A failing point is recorded and stops no other. A second step
 * begins when all points of the first have a record.
 *
 * @throws ArchonError of a stage that cannot run on this machine, ARCHON_OUT_NOT_EMPTY, ARCHON_OUT_LOCKED, ARCHON_JOURNAL_CORRUPT,
 *   ARCHON_FILE_* or ARCHON_DISK_FULL; what was evaluated before is in the journal
 */
export async function runSweep(options: RunSweepOptions): Promise<SweepResult> {
  const { sweep, plugins, outDir, limit = Infinity } = options;
  const choices = choicesIn(sweep, plugins.registry);
  await checkStages(choices.stage.flatMap(choicesOf), plugins.registry);
  const contents = await readContents(choices, plugins, options.cwd ?? process.cwd());
  const { jobs: first, duplicates } = expandSweep(sweep, plugins.registry, contents);
  const release = claimOutDir(outDir);
  const journal = new JournalWriter(outDir);
  try {
    const records = new Map(await readJournal(outDir));
    const before = earlierNote(outDir);
    const grounds = groundsOf(contents);
    const changed = before === undefined ? [] : changedGrounds(before.grounds, grounds);
    const note = (second: readonly RefinedJob[] | undefined): Promise<boolean> =>
      noteSweep(outDir, { sweep, pointIds: first.map(({ id }) => id), ...confirmedBy(second), grounds });
    const findSecond = () => secondStep(sweep, first, records, { registry: plugins.registry, contents });
    const sweepChanged = await note(findSecond());

    const run = { executor: executorOf(options, contents), journal, records, ...passedOn(options) };
    const meter = meterOf(options, first, records);
    const firstRun = await runStep(sample(first, limit), run, meter);
    const second = firstRun.isDone ? findSecond() : undefined;
    const refined = second === undefined ? [] : toEvaluate(second, first);
    if (second !== undefined) await note(second);
    const secondRun =
      second === undefined ? undefined : await runStep(sample(refined, Math.max(0, limit - first.length)), run, meter);

    const counts = { ...countsOf(first, records, firstRun), duplicates };
    const refinedCounts = secondRun && {
      ...{ chosen: second?.length ?? 0, unchanged: (second?.length ?? 0) - refined.length },
      ...countsOf(refined, records, secondRun),
    };
    return {
      records: [...first, ...refined].flatMap(({ id }) => records.get(id) ?? []),
      ...confirmedBy(second),
      counts: { ...counts, ...(refinedCounts === undefined ? {} : { refined: refinedCounts }) },
      interrupted: !firstRun.isDone || secondRun?.isDone === false,
      sweepChanged,
      changed,
    };
  } finally {
    try {
      journal.close();
    } finally {
      release();
    }
  }
}

function confirmedBy(second: readonly RefinedJob[] | undefined): Pick<SweepResult, 'confirmations'> {
  return second === undefined ? {} : { confirmations: second.map(({ id, refines }) => ({ pointId: id, refines })) };
}

function passedOn({ retryFailed = false, signal, onStack }: RunSweepOptions) {
  return {
    retryFailed,
    ...(signal === undefined ? {} : { signal }),
    ...(onStack === undefined ? {} : { onStack }),
  } satisfies Partial<Run>;
}

/** Tells the progress of one step after the other. */
function meterOf(
  { sweep, plugins, limit = Infinity, onProgress = () => undefined }: RunSweepOptions,
  first: readonly Job[],
  records: Run['records'],
): StepMeter {
  const forecast = refinedForecast(sweep, first, plugins.registry);
  const hasSecond = sweep.refine !== undefined && limit >= first.length;
  let meter: ProgressMeter | undefined;
  const tell = (progress: Progress | undefined): void => {
    if (progress !== undefined) onProgress(progress);
  };
  return {
    begin(counts, missing) {
      if (meter !== undefined) return tell(meter.refine(counts));
      const refined = (done: number): number => Math.min(limit - first.length, forecast(records, done));
      meter = new ProgressMeter(counts, missing, hasSecond ? refined : undefined);
      tell(meter.now());
    },
    count: (record) => tell(meter?.count(record)),
    watch: (job, event) => tell(meter?.watch(job, event)),
  };
}

function countsOf(jobs: readonly Job[], records: Run['records'], { evaluated }: StepOutcome): StepCounts {
  const present = jobs.flatMap(({ id }) => records.get(id) ?? []);
  const ok = present.filter(({ status }) => status === 'ok').length;
  return { total: jobs.length, ok, failed: present.length - ok, skipped: present.length - evaluated };
}

function executorOf(
  { sweep, plugins, workers = sweep.executor.workers, executor = sweep.executor.kind }: RunSweepOptions,
  contents: Contents,
): Executor {
  if (executor === 'serial') return serialExecutor(plugins, contents);
  return workerpoolExecutor(plugins, workers, sweep.executor.timeoutS, contents);
}

/** `limit` items, spread evenly, in their order; all of them without a limit. */
function sample<T>(items: readonly T[], limit = items.length): readonly T[] {
  if (limit >= items.length) return items;
  return items.filter(
    (_, index) => Math.floor((index * limit) / items.length) !== Math.floor(((index - 1) * limit) / items.length),
  );
}
