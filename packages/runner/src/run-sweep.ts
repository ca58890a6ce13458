import type { EvaluationRecord, Sweep } from '@archon-dse/core';
import type { Executor } from './executor.js';
import { expandSweep } from './expand.js';
import { JournalWriter, readJournal } from './journal.js';
import type { LoadedPlugins } from './loader.js';
import { claimOutDir, noteSweep } from './out-dir.js';
import { ProgressMeter, type Progress } from './progress.js';
import { serialExecutor } from './serial-executor.js';
import { workerpoolExecutor } from './workerpool-executor.js';

export interface RunSweepOptions {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
  readonly outDir: string;
  /** Worker threads, instead of the sweep's `executor.workers`; one for each core when neither says. */
  readonly workers?: number;
  /** Evaluate again what failed in earlier runs. Off by default: results are deterministic, so only a dead worker may do better. */
  readonly retryFailed?: boolean;
  /** Only so many points, spread evenly over the expansion. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface SweepResult {
  /** Records of this sweep's points, in the order of expansion; without those an interruption left out. */
  readonly records: readonly EvaluationRecord[];
  readonly counts: {
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
}

/**
 * Runs a sweep, or what is missing of it: points that have a record in the out directory are skipped. Each record is in the journal
 * before it is counted, so a killed run loses only the points under way. A failing point is recorded and stops no other.
 *
 * @throws ArchonError ARCHON_OUT_NOT_EMPTY, ARCHON_OUT_LOCKED or ARCHON_JOURNAL_CORRUPT
 */
export async function runSweep(options: RunSweepOptions): Promise<SweepResult> {
  const { sweep, plugins, outDir, signal, retryFailed = false, onProgress = () => undefined } = options;
  const { jobs: all, duplicates } = expandSweep(sweep, plugins.registry);
  const jobs = sample(all, options.limit);
  const release = claimOutDir(outDir);
  const journal = new JournalWriter(outDir);
  try {
    const records = new Map(await readJournal(outDir));
    const sweepChanged = await noteSweep(outDir, { sweep, pointIds: jobs.map(({ id }) => id) });

    const missing = jobs.filter(({ id }) => {
      const status = records.get(id)?.status;
      return status === undefined || (retryFailed && status === 'failed');
    });
    const skipped = jobs.length - missing.length;
    const failedBefore = retryFailed ? 0 : jobs.filter(({ id }) => records.get(id)?.status === 'failed').length;
    const meter = new ProgressMeter(jobs.length, skipped, failedBefore);
    onProgress(meter.now());

    const evaluated = new Set<string>();
    await executorOf(options).run(missing, {
      ...(signal === undefined ? {} : { signal }),
      onRecord: (record) => {
        journal.append(record);
        records.set(record.pointId, record);
        evaluated.add(record.pointId);
        onProgress(meter.count(record.status === 'failed'));
      },
    });

    const present = jobs.flatMap(({ id }) => records.get(id) ?? []);
    const ok = present.filter(({ status }) => status === 'ok').length;
    return {
      records: present,
      counts: { total: jobs.length, ok, failed: present.length - ok, skipped, duplicates },
      interrupted: evaluated.size < missing.length,
      sweepChanged,
    };
  } finally {
    journal.close();
    release();
  }
}

function executorOf({ sweep, plugins, workers = sweep.executor.workers }: RunSweepOptions): Executor {
  return sweep.executor.kind === 'serial' ? serialExecutor(plugins) : workerpoolExecutor(plugins, workers);
}

/** `limit` items, spread evenly, in their order; all of them without a limit. */
function sample<T>(items: readonly T[], limit = items.length): readonly T[] {
  if (limit >= items.length) return items;
  return items.filter(
    (_, index) => Math.floor((index * limit) / items.length) !== Math.floor(((index - 1) * limit) / items.length),
  );
}
