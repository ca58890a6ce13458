import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait for a server, and how often to ask it again. */
export interface Patience {
  /** A server that sends nothing for so long is given up. */
  readonly stallMs: number;
  /** Pauses before the second attempt, the third one, ... */
  readonly pausesMs: readonly number[];
}

export const PATIENCE: Patience = { stallMs: 30_000, pausesMs: [1000, 2000, 4000, 8000] };

/** A failure that may be over soon: a connection that ends or stalls, a server that is busy. */
export class Hiccup extends Error {}

/**
 * Tries again after a {@link Hiccup}, until there are no pauses left; then throws it.
 *
 * @throws the signal's reason when it is aborted during a pause; anything else that `attempt` throws, at once
 */
export async function withPatience<T>(
  pausesMs: readonly number[],
  { signal, onRetry }: { readonly signal?: AbortSignal; readonly onRetry?: (reason: string, pauseMs: number) => void },
  attempt: () => Promise<T>,
): Promise<T> {
  const [pauseMs, ...later] = pausesMs;
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Hiccup) || pauseMs === undefined) throw error;
    onRetry?.(error.message, pauseMs);
    await pause(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
  return withPatience(later, { ...(signal && { signal }), ...(onRetry && { onRetry }) }, attempt);
}

/** Tells when nothing has happened for a while. */
export class StallWatch {
  private readonly controller = new AbortController();
  readonly stallMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(stallMs: number) {
    this.stallMs = stallMs;
    this.alive();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Starts the wait anew. */
  alive(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), this.stallMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
