import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ArchonError, type SchedulerTask } from '@archon-dse/core';
import type { Job } from '@archon-dse/engine';
import { describe, expect, it } from 'vitest';
import { planShards } from './plan-shards.js';
import { runArrays, type ArrayWork } from './run-arrays.js';
import { openSubmissions } from './submission.js';
import { FakeScheduler, jobs, PACE, tempDir, type Fate } from './test-fixtures.js';

const COMPLETES: Fate = [{ state: 'PENDING', reason: 'Priority' }, { state: 'RUNNING' }, { state: 'COMPLETED' }];
const FAILS: Fate = [{ state: 'RUNNING' }, { state: 'FAILED' }];

/** A sweep of twelve points, three a task, and what became of it. */
function sweep(fate: (array: number, task: number) => Fate, changes: Partial<ArrayWork> = {}) {
  const root = changes.root ?? join(tempDir(), 'shards');
  const shards = new Map<string, readonly string[]>();
  let came: string[] = [];
  const taken: string[] = [];
  const told: (readonly SchedulerTask[])[] = [];
  const scheduler = new FakeScheduler(fate, ({ name, folder }, task) => {
    const ids =
      shards.get(`${name} ${String(task)}`) ??
      openSubmissions(join(folder, '..')).find(({ id }) => id === name)?.shards[task];
    came.push(...(ids ?? []));
  });
  const work: ArrayWork = {
    ...{ name: 'my sweep', root, jobs: jobs(12), settings: {}, command: ['evaluate'] },
    plan: (left, most) => planShards(left, { most, size: 3 }),
    encode: (shard, index, submission) => {
      shards.set(
        `${submission} ${String(index)}`,
        shard.map(({ id }) => id),
      );
      return JSON.stringify(shard);
    },
    take: () => {
      const fresh = came.filter((id) => !taken.includes(id));
      came = [];
      taken.push(...fresh);
      return fresh;
    },
    onTasks: (tasks) => told.push(tasks),
    ...changes,
  };
  return { root, scheduler, taken, told, work, run: () => runArrays(scheduler, work, PACE) };
}

async function errorOf(promise: Promise<void>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ArchonError)) throw new Error(`no ArchonError: ${String(error)}`);
  return `${error.diagnostics[0]?.code ?? ''}: ${error.message}`;
}

const ALL = jobs(12)
  .map(({ id }) => id)
  .sort();

