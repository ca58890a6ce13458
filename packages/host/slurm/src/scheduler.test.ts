import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchonError } from '@archon-dse/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { slurm } from './scheduler.js';
import { tempDir } from './test-fixtures.js';

const JOB = { name: 'tiny-1', tasks: 3, folder: '/out/s', script: '/out/s/job.sh' };

/** Tools of Slurm that a test writes, and nothing else in the PATH. */
function tools(scripts: Readonly<Record<string, string>>): void {
  const folder = tempDir();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', folder);
}

afterEach(() => vi.unstubAllEnvs());

describe('slurm', () => {
  it('says so where its tools are not', async () => {
    tools({});
    const error: unknown = await slurm({})
      .submit(JOB)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ArchonError);
    expect((error as ArchonError).diagnostics[0]).toMatchObject({
      code: 'ARCHON_SLURM_MISSING',
      message: 'sbatch is not on this machine',
    });
  });

  it.each([
    ['echo 17', { job: '17' }],
    ['echo "17;alpha"', { job: '17' }],
    ['echo hello', { words: 'hello', isTaken: true }],
    ['exit 0', { words: 'sbatch printed nothing', isTaken: true }],
    ['echo "sbatch: error: no such partition" >&2; exit 1', { words: 'sbatch: error: no such partition' }],
  ])('submits: %s', async (script, answer) => {
    tools({ sbatch: script });
    expect(await slurm({}).submit(JOB)).toEqual(answer);
  });

  it.each([
    ['echo "17|0|RUNNING|n1|None"', { job: '17', tasks: [{ index: 0, state: 'RUNNING', node: 'n1', reason: '' }] }],
    ['echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1', 'none'],
    ['echo "Unable to contact slurm controller" >&2; exit 1', { words: 'Unable to contact slurm controller' }],
  ])('looks up: %s', async (script, look) => {
    tools({ squeue: script });
    expect(await slurm({}).lookUp('tiny-1', '17')).toEqual(look);
  });

  it('asks and tells what it means to, whatever the user has set for work by hand', async () => {
    const names = [
      'SQUEUE_PARTITION',
      'SQUEUE_FORMAT2',
      'SCANCEL_STATE',
      'SCONTROL_ALL',
      'SBATCH_WAIT',
      'SBATCH_ERROR',
    ];
    const log = join(tempDir(), 'log');
    const print = `for name in ${[...names, 'SBATCH_ACCOUNT'].join(' ')}; do eval "echo $name=\\$$name" >> '${log}'; done`;
    tools({ sbatch: print, squeue: print, scancel: print });
    for (const name of [...names, 'SBATCH_ACCOUNT']) vi.stubEnv(name, 'set');
    await slurm({}).submit(JOB);
    await slurm({}).lookUp('tiny-1');
    await slurm({}).cancel('tiny-1');
    const lines = [...names.map((name) => `${name}=`), 'SBATCH_ACCOUNT=set'];
    expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toEqual([...lines, ...lines, ...lines]);
  });

  it('finds out how large an array may be, or takes what most sites have', async () => {
    tools({ scontrol: 'echo "MaxArraySize            = 501"' });
    expect(await slurm({}).mostTasks()).toBe(501);
    tools({ scontrol: 'exit 1' });
    expect(await slurm({}).mostTasks()).toBe(1001);
  });

  it('cancels some tasks, or all of a name', async () => {
    const log = join(tempDir(), 'log');
    tools({ scancel: `echo "$@" >> '${log}'` });
    await slurm({}).cancelTasks('17', [0, 4]);
    await slurm({}).cancel('tiny-1');
    expect(readFileSync(log, 'utf8')).toBe(`17_[0,4]\n--name=tiny-1 --user=${String(process.getuid?.())}\n`);
  });
});
