import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jobScript } from './job-script.js';
import { sbatchOptions } from './sbatch-options.js';
import { tempDir } from './test-fixtures.js';

const run = (setup: readonly string[], folder = "/out/it's $HOME") => {
  const file = join(tempDir(), 'job.sh');
  writeFileSync(file, jobScript(['printf', '%s|'], folder, setup));
  return execFileSync('bash', [file], {
    encoding: 'utf8',
    env: { ...process.env, SLURM_ARRAY_TASK_ID: '7' },
    stdio: 'pipe',
  });
};

it('gives the command the shard of the task, whatever the folder is called', () => {
  expect(run([])).toBe("/out/it's $HOME/7.json|");
});

it('runs the set-up first, and nothing after a line that fails', () => {
  expect(run(['echo first'])).toBe("first\n/out/it's $HOME/7.json|");
  expect(() => run(['test -e /nowhere', 'echo second'])).toThrow(/setup: test -e \/nowhere: exit code 1\n$/);
});

it('tells sbatch what the sweep says, its own options last', () => {
  const job = { name: 'tiny-1', tasks: 12, folder: '/out/100%/s', script: '/out/s/job.sh' };
  const settings = { partition: 'main', timeMinutes: 5, memoryMb: 100, tasksAtOnce: 3, options: ['--exclude=n3'] };
  expect(sbatchOptions(job, settings)).toEqual([
    ...['--parsable', '--job-name=tiny-1', '--array=0-11%3', '--requeue', '--open-mode=append', '--export=NONE'],
    ...['--chdir=/out/100%/s', '--output=/out/100%%/s/%a.log', '--cpus-per-task=1'],
    ...['--partition=main', '--time=5', '--mem=100', '--exclude=n3', '/out/s/job.sh'],
  ]);
});
