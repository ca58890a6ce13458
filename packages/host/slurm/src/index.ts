export { planShards, type ShardPlan } from './plan-shards.js';
export { runArrays, USUAL_PACE, type ArrayWork, type Pace } from './run-arrays.js';
export { slurm, type Scheduler } from './scheduler.js';
export type { Look } from './queue.js';
export type { ArrayJob } from './sbatch-options.js';
export { writeShards } from './submission.js';
export type { Task } from './task-state.js';
