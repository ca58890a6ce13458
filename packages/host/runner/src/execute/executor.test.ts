import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EvaluationRecord } from '@archon-dse/core';
import type { Executor } from '@archon-dse/engine';
import { describeExecutorContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { expandSweep } from '../explore/expand.js';
import { nodePlatform } from '../node-platform.js';
import { loadPlugins } from '../plugins/loader.js';
import { serialExecutor } from './serial-executor.js';
import { candidate, comparable, faultySweep, loadFixtures, tempDir, tinySweep } from '../test-fixtures.js';
import { workerpoolExecutor } from './workerpool-executor.js';

const plugins = await loadFixtures('tiny', 'faulty');
const manyPoints = tinySweep({ accelerators: [candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2, 3, 4] })] });
const jobsOf = (sweep = tinySweep()) => expandSweep(sweep, plugins.registry).jobs;

async function collect(executor: Executor, jobs = jobsOf()): Promise<readonly EvaluationRecord[]> {
  const records: EvaluationRecord[] = [];
  await executor.run(jobs, { onRecord: (record) => records.push(record) });
  return records;
}

it('a thread that trains ends its step before it ends: libraries of training take the process with them otherwise', async () => {
  const log = join(tempDir(), 'log');
  const [jobs, stop] = [jobsOf(tinySweep({ stages: [candidate('fixture/endless', { log })] })), new AbortController()];
  const records: EvaluationRecord[] = [];
  await workerpoolExecutor(plugins, 1).run(jobs, {
    signal: stop.signal,
    onRecord: (record) => records.push(record),
    onStage: (_, { progress }) => {
      if (progress !== undefined) stop.abort();
    },
  });
  expect(readFileSync(log, 'utf8')).toBe('stopped by itself');
  expect(records).toEqual([]);
});

const subject = { plugins: await loadPlugins(['@archon-dse/testing'], [import.meta.dirname]), platform: nodePlatform };
const api = { describe, expect, it };
describeExecutorContract('serial', { ...subject, create: (loaded) => serialExecutor(loaded) }, api);
describeExecutorContract('workerpool (1)', { ...subject, create: (loaded) => workerpoolExecutor(loaded, 1) }, api);
describeExecutorContract('workerpool (3)', { ...subject, create: (loaded) => workerpoolExecutor(loaded, 3) }, api);

describe('workerpool executor', () => {
  it('applies the stages of a chain in one worker, but for those it helps with in the end', async () => {
    const log = join(tempDir(), 'calls');
    const stages = [candidate('fixture/thin', { log }, { density: [0.2, 0.4, 0.6, 0.8] })];
    const networks = [candidate('fixture/tiny', { width: 4 })];
    const accelerators = [candidate('fixture/mac', { delayMs: 5 }, { macs: [1, 2, 3, 4, 5, 6] })];
    const records = await collect(
      workerpoolExecutor(plugins, 2),
      jobsOf(tinySweep({ networks, stages, accelerators })),
    );
    expect(records).toHaveLength(24);
    const calls = readFileSync(log, 'utf8').trim().split('\n');
    expect(new Set(calls).size).toBe(4);
    expect(calls.length).toBeLessThanOrEqual(5);
  });

  it('takes many workers without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    expect(await collect(workerpoolExecutor(plugins, 12), jobsOf(manyPoints))).toHaveLength(12);
    await setImmediate();
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('fails only the job whose worker dies', async () => {
    const jobs = [...jobsOf(faultySweep('closes-port')), ...jobsOf()];
    const records = await collect(workerpoolExecutor(plugins, 2), jobs);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(records).toHaveLength(7);
    expect(failed.map(({ pointId }) => pointId)).toEqual([jobs[0]?.id]);
    expect(failed[0]?.error).toMatchObject({
      code: 'ARCHON_WORKER_DIED',
      message: 'the worker thread died on this point: it exited with code 0',
    });
  });

  it.each([
    ['dies with', 'closes-port', 'ARCHON_WORKER_DIED', undefined],
    ['never gets past', 'never-ends', 'ARCHON_POINT_TIMEOUT', 1],
  ])('evaluates those again that were in one chunk with a job that a thread %s', async (_, fault, code, timeoutS) => {
    const [good, bad] = jobsOf(faultySweep('none', fault));
    const jobs = Array.from({ length: 120 }, (_, index) => ({ ...(index === 77 ? bad! : good!), id: String(index) }));
    const records = await collect(workerpoolExecutor(plugins, 1, timeoutS), jobs);
    expect(records.map(({ pointId }) => pointId).sort()).toEqual(jobs.map(({ id }) => id).sort());
    const failed = records.filter(({ status }) => status === 'failed');
    expect(failed.map(({ pointId, error }) => [pointId, error?.code])).toEqual([['77', code]]);
  });

  it('fails a job that ends the thread with the name of the plugin, also when the plugin catches that', async () => {
    const [exits, swallows] = await collect(
      workerpoolExecutor(plugins, 1),
      jobsOf(faultySweep('exits', 'swallows-exit')),
    );
    for (const record of [exits, swallows]) {
      expect(record?.error).toMatchObject({
        code: 'ARCHON_PLUGIN_THREW',
        message: 'faulty/faulty of plugin "archon-fixture-faulty" called process.exit(3) while running the network',
      });
    }
  });

  it('fails the job that leaves a promise rejected, not the next one', async () => {
    const jobs = jobsOf(faultySweep('none', 'rejects', 'cycles-nan', 'busy-50-ms'));
    const records = await collect(workerpoolExecutor(plugins, 1), jobs);
    expect(records.map(({ status }) => status)).toEqual(['ok', 'failed', 'failed', 'ok']);
    expect(records[1]?.error?.message).toContain('nobody listens');
  });

  it.each(['rejects-later', 'throws-later', 'closes-port-later'])(
    'leaves the jobs after one that %s undisturbed',
    async (fault) => {
      const jobs = [...jobsOf(faultySweep('none', fault, 'busy-50-ms', 'count-nan')), ...jobsOf()];
      const [expected] = await Promise.all([collect(workerpoolExecutor(plugins, 1), [...jobs].reverse())]);
      const records = await collect(workerpoolExecutor(plugins, 1), jobs);
      expect(records.filter(({ status }) => status === 'failed').map(({ pointId }) => pointId)).toEqual([jobs[3]?.id]);
      expect(comparable(records)).toEqual(comparable(expected));
    },
  );

  it('fails a job that runs too long, and no other', async () => {
    const jobs = [...jobsOf(faultySweep('none', 'never-ends', 'busy-50-ms')), ...jobsOf()];
    const records = await collect(workerpoolExecutor(plugins, 1, 1), jobs);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(records).toHaveLength(jobs.length);
    expect(failed.map(({ pointId }) => pointId)).toEqual([jobs[1]?.id]);
    expect(failed[0]?.error).toMatchObject({
      code: 'ARCHON_POINT_TIMEOUT',
      message: 'the point ran longer than executor.timeoutS, 1 s',
    });
  });
});
