import { hostname } from 'node:os';
import type { RunStatus } from '@archon-dse/core';

/** A run tells something every ten seconds at least; one that trains in its own thread may be quiet for long. */
const SILENT_MS = 60_000;

/**
 * How a run is, judged from outside: as it tells itself, `dead` when its process is gone without an end, `silent` when it has told nothing for
 * a minute, which on another machine is all that can be known of it.
 *
 * @param nowMs - as `Date.now()`
 */
export function runState(
  { state, leader, updatedAt }: RunStatus,
  nowMs: number,
): RunStatus['state'] | 'silent' | 'dead' {
  if (state !== 'running') return state;
  if (leader.host === hostname() && !isAlive(leader.pid)) return 'dead';
  return nowMs - Date.parse(updatedAt) < SILENT_MS ? 'running' : 'silent';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
