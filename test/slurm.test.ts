import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parseSweep } from '@archon-dse/config';
import type { Sweep } from '@archon-dse/core';
import type { Executor } from '@archon-dse/engine';
import {
  loadPlugins,
  loadSweep,
  nodePlatform,
  readContents,
  runSweep,
  slurmExecutor,
  type RunSweepOptions,
} from '@archon-dse/runner';
import { claimOutDir, openStore } from '@archon-dse/store';
import { describeExecutorContract } from '@archon-dse/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { archonHere } from './in-process.js';
import { LedApart, LedHere, SHARD, startGate } from './led-sweep.js';
import { isSlurmMissing, until, VirtualCluster } from './virtual-cluster.mjs';
import { root, temporaryFolder } from './workspace.js';

/** One sweep on a virtual cluster of three nodes, whatever goes wrong there: its records must be those of a run on one machine. */

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // on machines that do other things too

const cluster = new VirtualCluster();
const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);

/** Three tasks of twelve points, each alone on its node: to start one is what takes time. */
const TASKS = { kind: 'slurm', pollS: 1, pointsPerTask: 12, timeMinutes: 5, options: ['--exclusive'] };
const onSlurm = (more: Partial<Sweep['executor']> = {}): string => `executor: ${JSON.stringify({ ...TASKS, ...more })}`;
const ON_SLURM = onSlurm();
const AXES = { widths: 12, macs: '[1, 2, 3]' };

function sweepText(more: string, { widths, macs } = AXES, delayMs = 100): string {
  return `
apiVersion: archon/v1
name: cluster
plugins: ['${join(root, 'packages/host/testing')}']
networks: [{ use: testing/tiny, axes: { width: { from: 1, to: ${String(widths)}, step: 1 } } }]
accelerators: [{ use: testing/mac, options: { delayMs: ${String(delayMs)} }, axes: { macs: ${macs} } }]
objectives: [cycles, areaUm2]
${more}
`;
}

/** A sweep whose tasks wait for each other, see `underWay`. */
const together = (name: string): string => sweepText(onSlurm({ setup: [startGate(at(name))] }));
const here = (name: string, text = together(name), more: Partial<RunSweepOptions> = {}): LedHere =>
  new LedHere(cluster, at(name), text, more);
const apart = (name: string, ...flags: readonly string[]): LedApart =>
  new LedApart(cluster, at(name), together(name), ...flags);

/** Records of a folder without their timing, one a point, by id. */
function recordsOf(out: string): readonly unknown[] {
  const records = [...openStore(out).records()];
  return records.sort((a, b) => (a.pointId < b.pointId ? -1 : 1)).map((record) => ({ ...record, timing: undefined }));
}

/** What a sweep comes to on one machine. */
async function localRecords(text: string, name: string): Promise<readonly unknown[]> {
  const file = at(`${name}.yaml`);
  writeFileSync(file, text);
  const run = await archonHere(['sweep', file, '--out', at(name), '--executor', 'workerpool', '--workers', '2']);
  expect(run).toMatchObject({ status: 0 });
  return recordsOf(at(name));
}

const plugins = await loadPlugins(['@archon-dse/testing'], [import.meta.dirname]);
const contents = await readContents(
  {
    network: [{ use: 'testing/tiny', options: {} }],
    stage: [{ use: 'testing/thin', options: {} }],
    accelerator: [{ use: 'testing/mac', options: { macs: 1, delayMs: 0, fault: 'none' } }],
  },
  plugins,
  root,
);
let executors = 0;

/** Slurm for jobs of no sweep; whole records are read from the results. */
function slurmAlone(): Executor {
  executors += 1;
  const outDir = at(`contract-${String(executors)}`);
  mkdirSync(outDir);
  const store = openStore(outDir);
  const settings = 'executor: { kind: slurm, tasks: 1, pointsPerTask: 1 }';
  const sweep = parseSweep(sweepText(settings), 'sweep.yaml', plugins.registry);
  const slurm = { command: SHARD, pace: { resultsMs: 100, queueMs: 500 } };
  const executor = slurmExecutor({ sweep, plugins, outDir, cwd: root, slurm }, contents, store);
  return {
    run: (jobs, callbacks) =>
      executor.run(jobs, { ...callbacks, onWritten: ({ pointId }) => callbacks.onRecord(store.record(pointId)!) }),
  };
}

