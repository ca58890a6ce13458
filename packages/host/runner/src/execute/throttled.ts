import type { StageListener } from '@archon-dse/engine';

const INTERVAL_MS = 100;

/** Passes on where a stage begins and where an epoch ends, and of the batches between no more than a person can follow. */
export function throttled(listener: StageListener): StageListener {
  let next = 0;
  return (event) => {
    const { progress } = event;
    const now = performance.now();
    if (progress !== undefined && progress.batch < progress.batches && now < next) return;
    next = now + INTERVAL_MS;
    listener(event);
  };
}
