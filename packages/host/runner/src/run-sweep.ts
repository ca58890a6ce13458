import { ArchonError, type EvaluationRecord, type Sweep } from '@archon-dse/core';
import type { Contents, Executor } from '@archon-dse/engine';
import { checkStages } from './files/check-stages.js';
import { choicesIn, readContents } from './files/contents.js';
import { choicesOf, expandSweep } from './explore/expand.js';
import { changedGrounds, groundsOf } from './store/grounds.js';
import { JournalWriter, readJournal } from './store/journal.js';
import type { LoadedPlugins } from './plugins/loader.js';
import { claimOutDir, earlierNote, noteSweep } from './store/out-dir.js';
import { ProgressMeter, type Progress } from './progress.js';
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
  /** Evaluates only so many points, spread evenly over the expansion. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears where a plugin threw when a point fails, with the paths of this machine. */
  readonly onStack?: (record: EvaluationRecord, stack: string) => void;
}

export interface SweepResult {
  /** Records of all of this sweep's points that have one, in the order of expansion, whichever run made them. */
  readonly records: readonly EvaluationRecord[];
  readonly counts: {
    /** Points of the sweep; more than `ok` and `failed` together when a limit or an interruption left some out. */
    readonly total: number;
    readonly ok: number;
    readonly failed: number;
    /** Taken from earlier runs. */
    readonly skipped: number;
    /** Points the sweep lists more than once. */
    readonly duplicates: number;
  };
  readonly interrupted: boolean;
  /** The out directory was last used for a different sweep; points both have are not evaluated again. */
  readonly sweepChanged: boolean;
  /** What results depend on and is another than in the last run, e.g. `plugin "me"`: points of it were evaluated again. */
  readonly changed: readonly string[];
}

/**
 * Runs a sweep, or what is missing of it: points that have a record in the out directory are skipped. Each record is in the journal
 * before it is counted, so a killed run loses only the points under way. A failing point is recorded and stops no other.
 *
 * @throws ArchonError of a stage that cannot run on this machine, ARCHON_OUT_NOT_EMPTY, ARCHON_OUT_LOCKED, ARCHON_JOURNAL_CORRUPT,
 *   ARCHON_FILE_* or ARCHON_DISK_FULL; what was evaluated before is in the journal
 */
export async function runSweep(options: RunSweepOptions): Promise<SweepResult> {
  const { sweep, plugins, outDir, signal, retryFailed = false, onProgress = () => undefined } = options;
  await checkStages(sweep.stages.flatMap(choicesOf), plugins.registry);
  const contents = await readContents(choicesIn(sweep), plugins, options.cwd ?? process.cwd());
  const { jobs: all, duplicates } = expandSweep(sweep, plugins.registry, contents);
  const jobs = sample(all, options.limit);
  const release = claimOutDir(outDir);
  const journal = new JournalWriter(outDir);
  try {
    const records = new Map(await readJournal(outDir));
    const before = earlierNote(outDir);
    const grounds = groundsOf(contents);
    const changed = before === undefined ? [] : changedGrounds(before.grounds, grounds);
    const sweepChanged = await noteSweep(outDir, { sweep, pointIds: all.map(({ id }) => id), grounds });

    const missing = jobs.filter(({ id }) => {
      const status = records.get(id)?.status;
      return status === undefined || (retryFailed && status === 'failed');
    });
    const failedBefore = retryFailed ? 0 : jobs.filter(({ id }) => records.get(id)?.status === 'failed').length;
    const counts = { total: jobs.length, skipped: jobs.length - missing.length, failed: failedBefore };
    const meter = new ProgressMeter(counts, missing);
    onProgress(meter.now());

    const evaluated = new Set<string>();
    await executorOf(options, contents).run(missing, {
      ...(signal === undefined ? {} : { signal }),
      onRecord: (record, stack) => {
        // says nothing about the point, and the next ones would fare no better
        if (record.error?.code === 'ARCHON_DISK_FULL') throw new ArchonError(record.error);
        if (stack !== undefined) options.onStack?.(record, stack);
        journal.append(record);
        records.set(record.pointId, record);
        evaluated.add(record.pointId);
        onProgress(meter.count(record));
      },
      onStage: (job, event) => onProgress(meter.watch(job, event)),
    });

    const present = all.flatMap(({ id }) => records.get(id) ?? []);
    const ok = present.filter(({ status }) => status === 'ok').length;
    return {
      records: present,
      counts: {
        total: all.length,
        ok,
        failed: present.length - ok,
        skipped: present.length - evaluated.size,
        duplicates,
      },
      interrupted: evaluated.size < missing.length,
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
