import { fail } from '@archon-dse/core';
import type { Context } from '../context.js';
import { ChangeWatcher } from '../dev/change-watcher.js';
import { startCompanion } from '../dev/companion.js';
import { comparisonText } from '../dev/compare.js';
import { RunStarter } from '../dev/child-run.js';
import { headText } from '../dev/head-text.js';
import type { DevOutcome, DevTarget } from '../dev/run.js';
import { changedFiles, surveyOf, type Survey } from '../dev/survey.js';
import { runInterruptibly } from '../interrupt.js';
import { formatDuration } from '../terminal/format.js';
import type { SimulateFlags } from './simulate.js';
import type { SweepFlags } from './sweep.js';

interface Flags extends Pick<SweepFlags, 'out' | 'workers' | 'limit'>, Pick<SimulateFlags, 'set' | 'plugin' | 'seed'> {
  readonly network?: string;
  readonly accelerator?: string;
  readonly layer?: string;
  readonly with?: string;
  readonly runs?: number;
  readonly clear: boolean;
}

/** `archon dev`: a sweep or a simulation, again whenever its file or the code of its plugins changes. */
export async function dev(context: Context, file: string | undefined, flags: Flags): Promise<void> {
  const target = targetOf(file, flags);
  const watcher = new ChangeWatcher();
  const starter = new RunStarter(context.output.showStack ? ['--stack'] : []);
  let isRunning = true;
  const show = (): void => {
    if (!isRunning) for (const line of companion?.take() ?? []) context.output.info(line);
  };
  const companion = flags.with === undefined ? undefined : startCompanion(flags.with, show);
  try {
    await runInterruptibly(context, 'Stopping.', (signal) =>
      watchAndRun({
        ...{ context, target, flags, watcher, starter, signal },
        setRunning: (now) => {
          isRunning = now;
          show();
        },
      }),
    );
  } finally {
    starter.close();
    await Promise.all([watcher.close(), companion?.stop()]);
  }
}

/** @throws ArchonError ARCHON_USAGE unless it is a sweep or a simulation */
function targetOf(
  file: string | undefined,
  { network, accelerator, layer, set, plugin, seed, ...more }: Flags,
): DevTarget {
  const expected = 'a sweep, or --network and --accelerator';
  if (file !== undefined) {
    if ((network ?? accelerator ?? layer) !== undefined || set.length > 0 || plugin.length > 0) {
      fail({ code: 'ARCHON_USAGE', message: `${file} and options of a simulation`, expected });
    }
    const { out, workers, limit } = more;
    const given = Object.entries({ out, workers, limit }).filter(([, value]) => value !== undefined);
    return { file, flags: Object.fromEntries(given) };
  }
  if (network === undefined || accelerator === undefined) {
    return fail({ code: 'ARCHON_USAGE', message: 'nothing to run', expected });
  }
  return { flags: { network, accelerator, set, plugin, seed, ...(layer === undefined ? {} : { layer }) } };
}

interface Session {
  readonly context: Context;
  readonly target: DevTarget;
  readonly flags: Flags;
  readonly watcher: ChangeWatcher;
  readonly starter: RunStarter;
  readonly signal: AbortSignal;
  readonly setRunning: (isRunning: boolean) => void;
}

async function watchAndRun(session: Session): Promise<void> {
  const { context, target, flags, watcher, starter, signal } = session;
  const stopped = new Promise<'stopped'>((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'));
  });
  let survey = await surveyOf(context, target);
  let changed: readonly string[] = [];
  let before: DevOutcome | undefined;
  for (let runs = 1; !signal.aborted; runs += 1) {
    session.setRunning(true);
    watcher.watch(survey.folders);
    head(session, changed);
    const startedAt = performance.now();
    const run = starter.start(target);
    const change = nextChange(session, survey);
    const first = await Promise.race([
      run.ended.then(() => 'ended' as const),
      change.then(() => 'changed' as const),
      stopped,
    ]);
    if (first !== 'ended') await run.stop();
    if (first === 'stopped') return;
    const outcome = first === 'ended' ? await run.ended : undefined;
    if (outcome !== undefined) {
      context.output.info(`\n${comparisonText(before, outcome)}`);
      before = outcome;
    }
    if (first === 'ended') {
      session.setRunning(false);
      context.output.info(
        `${formatDuration(performance.now() - startedAt)}. Watching ${watchedText(survey)}; Ctrl-C ends.`,
      );
      if (runs === flags.runs) return;
      starter.getReady();
      if ((await Promise.race([change, stopped])) === 'stopped') return;
    }
    ({ survey, changed } = await change);
  }
}

/** Waits for a change that another result may come of. */
async function nextChange(
  { context, target, watcher }: Session,
  before: Survey,
): Promise<{ readonly survey: Survey; readonly changed: readonly string[] }> {
  for (;;) {
    await watcher.next();
    const survey = await surveyOf(context, target);
    const changed = changedFiles(before, survey);
    if (changed.length > 0) return { survey, changed };
  }
}

/** What is run, and why; on a terminal at the top of a screen whose lines move up and are not lost. */
function head({ context: { output, cwd }, target, flags }: Session, changed: readonly string[]): void {
  const rows = process.stderr.rows;
  if (output.errorIsTerminal && flags.clear) process.stderr.write(`${'\n'.repeat(rows)}\u001b[H\u001b[J`);
  output.info(`${headText(target, changed, cwd)}\n`);
}

function watchedText({ files }: Survey): string {
  return `${String(files.size)} ${files.size === 1 ? 'file' : 'files'}`;
}
