import { execFile } from 'node:child_process';
import { ArchonError } from '@archon-dse/core';

/** A controller that is gone makes the tools wait for 18 s before they say so. */
const LIMIT_MS = 60_000;
const MOST_BYTES = 2 ** 26;

/** Variables by which users narrow what they list and end by hand, and those of sbatch that say what a sweep says itself. */
const OF_USERS = /^(SQUEUE|SCANCEL|SCONTROL)_|^SBATCH_(CLUSTERS|ERROR|INPUT|NO_REQUEUE|WAIT)$/;

/** What a tool of Slurm answered: its output, or what it said instead. */
export type Answer = { readonly output: string } | { readonly words: string };

/**
 * Runs a tool of Slurm.
 *
 * @throws ArchonError ARCHON_SLURM_MISSING where there is none
 */
export function runTool(name: 'sbatch' | 'squeue' | 'scancel' | 'scontrol', args: readonly string[]): Promise<Answer> {
  const options = { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: MOST_BYTES, env: environment() } as const;
  return new Promise((resolve, reject) => {
    execFile(name, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ output: stdout });
      if (error.code === 'ENOENT') return reject(missing(name));
      const own = error.killed === true ? `no answer in ${String(LIMIT_MS / 1000)} s` : error.message;
      resolve({ words: stderr.trim() || stdout.trim() || own });
    });
  });
}

/** That of the user, but for what would have a tool do something else than its arguments say. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_USERS.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function missing(name: string): ArchonError {
  return new ArchonError({
    code: 'ARCHON_SLURM_MISSING',
    message: `${name} is not on this machine`,
    expected: 'a machine from which jobs are submitted, with the tools of Slurm in its PATH',
    hint: 'Run the sweep on a login node of the cluster, or with --executor workerpool.',
  });
}
