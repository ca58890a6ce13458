/** An element of an array as squeue tells it. */
export interface Task {
  readonly index: number;
  /** Slurm's word, e.g. `RUNNING`. */
  readonly state: string;
  /** Slurm's word for why it waits or ended; empty when there is none. */
  readonly reason: string;
  /** Where it runs or ran; empty before. */
  readonly node: string;
}

/** What a task is good for: it runs, it waits, it waits until a person lets it go, it never will run, or it is over. */
export type TaskPhase = 'running' | 'pending' | 'held' | 'stuck' | 'over';

const RUNNING = new Set(['RUNNING', 'COMPLETING', 'CONFIGURING', 'SUSPENDED', 'STOPPED', 'SIGNALING', 'STAGE_OUT']);
const PENDING = new Set(['PENDING', 'REQUEUED', 'REQUEUE_FED', 'RESV_DEL_HOLD', 'RESIZING']);
const STUCK_STATES = new Set(['SPECIAL_EXIT', 'REQUEUE_HOLD']);
/** Slurm held the task because starting it failed. */
const STUCK_REASON = /launch failed|JobHoldMaxRequeue/i;
const HELD_REASON = /^JobHeld/;

export function phaseOf({ state, reason }: Task): TaskPhase {
  if (STUCK_STATES.has(state)) return 'stuck';
  if (RUNNING.has(state)) return 'running';
  if (!PENDING.has(state)) return 'over';
  if (STUCK_REASON.test(reason)) return 'stuck';
  return HELD_REASON.test(reason) ? 'held' : 'pending';
}

/** Whether a task may still bring results. */
export function isActive(task: Task): boolean {
  return ['running', 'pending', 'held'].includes(phaseOf(task));
}