describe.skipIf(isSlurmMissing)('a sweep on Slurm', () => {
  let expected: readonly unknown[] = [];

  beforeAll(async () => {
    expected = await localRecords(sweepText(ON_SLURM), 'local');
    expect(expected).toHaveLength(36);
    await cluster.start();
    Object.assign(process.env, cluster.env); // for leaders in this process
  });

  afterEach(() => cluster.mend());

  afterAll(async () => {
    await cluster.stop();
    folder.remove();
  });

  async function isWhole(leader: LedHere): Promise<void> {
    const { status, stderr } = await leader.ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(recordsOf(leader.out)).toEqual(expected);
    expect(leader.submissions).toEqual([]);
    await expect.poll(() => leader.tasks).toEqual([]); // one that its controller forgot may still be ending
  }

  it('survives a node that goes down', async () => {
    const leader = here('down');
    await leader.underWay();
    cluster.setDown('n2');
    await isWhole(leader);
  });

  it('survives tasks that are killed, and a controller that is started again', async () => {
    const leader = here('controller');
    await leader.underWay();
    for (const { pid } of leader.tasks.slice(0, 2)) process.kill(pid, 'SIGKILL');
    await cluster.stopDaemon('slurmctld', 'SIGTERM');
    cluster.startController();
    await isWhole(leader);
  });

  it('survives a controller that forgets its jobs', async () => {
    const leader = here('forgotten');
    await leader.underWay();
    await cluster.stopDaemon('slurmctld', 'SIGKILL');
    cluster.startController(true);
    await isWhole(leader);
  });

  it('does not wait for a node that the controller cannot reach: results are what counts', async () => {
    const leader = here('lost');
    await leader.underWay();
    await cluster.stopDaemon('n3', 'SIGKILL');
    await isWhole(leader);
  });

  it('is led on by a leader that finds the jobs of one that died', async () => {
    const before = cluster.submitted();
    const first = apart('orphaned');
    await first.underWay();
    await first.kill('SIGKILL');
    const [submission = ''] = first.submissions;
    await isWhole(here('orphaned'));
    expect(cluster.submitted().filter((name) => !before.includes(name))).toEqual([submission]);
  });

  it('has its tasks cancelled when it is stopped, and goes on from what they had', async () => {
    const leader = apart('stopped');
    await leader.underWay();
    expect(await leader.kill('SIGINT')).toMatchObject({ status: 130 });
    await until('no task', () => leader.tasks.length === 0 && cluster.queue().length === 0);
    await isWhole(here('stopped'));
  });

  it('leaves its tasks in the queue when it is told to, and the next run waits for them', async () => {
    const before = cluster.submitted();
    const leader = apart('left', '--leave-jobs');
    await leader.gathered();
    expect(await leader.kill('SIGINT')).toMatchObject({ status: 130 });
    expect(cluster.queue().filter((job) => job.includes(' RUNNING '))).toHaveLength(3);
    leader.letGo();
    await isWhole(here('left'));
    expect(cluster.submitted().filter((name) => !before.includes(name))).toHaveLength(1);
  });

  it('has the records of a run on one machine, and waits for tasks that are held, and says so', async () => {
    const keeping = { dir: at('cache'), maxBytes: 7e8 };
    const leader = here('held', sweepText(onSlurm({ options: ['--exclusive', '--hold'] })), { keeping });
    await until('held tasks in progress.json', () => leader.progress.includes('JobHeldUser'));
    const shard = readFileSync(join(leader.out, 'shards', leader.submissions[0] ?? '', '0.json'), 'utf8');
    expect(JSON.parse(shard)).toMatchObject({ layerBytes: 7e8 }); // tasks do not have our environment
    cluster.tool('scontrol', 'release', `jobname=${leader.submissions[0] ?? ''}`);
    await isWhole(leader);
  });

  it('tells what is at work on a point, as its task does', async () => {
    const text = sweepText(onSlurm(), { widths: 1, macs: '[1]' }, 3000);
    const leader = here('told', text.replace('accelerators:', 'stages: [{ use: testing/thin }]\naccelerators:'));
    const progress = /"stage":"testing\/thin","progress":{"done":2,"total":2,"unit":"epoch"/;
    await until('the stage in progress.json', () => progress.test(leader.progress));
    expect(await leader.ended).toMatchObject({ status: 0 });
    expect(leader.progress).toContain('"stages":[]');
  });

  it.each([
    [{ partition: 'nowhere' }, 'invalid partition specified: nowhere'],
    [{ memoryMb: 99999999 }, 'Memory specification can not be satisfied'],
    [{ options: ['--no-such-option'] }, "unrecognized option '--no-such-option'"],
  ])('says in the words of Slurm why it refuses %o', async (settings, words) => {
    const leader = here('refused', sweepText(onSlurm(settings)));
    const { status, stderr } = await leader.ended;
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_SLURM_REFUSED');
    expect(stderr).toContain(words);
    expect(leader.submissions).toEqual([]);
  });

  it('refuses a second leader of a folder, of this machine or another', async () => {
    const release = claimOutDir(at('led'));
    const second = await apart('led').ended;
    release();
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(new RegExp(`ARCHON_OUT_LOCKED[\\s\\S]*is held by process ${String(process.pid)} on`));
    writeFileSync(join(at('led'), 'archon.lock'), JSON.stringify({ pid: 1, host: `not-${hostname()}` }));
    const third = await here('led').ended;
    expect(third.stderr).toContain(`is held by process 1 on not-${hostname()}`);
  });

  it('refuses a folder that a node does not share', async () => {
    const hidden = at('unshared');
    mkdirSync(hidden);
    await cluster.stopDaemon('n3', 'SIGTERM');
    cluster.startNode('n3', hidden);
    const file = at('unshared.yaml');
    writeFileSync(file, sweepText(onSlurm({ options: ['--nodelist=n3'] })));
    const { sweep, plugins } = await loadSweep(file, { plugins: [], directories: [] });
    const run = runSweep({
      ...{ sweep, plugins, outDir: hidden },
      slurm: { command: SHARD, pace: { graceMs: 2000 } },
    });
    await expect(run).rejects.toThrow(/^tasks on n3 ended, but nothing they wrote is in "/);
    await cluster.stopDaemon('n3', 'SIGTERM');
  });

  it('says that its folder was deleted, and does not make it again', async () => {
    const leader = here('deleted');
    await leader.gathered();
    rmSync(leader.out, { recursive: true, maxRetries: 9 }); // it writes there, too
    leader.letGo();
    const { status, stderr } = await leader.ended;
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be written: it was deleted while the sweep ran');
    expect(existsSync(leader.out)).toBe(false);
  });

  const subject = { plugins, contents, platform: nodePlatform, tellsStages: false, create: slurmAlone };
  describeExecutorContract('slurm', subject, { describe, expect, it });

  it('has the records of a run on one machine with a search and two steps', async () => {
    const search = 'search: { strategy: nsga2, budget: { points: 24 }, population: 12, seed: 3 }';
    const file = 'batches';
    const text = sweepText(`${search}\nrefine: { top: 4, set: { seed: 7 } }\n${ON_SLURM}`, AXES, 5);
    const local = await localRecords(text, `${file}-local`);
    expect(local).toHaveLength(28);
    const leader = here(file, text);
    const { status, stderr } = await leader.ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(recordsOf(leader.out)).toEqual(local);
  });
});
