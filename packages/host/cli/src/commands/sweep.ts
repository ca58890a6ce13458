import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, type Sweep } from '@archon-dse/core';
import type { ReportModel } from '@archon-dse/report';
import { loadSweep, runSweep, type LoadedPlugins, type LoadedSweep, type SweepResult } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { waitForDebugger } from '../debugger.js';
import { runInterruptibly } from '../interrupt.js';
import { EXIT } from '../terminal/output.js';
import { createProgress } from '../terminal/progress.js';
import { besideDashboard } from '../sweep/dashboard.js';
import { layerKeeping } from '../sweep/layer-keeping.js';
import { stageLabel } from '../sweep/stage-label.js';
import type { SweepPoints } from '../sweep/write-report.js';

export interface SweepFlags {
  readonly out?: string;
  readonly workers?: number;
  readonly executor?: Sweep['executor']['kind'];
  readonly inspect?: number | true;
  readonly limit?: number;
  readonly leaveJobs?: boolean;
  readonly ui?: number | true;
  readonly resume?: boolean;
  readonly retryFailed?: boolean;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
  readonly json?: boolean;
}

export interface SweptFile {
  readonly sweep: Sweep;
  readonly result: SweepResult;
}

const ARCHON = fileURLToPath(new URL('../../bin/archon.js', import.meta.url));
const STOPPING = 'Stopping; run the same command again to finish the sweep.';

/** `archon sweep FILE`: evaluates what is missing and writes the report. */
export async function sweep(context: Context, file: string, flags: SweepFlags): Promise<void> {
  await sweepFile(context, file, flags);
}

/** Runs a sweep and tells what came out of it, to people and to the caller. */
export async function sweepFile(context: Context, file: string, flags: SweepFlags): Promise<SweptFile> {
  if (flags.inspect !== undefined) waitForDebugger(context, flags.inspect);
  context.output.live([`Reading ${file}`]);
  const { sweep, plugins } = await loadSweep(file, context.host);
  const shown = flags.out ?? join('archon-out', sweep.name);
  const outDir = inCwd(context, shown);
  if (flags.resume && !existsSync(join(outDir, 'results'))) {
    fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `"${shown}" holds no sweep to resume`,
      expected: 'the folder of an earlier run',
    });
  }
  const loaded = { sweep, plugins, outDir, shown };
  if (flags.ui === undefined) return runLoaded(context, loaded, flags);
  return besideDashboard(context, { folder: shown, port: flags.ui, stays: flags.json !== true }, () =>
    runLoaded(context, loaded, flags),
  );
}

interface Loaded extends Pick<LoadedSweep, 'sweep' | 'plugins'> {
  readonly outDir: string;
  /** The same as people read it. */
  readonly shown: string;
}

async function runLoaded(
  context: Context,
  { sweep, plugins, outDir, shown }: Loaded,
  flags: SweepFlags,
): Promise<SweptFile> {
  const keeping = flags.cache === false ? undefined : layerKeeping();
  const progress = createProgress(context.output);
  const result = await runInterruptibly(context, STOPPING, (signal) => {
    signal.addEventListener('abort', progress.stop);
    return runSweep({
      sweep,
      plugins,
      outDir,
      cwd: context.cwd,
      signal,
      onTasks: progress.hearTasks,
      onProgress: (event) => {
        const { stages, ...points } = event;
        const named = stages.map((stage) => ({ ...stage, label: stageLabel(sweep, stage) }));
        progress.update({ points, stages: named });
      },
      onStack: ({ pointId }, stack) => {
        if (context.output.showStack) context.output.info(`point ${pointId}: ${stack}`);
      },
      retryFailed: flags.retryFailed === true,
      ...(keeping === undefined ? {} : { keeping }),
      ...executorOf(flags),
      slurm: { command: [process.execPath, ARCHON, 'shard'], leavesJobs: flags.leaveJobs === true },
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      ...(flags.limit === undefined ? {} : { limit: flags.limit }),
    });
  }).finally(progress.stop);
  // Charts take half a second to load, which the first points need not wait for.
  const { recordsOf, writeReport } = await import('../sweep/write-report.js');
  const { sweepText } = await import('../sweep/sweep-text.js');
  const model = await writeReport(outDir, sweep, recordsOf(result.store, result.pointIds), pointsOf(result));
  if (flags.json) context.output.json({ name: sweep.name, out: outDir, ...outcome(result), ...explained(model) });
  else context.output.result(sweepText(model, result, { out: shown, folders: foldersOf(plugins) }));
  context.setExitCode(exitCode(result));
  return { sweep, result };
}

/** Folders of plugins by name. */
function foldersOf({ sources }: LoadedPlugins): ReadonlyMap<string, string> {
  return new Map(sources.map(({ name, root }) => [name, root]));
}

/** A debugger sees the main thread. */
function executorOf({ executor, inspect }: SweepFlags): { readonly executor?: Sweep['executor']['kind'] } {
  if (executor !== undefined) return { executor };
  return inspect === undefined ? {} : { executor: 'serial' };
}

function pointsOf({ counts: { total, refined }, confirmations, effort }: SweepResult): SweepPoints {
  return {
    total: total + (refined?.total ?? 0),
    ...(confirmations === undefined ? {} : { confirmations }),
    ...(effort === undefined ? {} : { effort }),
  };
}

function outcome({ counts, interrupted, sweepChanged, changed }: SweepResult): object {
  return { counts, interrupted, sweepChanged, changed };
}

/** The report's counts and what kept points off the fronts. */
function explained({ counts, reasons, constraintChecks }: ReportModel): object {
  return { summary: counts, reasons, constraintChecks };
}

function exitCode({ interrupted, counts }: SweepResult): number {
  if (interrupted) return EXIT.interrupted;
  return counts.failed + (counts.refined?.failed ?? 0) > 0 ? EXIT.pointsFailed : EXIT.ok;
}
