import type { Context } from '../context.js';

/** What a command does: gets its arguments, then its flags. */
type Action<A extends unknown[]> = (context: Context, ...args: A) => void | Promise<void>;

/** An action whose module, with all it imports, is loaded when the command runs: `--help` and other commands never wait for it. */
export function onDemand<A extends unknown[]>(
  context: Context,
  load: () => Promise<Action<A>>,
): (...args: A) => Promise<void> {
  return async (...args) => (await load())(context, ...args);
}
