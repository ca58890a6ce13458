import type { Context } from './context.js';
import { EXIT } from './output.js';

/** Runs something long; the first Ctrl-C aborts its signal and prints `notice`, the second ends the process at once. */
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
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}
