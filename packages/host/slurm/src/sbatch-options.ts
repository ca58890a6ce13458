import type { SlurmSettings } from '@archon-dse/core';

/** What a job of a sweep is, beside what the sweep says of it. */
export interface ArrayJob {
  /** Also the job's name, by which it is found again. */
  readonly name: string;
  /** Tasks of the array, >= 1; their numbers start from 0. */
  readonly tasks: number;
  /** Absolute path of the folder with its shards, where the logs of its tasks go. */
  readonly folder: string;
  /** Absolute path of the script that every task runs. */
  readonly script: string;
}

/** How each setting of a sweep is told to sbatch. */
const FLAGS: Readonly<Partial<Record<keyof SlurmSettings, string>>> = {
  partition: '--partition',
  account: '--account',
  qos: '--qos',
  constraint: '--constraint',
  timeMinutes: '--time',
  memoryMb: '--mem',
  gres: '--gres',
};

/** The arguments of sbatch. Those the sweep adds stand last, so that they win over ours where both say the same. */
export function sbatchOptions(job: ArrayJob, settings: SlurmSettings): readonly string[] {
  const { cpusPerTask = 1, tasksAtOnce, options = [] } = settings;
  const most = tasksAtOnce === undefined ? '' : `%${String(tasksAtOnce)}`;
  const given = Object.entries(FLAGS).flatMap(([name, flag]) => {
    const value = settings[name as keyof SlurmSettings];
    return value === undefined ? [] : [`${flag}=${String(value)}`];
  });
  return [
    '--parsable',
    `--job-name=${job.name}`,
    `--array=0-${String(job.tasks - 1)}${most}`,
    '--requeue',
    '--open-mode=append',
    '--export=NONE',
    `--chdir=${job.folder}`,
    `--output=${logPattern(job.folder)}`,
    `--cpus-per-task=${String(cpusPerTask)}`,
    ...given,
    ...options,
    job.script,
  ];
}

/** Slurm reads `%` in the names of logs as the beginning of a placeholder. */
function logPattern(folder: string): string {
  return `${folder.replaceAll('%', '%%')}/%a.log`;
}
