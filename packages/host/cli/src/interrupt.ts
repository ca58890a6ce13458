import { once } from 'node:events';
import type { Context } from './context.js';
import { EXIT } from './terminal/output.js';

/** Ctrl-C, `kill`, and a terminal that closes. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs something long; the first of {@link SIGNALS} aborts its signal and prints `notice`, the second ends the process at once. */
export async function runInterruptibly<T>(
  context: Context,
  notice: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    context.output.info(notice);
  };
  for (const signal of SIGNALS) process.on(signal, onInterrupt);
  try {
    return await run(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onInterrupt);
  }
}

/** Waits for the first of {@link SIGNALS}. They are heard before `invite` tells of it: who reads that may be quick. */
export async function untilInterrupted(context: Context, invite: () => void): Promise<void> {
  await runInterruptibly(context, 'Stopping.', async (signal) => {
    // What keeps the process alive meanwhile is whatever it serves.
    const ended = once(signal, 'abort');
    invite();
    await ended;
  });
}