describe('runArrays', () => {
  it('has one array evaluate all, and leaves no folder behind', async () => {
    const { run, taken, scheduler, root, told } = sweep(() => COMPLETES);
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4']);
    expect(readdirSync(root)).toEqual([]);
    expect(told[0]).toEqual(
      [0, 1, 2, 3].map((index) => ({ id: `1_${String(index)}`, state: 'PENDING', reason: 'Priority', node: 'n1' })),
    );
  });

  it('tells which shards are being evaluated', async () => {
    const running: string[][] = [];
    const { work, scheduler, root } = sweep((_, task) => (task === 0 ? COMPLETES : [{}, ...COMPLETES]), {
      onRunning: (files) => running.push(files.map((file) => relative(join(root, readdirSync(root)[0] ?? ''), file))),
    });
    await runArrays(scheduler, work, PACE);
    expect(running).toEqual([['1.json', '2.json', '3.json'], ['0.json'], ['1.json', '2.json', '3.json'], []]);
  });

  it('submits only what is missing again, once no task is left', async () => {
    const { run, taken, scheduler } = sweep((array, task) => (array === 0 && task > 1 ? FAILS : COMPLETES));
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4', 'submit 2']);
  });

  it('respects the largest array of the site', async () => {
    const { run, scheduler } = sweep(() => COMPLETES);
    scheduler.mostInArray = 2;
    await run();
    expect(scheduler.calls).toEqual(['submit 2']);
  });

  it('gives up after three arrays in a row that bring nothing, and tells the end of a log', async () => {
    const { run, scheduler, root } = sweep(() => FAILS);
    expect(await errorOf(run())).toMatch(
      /^ARCHON_SHARDS_LOST: 12 points .* 3 arrays in a row .*\(tasks ended as FAILED\); a task's log ends:\nlog of 0$/,
    );
    expect(scheduler.calls).toEqual(['submit 4', 'submit 4', 'submit 4']);
    expect(readdirSync(root)).toHaveLength(3);
  });

  it('goes on as long as each array brings something', async () => {
    const { run, taken, scheduler } = sweep((_, task) => (task === 0 ? COMPLETES : FAILS));
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4', 'submit 3', 'submit 2', 'submit 1']);
  });

  it('trusts results and not the scheduler, and cancels what is left', async () => {
    const { run, work, scheduler } = sweep(() => [{ state: 'RUNNING' }]);
    let looks = 0;
    await runArrays(scheduler, { ...work, take: () => (++looks > 3 ? ALL : []) }, PACE);
    expect(scheduler.calls).toEqual(['submit 4', 'cancel']);
    expect(run).toBeDefined();
  });

  it('waits while the controller does not answer, and tells what it says', async () => {
    const { run, taken, scheduler, told } = sweep(() => COMPLETES);
    scheduler.silence = ['Unable to contact slurm controller', 'Unable to contact slurm controller'];
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4']);
    expect(told[0]?.[3]).toEqual({ id: '1_3', state: 'UNKNOWN', reason: 'Unable to contact slurm controller' });
  });

  it('submits again what the controller forgot', async () => {
    const { work, scheduler, taken } = sweep(() => COMPLETES);
    let looks = 0;
    const take = () => {
      if (++looks === 2) scheduler.forget(0);
      return work.take();
    };
    await runArrays(scheduler, { ...work, take }, PACE);
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4', 'submit 4']);
  });

  it('waits for tasks that a person holds, and shows them', async () => {
    const held = { state: 'PENDING', reason: 'JobHeldUser' };
    const { run, scheduler, told } = sweep((_, task) =>
      task === 0 ? [held, held, held, { state: 'COMPLETED' }] : COMPLETES,
    );
    await run();
    expect(scheduler.calls).toEqual(['submit 4']);
    expect(told[2]?.[0]).toMatchObject({ id: '1_0', state: 'PENDING', reason: 'JobHeldUser' });
  });

  it('ends tasks that could not be started and submits their points again', async () => {
    const stuck = [{ state: 'PENDING', reason: '(launch failed requeued held)' }];
    const { run, taken, scheduler } = sweep((array, task) => (array === 0 && task === 2 ? stuck : COMPLETES));
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4', 'cancel 1_2', 'submit 1']);
  });

  it('shows the words of a site that refuses the job', async () => {
    const { run, scheduler, root } = sweep(() => COMPLETES);
    const words = 'sbatch: error: Batch job submission failed: Invalid partition name specified';
    scheduler.refusals = [{ words, queued: true }]; // as a job that failed
    expect(await errorOf(run())).toBe(
      'ARCHON_SLURM_REFUSED: Slurm did not take the job: Batch job submission failed: Invalid partition name specified',
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it('finds the job that an answer was lost of, and tries again where there is none', async () => {
    const { run, taken, scheduler } = sweep(() => COMPLETES);
    scheduler.refusals = [{ words: 'Unable to contact slurm controller' }, { words: 'Socket timed out', queued: true }];
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4', 'submit 4']);
    expect(scheduler.queued).toHaveLength(1);
  });

  it('finds the job of an sbatch that answers in words of its own', async () => {
    const { run, taken, scheduler } = sweep(() => COMPLETES);
    scheduler.refusals = [{ words: 'Submitted batch job 1', isTaken: true, queued: true }];
    await run();
    expect([...taken].sort()).toEqual(ALL);
    expect(scheduler.calls).toEqual(['submit 4']);
  });

  it('refuses a folder that a node does not share', async () => {
    const { run, scheduler } = sweep((_, task) =>
      task === 3 ? [{ state: 'FAILED', node: 'n3' }] : [{ state: 'RUNNING' }],
    );
    scheduler.writesLogs = false;
    expect(await errorOf(run())).toMatch(
      /^ARCHON_FOLDER_NOT_SHARED: tasks on n3 ended, but nothing they wrote is in "/,
    );
    expect(scheduler.calls).toEqual(['submit 4', 'cancel']);
  });
});

describe('a leader that is stopped', () => {
  it('cancels its tasks', async () => {
    const stop = new AbortController();
    const { run, scheduler } = sweep(() => [{ state: 'RUNNING' }], {
      signal: stop.signal,
      onTasks: () => stop.abort(),
    });
    await run();
    expect(scheduler.calls).toEqual(['submit 4', 'cancel']);
  });

  it('leaves them where it is told to, and the next one waits for them', async () => {
    const stop = new AbortController();
    const first = sweep(() => COMPLETES, { signal: stop.signal, leavesJobs: true, onTasks: () => stop.abort() });
    await first.run();
    expect(first.scheduler.calls).toEqual(['submit 4']);
    const taken: string[] = [];
    const signal = new AbortController().signal;
    const take = (): readonly string[] => {
      const fresh = first.work.take();
      taken.push(...fresh);
      return fresh;
    };
    await runArrays(first.scheduler, { ...first.work, take, signal }, PACE);
    expect(first.scheduler.calls).toEqual(['submit 4']);
    expect(taken.sort()).toEqual(ALL);
    expect(readdirSync(first.root)).toEqual([]);
  });

  it('is followed by one that ends tasks nobody needs any more, and submits what none has', async () => {
    const stop = new AbortController();
    const first = sweep(
      () => [{ state: 'RUNNING' }, { state: 'RUNNING' }, { state: 'RUNNING' }, { state: 'COMPLETED' }],
      {
        ...{ signal: stop.signal, leavesJobs: true, onTasks: () => stop.abort() },
      },
    );
    await first.run();
    const kept = first.work.jobs.slice(3);
    const more: readonly Job[] = [...kept, ...jobs(15).slice(12)];
    await runArrays(first.scheduler, { ...first.work, jobs: more, signal: new AbortController().signal }, PACE);
    expect(first.scheduler.calls).toEqual(['submit 4', 'cancel 1_0', 'submit 1']);
  });

  it('is followed by one that ends all tasks where nothing is missing any more', async () => {
    const stop = new AbortController();
    const first = sweep(() => [{ state: 'RUNNING' }], {
      ...{ signal: stop.signal, leavesJobs: true, onTasks: () => stop.abort() },
    });
    await first.run();
    await runArrays(first.scheduler, { ...first.work, jobs: [], signal: new AbortController().signal }, PACE);
    expect(first.scheduler.calls).toEqual(['submit 4', 'cancel']);
    expect(readdirSync(first.root)).toEqual([]);
  });

  it('and whose job never reached Slurm is followed by one that submits', async () => {
    const root = join(tempDir(), 'shards');
    const first = sweep(() => COMPLETES, { root });
    first.scheduler.refusals = Array.from({ length: 5 }, () => ({ words: 'Socket timed out' }));
    expect(await errorOf(first.run())).toContain('Socket timed out');
    const next = sweep(() => COMPLETES, { root });
    await next.run();
    expect([...next.taken].sort()).toEqual(ALL);
    expect(existsSync(root) && readdirSync(root)).toEqual([]);
  });
});
