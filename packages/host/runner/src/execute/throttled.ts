import type { StageListener } from '@archon-dse/engine';

const INTERVAL_MS = 100;

/** Passes on where a stage begins and where a unit of its work ends, and of what is between no more than a person can follow. */
export function throttled(listener: StageListener): StageListener {
  let next = 0;
  return (event) => {
    const { progress } = event;
    const now = performance.now();
    if (progress !== undefined && !Number.isInteger(progress.done) && now < next) return;
    next = now + INTERVAL_MS;
    listener(event);
  };
}
