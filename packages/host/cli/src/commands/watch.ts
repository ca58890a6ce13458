import { setTimeout } from 'node:timers/promises';
import { overBothSteps, type RunStatus, type Sweep } from '@archon-dse/core';
import { notedIds, openStore, readProgress, readSweepNote, runState } from '@archon-dse/store';
import { inCwd, type Context } from '../context.js';
import { runInterruptibly } from '../interrupt.js';
import { runFacts } from '../sweep/run-facts.js';
import { stageLabel } from '../sweep/stage-label.js';
import { EXIT } from '../terminal/output.js';
import { createProgress, type ProgressView } from '../terminal/progress.js';

/** How often the folder is looked at. */
const LOOK_MS = 500;

/** How a run is in the end, or how the points are where no run tells of itself. */
interface Outcome {
  readonly state: ReturnType<typeof runState> | 'none';
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly error?: RunStatus['error'];
}

/** `archon watch DIR`: how the run of a sweep goes, until it ends. */
export async function watch(context: Context, folder: string, flags: { readonly json?: boolean }): Promise<void> {
  const outDir = inCwd(context, folder);
  const { sweep } = readSweepNote(outDir);
  const progress = createProgress(context.output);
  const outcome = await runInterruptibly(context, 'Stopping to watch; the sweep goes on.', (signal) =>
    follow(outDir, sweep, progress, signal),
  ).finally(progress.stop);
  if (outcome === undefined) return context.setExitCode(EXIT.interrupted);
  if (flags.json) context.output.json({ name: sweep.name, out: outDir, ...outcome });
  else context.output.result(outcomeText(sweep.name, outcome));
  context.setExitCode(exitCode(outcome));
}

/** @returns nothing when the user has seen enough */
async function follow(
  outDir: string,
  sweep: Sweep,
  progress: ProgressView,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  let shown = '';
  while (!signal.aborted) {
    const run = readProgress(outDir);
    if (run === undefined) return withoutRun(outDir);
    const state = runState(run, Date.now());
    if (state !== 'running' && state !== 'silent') return outcomeOf(run, state);
    if (run.points !== undefined && run.updatedAt !== shown) {
      const stages = run.stages.map((stage) => ({ ...stage, label: stageLabel(sweep, stage) }));
      progress.update({ points: run.points, stages: [...runFacts(run), ...stages] });
    }
    shown = run.updatedAt;
    await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

function outcomeOf({ points, error }: RunStatus, state: Outcome['state']): Outcome {
  const [done, total] = points === undefined ? [0, 0] : overBothSteps(points);
  return {
    ...{ state, done, total, failed: points?.failed ?? 0 },
    ...(error === undefined ? {} : { error }),
  };
}

/** The points of a folder of before runs told of themselves. */
function withoutRun(outDir: string): Outcome {
  const ids = notedIds(readSweepNote(outDir));
  const store = openStore(outDir);
  try {
    const states = [...ids].map((id) => store.statusOf(id));
    const failed = states.filter((status) => status === 'failed').length;
    return { state: 'none', done: states.filter(Boolean).length, total: ids.size, failed };
  } finally {
    store.close();
  }
}

const STATE_TEXTS: Readonly<Record<Outcome['state'], string>> = {
  running: '',
  silent: '',
  done: '',
  none: 'No run tells of itself here.',
  interrupted: 'The run was interrupted; the same command goes on from here.',
  failed: 'The run was ended by an error; the same command goes on from here.',
  dead: 'The process of the run is gone without an end; the same command goes on from here.',
};

function outcomeText(name: string, { state, done, total, failed, error }: Outcome): string {
  return [
    `${name}: ${String(done)} of ${String(total)} points${failed > 0 ? `, ${String(failed)} failed` : ''}`,
    STATE_TEXTS[state],
    ...(error === undefined ? [] : [`${error.code ?? ''} ${error.message}`.trim(), error.hint ?? '']),
  ]
    .filter(Boolean)
    .join('\n');
}

function exitCode({ state, done, total, failed }: Outcome): number {
  if (state === 'failed') return EXIT.usage;
  if (state === 'interrupted' || state === 'dead' || (state === 'none' && done < total)) return EXIT.interrupted;
  return failed > 0 ? EXIT.pointsFailed : EXIT.ok;
}
