import { setTimeout as delay } from 'node:timers/promises';
import { ArchonError } from '@archon-dse/core';
import type { ArrayJob } from './sbatch-options.js';
import type { Scheduler } from './scheduler.js';

const MOST_TRIES = 5;

/** What Slurm says when it may take the same job a little later. */
const PASSING = /unable to contact|timed out|zero bytes|standby|temporarily|connect(ion)? (failure|refused)|no answer/i;

/**
 * Hands an array to Slurm. A job whose answer was lost, or has no number, may be queued all the same, so it is looked for before another
 * try. One that is refused is not: Slurm lists it for a while as a job that failed.
 *
 * @param pauseMs - between tries; each next one waits that much longer
 * @param onTrouble - hears what Slurm said when there is another try
 * @returns the job's number; nothing when `signal` was aborted meanwhile
 * @throws ArchonError ARCHON_SLURM_REFUSED with Slurm's own words
 */
export async function submitArray(
  scheduler: Scheduler,
  job: ArrayJob,
  { pauseMs, onTrouble, signal }: SubmitOptions,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const answer = await scheduler.submit(job);
    if ('job' in answer) return answer.job;
    const isPassing = PASSING.test(answer.words);
    if (!isPassing && answer.isTaken !== true) throw refused(answer.words);
    const look = await scheduler.lookUp(job.name);
    if (look !== 'none' && 'job' in look) return look.job;
    if (attempt === MOST_TRIES || !isPassing) throw refused(answer.words);
    onTrouble(answer.words);
    await delay(pauseMs * attempt, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted === true) return undefined;
  }
}

export interface SubmitOptions {
  readonly pauseMs: number;
  readonly onTrouble: (words: string) => void;
  readonly signal?: AbortSignal;
}

function refused(words: string): ArchonError {
  return new ArchonError({
    code: 'ARCHON_SLURM_REFUSED',
    message: `Slurm did not take the job: ${words.replaceAll(/^sbatch: (error: )?/gm, '')}`,
    expected: 'executor settings that this site takes',
    hint: 'Change executor in the sweep; sinfo lists partitions, sacctmgr show associations user=$USER accounts.',
  });
}
