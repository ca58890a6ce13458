import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DevOutcome, DevTarget } from './run.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
/** What is installed stays as it is; who works on this package has it elsewhere. */
const IS_INSTALLED = CHILD.split(sep).includes('node_modules');
/** Tells that process that there is nothing to run yet. */
export const EARLY = '--early';
/** A stage of a training has so long to stop by itself, see `startThread`. */
const STOP_TIMEOUT_MS = 12_000;

/** A run under way. */
export interface ChildRun {
  /** What it came to; nothing when it failed, which it has said itself. */
  readonly ended: Promise<DevOutcome | undefined>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

/**
 * Starts runs, each in a process of its own with the output of this one. Between two runs a process may stand ready for the next, which has
 * loaded what every run needs.
 */
export class RunStarter {
  private readonly args: readonly string[];
  private ready: ChildProcess | undefined;

  /** @param args - flags of every run */
  constructor(args: readonly string[]) {
    this.args = args;
  }

  start(target: DevTarget): ChildRun {
    const child = this.ready?.connected === true ? this.ready : this.open([]);
    this.ready = undefined;
    const ended = outcomeOf(child);
    child.send(target);
    return { ended, stop: () => stopRun(child, ended) };
  }

  /** Loads ahead of the next run; nothing where what is loaded may itself change until then. */
  getReady(): void {
    if (IS_INSTALLED) this.ready ??= this.open([EARLY]);
  }

  close(): void {
    this.ready?.kill('SIGKILL');
  }

  private open(more: readonly string[]): ChildProcess {
    // Ctrl-C is for this process, which stops the run once.
    const detached = process.platform !== 'win32';
    return fork(CHILD, [...more, ...this.args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached });
  }
}

async function outcomeOf(child: ChildProcess): Promise<DevOutcome | undefined> {
  let outcome: DevOutcome | undefined;
  child.on('message', (message) => {
    outcome = message as DevOutcome;
  });
  try {
    await once(child, 'close');
    return outcome;
  } catch {
    return undefined;
  }
}

async function stopRun(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
