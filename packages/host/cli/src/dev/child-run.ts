import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DevOutcome, DevTarget } from './run.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
/** A stage of a training has so long to stop by itself, see `startThread`. */
const STOP_TIMEOUT_MS = 12_000;

/** A run under way. */
export interface ChildRun {
  /** What it came to; nothing when it failed, which it has said itself. */
  readonly ended: Promise<DevOutcome | undefined>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

/** Starts a run in a process of its own, with the output of this one. */
export function startRun(target: DevTarget, args: readonly string[]): ChildRun {
  // Ctrl-C is for this process, which stops the run once.
  const detached = process.platform !== 'win32';
  const child = fork(CHILD, [JSON.stringify(target), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached,
  });
  let outcome: DevOutcome | undefined;
  child.on('message', (message) => {
    outcome = message as DevOutcome;
  });
  const ended = once(child, 'close').then(
    () => outcome,
    () => undefined,
  );
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
