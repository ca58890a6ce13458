import type { EvaluationRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import type { Executor } from './executor.js';
import { expandSweep } from './expand.js';
import type { LoadedPlugins } from './loader.js';
import { serialExecutor } from './serial-executor.js';
import { candidate, comparable, faultySweep, loadFixtures, tinySweep } from './test-fixtures.js';
import { workerpoolExecutor } from './workerpool-executor.js';

const plugins = await loadFixtures('tiny', 'faulty');
const jobsOf = (sweep = tinySweep()) => expandSweep(sweep, plugins.registry).jobs;

async function collect(executor: Executor, jobs = jobsOf()): Promise<readonly EvaluationRecord[]> {
  const records: EvaluationRecord[] = [];
  await executor.run(jobs, { onRecord: (record) => records.push(record) });
  return records;
}

/** What every executor must do. */
function describeExecutorContract(name: string, create: (plugins: LoadedPlugins) => Executor): void {
  describe(`${name} executor`, () => {
    it('records every job exactly once', async () => {
      const records = await collect(create(plugins));
      expect(records.map(({ pointId }) => pointId).sort()).toEqual(
        jobsOf()
          .map(({ id }) => id)
          .sort(),
      );
    });

    it('gives the records of the serial executor, apart from the timing', async () => {
      const stages = [candidate('fixture/thin', { log: '' }, { density: [0.25, 0.5] })];
      const jobs = jobsOf(tinySweep({ stages }));
      const expected = await collect(serialExecutor(plugins), jobs);
      expect(comparable(await collect(create(plugins), jobs))).toEqual(comparable(expected));
    });

    it('returns at once when there is nothing to do', async () => {
      expect(await collect(create(plugins), [])).toEqual([]);
    });

    it('goes on after a job that fails', async () => {
      const records = await collect(create(plugins), jobsOf(faultySweep('throws', 'none', 'cycles-nan', 'none')));
      expect(records.map(({ status }) => status).sort()).toEqual(['failed', 'failed', 'ok']);
    });

    it('stops soon when it is told to', async () => {
      const accelerators = [candidate('fixture/mac', { delayMs: 50 }, { macs: [1, 2, 3, 4, 5, 6, 7, 8] })];
      const stop = new AbortController();
      const records: EvaluationRecord[] = [];
      await create(plugins).run(jobsOf(tinySweep({ accelerators })), {
        signal: stop.signal,
        onRecord: (record) => {
          records.push(record);
          stop.abort();
        },
      });
      expect(records.length).toBe(1);
    });

    it('starts nothing when it was told to stop before', async () => {
      const records: EvaluationRecord[] = [];
      await create(plugins).run(jobsOf(), { signal: AbortSignal.abort(), onRecord: (record) => records.push(record) });
      expect(records).toEqual([]);
    });

    it('is rejected with the error of a callback, such as a full disk', async () => {
      const run = create(plugins).run(jobsOf(), {
        onRecord: () => {
          throw new Error('disk full');
        },
      });
      await expect(run).rejects.toThrow('disk full');
    });
  });
}

describeExecutorContract('serial', serialExecutor);
describeExecutorContract('workerpool (1)', (loaded) => workerpoolExecutor(loaded, 1));
describeExecutorContract('workerpool (3)', (loaded) => workerpoolExecutor(loaded, 3));

describe('workerpool executor', () => {
  it('fails only the job whose worker dies', async () => {
    const jobs = [...jobsOf(faultySweep('exits')), ...jobsOf()];
    const records = await collect(workerpoolExecutor(plugins, 2), jobs);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(records).toHaveLength(7);
    expect(failed.map(({ pointId }) => pointId)).toEqual([jobs[0]?.id]);
    expect(failed[0]?.error).toMatchObject({
      code: 'ARCHON_WORKER_DIED',
      message: 'the worker thread died on this point: it exited with code 3',
    });
  });
});
