import type { SlurmSettings } from '@archon-dse/core';
import { lookUp, OWN, type Look } from './queue.js';
import { sbatchOptions, type ArrayJob } from './sbatch-options.js';
import { runTool, type Answer } from './tools.js';

/** The number of a job, or what was said instead: with an error unless `isTaken`. */
type Submitted = { readonly job: string } | { readonly words: string; readonly isTaken?: true };

/** What the leader of a sweep asks of Slurm. */
export interface Scheduler {
  submit(job: ArrayJob): Promise<Submitted>;
  lookUp(name: string, job?: string): Promise<Look>;
  /** Ends all jobs of a name. */
  cancel(name: string): Promise<void>;
  cancelTasks(job: string, tasks: readonly number[]): Promise<void>;
  /** The most tasks that an array may have here. */
  mostTasks(): Promise<number>;
}

/** That of most sites, where Slurm does not say. */
const USUAL_MOST_TASKS = 1001;

/** Slurm as its tools tell it. They print text: their JSON has another shape in every version. */
export function slurm(settings: SlurmSettings): Scheduler {
  return {
    async submit(job) {
      const answer = await runTool('sbatch', sbatchOptions(job, settings));
      return 'words' in answer ? answer : jobIn(answer);
    },
    lookUp,
    async cancel(name) {
      await runTool('scancel', [`--name=${name}`, OWN]);
    },
    async cancelTasks(job, tasks) {
      await runTool('scancel', [`${job}_[${tasks.join(',')}]`]);
    },
    async mostTasks() {
      const answer = await runTool('scontrol', ['show', 'config']);
      const found = 'output' in answer ? /^MaxArraySize\s*=\s*(\d+)/m.exec(answer.output)?.[1] : undefined;
      return Math.max(1, Number(found ?? USUAL_MOST_TASKS));
    },
  };
}

/** A cluster's name may follow the number: `17;alpha`. A site's own sbatch may print something else. */
function jobIn({ output }: Extract<Answer, { output: string }>): Submitted {
  const job = /^(\d+)(;|$)/m.exec(output.trim())?.[1];
  return job === undefined ? { words: output.trim() || 'sbatch printed nothing', isTaken: true } : { job };
}
