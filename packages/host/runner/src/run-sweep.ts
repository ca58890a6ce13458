import type { Confirmation, EvaluationRecord, Sweep } from '@archon-dse/core';
import type { Contents, Job } from '@archon-dse/engine';
import { checkStages } from './files/check-stages.js';
import { choicesIn, readContents } from './files/contents.js';
import { executorOf } from './execute/executor-of.js';
import { choicesOf, MOST_CHECKED } from './explore/expand.js';
import { secondStep, toEvaluate, type RefinedJob } from './explore/second-step.js';
import { changedGrounds, groundsOf } from './store/grounds.js';
import { JournalWriter, readJournal } from './store/journal.js';
import type { LoadedPlugins } from './plugins/loader.js';
import { claimOutDir, earlierNote, noteSweep } from './store/out-dir.js';
import type { Progress } from './progress.js';
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
  const { sweep, plugins, outDir } = options;
  const contents = await lookAhead(options);
  const release = claimOutDir(outDir);
  const journal = new JournalWriter(outDir);
  try {
    const records = new Map(await readJournal(outDir));
    const before = earlierNote(outDir);
    const grounds = groundsOf(contents);
    const changed = before === undefined ? [] : changedGrounds(before.grounds, grounds);
    const note = (pointIds: readonly string[], second?: readonly RefinedJob[]): Promise<boolean> =>
      noteSweep(outDir, { sweep, pointIds, ...confirmedBy(second), grounds });
    const findSecond = (jobs: readonly Job[], of = contents) =>
      secondStep(sweep, jobs, records, { registry: plugins.registry, contents: of });

    const shared = { journal, records, ...passedOn(options) };
    const basis = { options, contents, before, records, shared, note, findSecond };
    const firstStep = await (sweep.search === undefined ? exploreAll(basis) : exploreBySearch(basis, sweep.search));
    const { jobs: first, meter, sweepChanged } = firstStep;
    const isWhole = firstStep.isDone && first.length === firstStep.total;
    const second = isWhole ? findSecond(first, firstStep.contents) : undefined;
    const counts = { ...countsOf(first, records, firstStep), total: firstStep.total, duplicates: firstStep.duplicates };
    const known = { sweepChanged, changed };
    if (second === undefined)
      return { records: recordsOf(first, records), counts, interrupted: !firstStep.isDone, ...known };

    await note(idsOf(first), second);
    meter.refine();
    const refined = toEvaluate(second, first);
    const run = { ...shared, executor: executorOf(options, firstStep.contents) };
    const room = Math.max(0, (options.limit ?? Infinity) - first.length);
    const secondRun = await runStep(sample(refined, room), run, meter);
    const chosen = { chosen: second.length, unchanged: second.length - refined.length };
    return {
      records: recordsOf([...first, ...refined], records),
      ...confirmedBy(second),
      counts: { ...counts, refined: { ...chosen, ...countsOf(refined, records, secondRun) } },
      interrupted: !secondRun.isDone,
      ...known,
    };
  } finally {
    try {
      journal.close();
    } finally {
      release();
    }
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

function recordsOf(jobs: readonly Job[], records: Run['records']): readonly EvaluationRecord[] {
  return jobs.flatMap(({ id }) => records.get(id) ?? []);
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

function countsOf(jobs: readonly Job[], records: Run['records'], { evaluated }: StepOutcome): StepCounts {
  const present = recordsOf(jobs, records);
  const ok = present.filter(({ status }) => status === 'ok').length;
  return { total: jobs.length, ok, failed: present.length - ok, skipped: present.length - evaluated };
}
