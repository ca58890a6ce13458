/** What a worker thread and the thread that started it tell each other without messages, which neither reads while it computes. */
export interface SharedState {
  /** Whether the worker is to stop. */
  stopped: boolean;
  /** Which job of its chunk it is at, counted from 0; -1 before the first. */
  readonly current: number;
  /** When it began with that, in milliseconds since 1970. */
  readonly startedMs: number;
  begin(job: number): void;
}

/** Two 32-bit words and a number of 64 bits. */
const BYTES = 16;

export function newState(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES);
}

export function stateIn(buffer: SharedArrayBuffer): SharedState {
  const [words, times] = [new Int32Array(buffer, 0, 2), new Float64Array(buffer, 8, 1)];
  return {
    get stopped() {
      return Atomics.load(words, 0) === 1;
    },
    set stopped(value) {
      Atomics.store(words, 0, Number(value));
    },
    get current() {
      return Atomics.load(words, 1) - 1;
    },
    get startedMs() {
      return times[0] ?? 0;
    },
    begin(job) {
      times[0] = Date.now();
      Atomics.store(words, 1, job + 1);
    },
  };
}
