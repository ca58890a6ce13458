import { execFile } from 'node:child_process';
import { ArchonError } from '@archon-dse/core';

/** A controller that is gone makes the tools wait for 18 s before they say so. */
const LIMIT_MS = 60_000;
const MOST_BYTES = 2 ** 26;

/** What a tool of Slurm answered: its output, or what it said instead. */
export type Answer = { readonly output: string } | { readonly words: string };

/**
 * Runs a tool of Slurm.
 *
 * @throws ArchonError ARCHON_SLURM_MISSING where there is none
 */
export function runTool(name: 'sbatch' | 'squeue' | 'scancel' | 'scontrol', args: readonly string[]): Promise<Answer> {
  const env = { ...process.env, LC_ALL: 'C', SQUEUE_FORMAT2: undefined };
  const options = { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: MOST_BYTES, env } as const;
  return new Promise((resolve, reject) => {
    execFile(name, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ output: stdout });
      if (error.code === 'ENOENT') return reject(missing(name));
      const own = error.killed === true ? `no answer in ${String(LIMIT_MS / 1000)} s` : error.message;
      resolve({ words: stderr.trim() || stdout.trim() || own });
    });
  });
}

function missing(name: string): ArchonError {
  return new ArchonError({
    code: 'ARCHON_SLURM_MISSING',
    message: `${name} is not on this machine`,
    expected: 'a machine from which jobs are submitted, with the tools of Slurm in its PATH',
    hint: 'Run the sweep on a login node of the cluster, or with --executor workerpool.',
  });
}
