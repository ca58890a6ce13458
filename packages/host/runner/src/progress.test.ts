import type { EvaluationRecord } from '@archon-dse/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job, StageEvent } from '@archon-dse/engine';
import { throttled } from './execute/throttled.js';
import { expandSweep } from './explore/expand.js';
import { ProgressMeter } from './progress.js';
import { candidate, loadFixtures, tinySweep } from './test-fixtures.js';

const { registry } = await loadFixtures('tiny');
const training = { done: 0.25, total: 2, unit: 'epoch', figures: ['loss 1.000'], etaMs: 0 };

let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** Two chains of three points each, in order. */
function jobsOf(stages = [candidate('fixture/thin', { log: '', density: 0.5 })]): readonly Job[] {
  const networks = [candidate('fixture/tiny', {}, { width: [4, 8] })];
  const accelerators = [candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2, 3] })];
  return expandSweep(tinySweep({ networks, stages, accelerators }), registry).jobs;
}

const record = ({ id }: Job, wallMs: number): EvaluationRecord =>
  ({ pointId: id, status: 'ok', timing: { startedAt: '', wallMs, worker: 0 } }) as EvaluationRecord;

describe('the estimate of a sweep', () => {
  it('counts evaluations of this run only', () => {
    const jobs = jobsOf([]);
    const meter = new ProgressMeter({ total: 106, skipped: 100, failed: 0 }, jobs);
    expect(meter.now()).toMatchObject({ done: 100, total: 106, elapsedMs: 0 });
    expect(meter.now().etaMs).toBeUndefined();
    now = 2000;
    expect(meter.count([record(jobs[0]!, 2000)])).toMatchObject({ done: 101, etaMs: 5 * 2000 });
    now = 4000;
    expect(meter.count([record(jobs[1]!, 2000)]).etaMs).toBe(4 * 2000);
  });

  it('keeps points that train apart from those that find the training done', () => {
    const jobs = jobsOf();
    const meter = new ProgressMeter({ total: 6, skipped: 0, failed: 0 }, jobs);
    now = 60_000;
    meter.count([record(jobs[0]!, 60_000)]);
    now = 60_100;
    meter.count([record(jobs[1]!, 100)]);
    now = 60_200;
    // One more training of a minute and two points of 0.1 s.
    expect(meter.count([record(jobs[2]!, 100)]).etaMs).toBe(60_000 + 2 * 100);
  });

  it('has nothing left once no further points come', () => {
    const jobs = jobsOf([]);
    const meter = new ProgressMeter({ total: 26, skipped: 0, failed: 0 }, jobs);
    now = 1000;
    expect(meter.count([record(jobs[0]!, 1000)])).toMatchObject({ done: 1, total: 26, etaMs: 25_000 });
    expect(meter.settle()).toMatchObject({ done: 1, total: 1, etaMs: 0 });
  });

  it('is no less than a training under way needs', () => {
    const jobs = jobsOf();
    const meter = new ProgressMeter({ total: 6, skipped: 0, failed: 0 }, jobs);
    now = 1000;
    meter.count([record(jobs[0]!, 1000)]);
    const event: StageEvent = {
      network: 'fixture/tiny',
      stage: 'fixture/thin',
      progress: { ...training, etaMs: 90_000 },
    };
    expect(meter.watch(jobs[3]!, event)).toMatchObject({
      etaMs: 90_000,
      stages: [{ pointId: jobs[3]!.id, stage: event.stage, progress: event.progress }],
    });
  });

  it('shows stages until their point has a record', () => {
    const jobs = jobsOf();
    const meter = new ProgressMeter({ total: 6, skipped: 0, failed: 0 }, jobs);
    const event = { network: 'fixture/tiny', stage: 'fixture/thin' };
    meter.watch(jobs[0]!, event);
    expect(meter.watch(jobs[3]!, event).stages.map(({ pointId }) => pointId)).toEqual([jobs[0]!.id, jobs[3]!.id]);
    expect(meter.count([record(jobs[0]!, 1)]).stages.map(({ pointId }) => pointId)).toEqual([jobs[3]!.id]);
  });

  it('is over both steps: at the pace of the first until the second has one of its own', () => {
    const jobs = jobsOf([]);
    const meter = new ProgressMeter({ total: 6, skipped: 0, failed: 0 }, jobs, (done) => Math.ceil(done / 2));
    expect(meter.now()).toMatchObject({ done: 0, total: 6, refined: { done: 0, total: 0 } });
    now = 1000;
    expect(meter.count([record(jobs[0]!, 1000)])).toMatchObject({ refined: { total: 1 }, etaMs: (5 + 1) * 1000 });
    for (const [i, job] of jobs.slice(1).entries()) {
      now = 1000 * (i + 2);
      meter.count([record(job, 1000)]);
    }
    expect(meter.now()).toMatchObject({ done: 6, refined: { done: 0, total: 3 }, etaMs: 3 * 1000 });
    expect(meter.refine({ total: 5, skipped: 1, failed: 0 })).toMatchObject({
      ...{ done: 6, total: 6, refined: { done: 1, total: 5 }, skipped: 1, etaMs: 4 * 1000 },
    });
    now = 16_000;
    const slow = meter.count([record({ ...jobs[0]!, id: 'refined' }, 10_000)]);
    expect(slow).toMatchObject({ done: 6, refined: { done: 2, total: 5 }, etaMs: 3 * 10_000 });
  });
});

it('of many batches tells ten a second, and where a stage begins or a unit ends', () => {
  const heard: StageEvent[] = [];
  const listener = throttled((event) => heard.push(event));
  const event = { network: 'n', stage: 's' };
  listener(event);
  for (let batch = 1; batch <= 1000; batch++) {
    now += 1;
    listener({ ...event, progress: { ...training, done: batch / 1000 } });
  }
  listener({ ...event, stage: 'next' });
  expect(heard.map(({ progress }) => progress?.done)).toEqual([
    undefined,
    ...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
    undefined,
  ]);
});
