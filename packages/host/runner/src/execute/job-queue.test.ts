import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '@archon-dse/engine';
import { JobQueue } from './job-queue.js';

/** A job called `id` in a chain of its own number. */
function job(chain: number, id: string): Job {
  const accelerator = { use: 'fixture/mac', options: { id } };
  return { id, point: { network: { use: 'fixture/tiny', options: { chain } }, stages: [], accelerator, seed: 0 } };
}

describe('JobQueue', () => {
  const ids = (jobs: readonly Job[]): string => jobs.map(({ id }) => id).join(' ');

  it('gives each lane a chain of its own, then the second half of the longest', () => {
    const queue = new JobQueue([job(1, '1a'), job(2, '2a'), job(1, '1b'), job(2, '2b'), job(2, '2c'), job(2, '2d')]);
    const [left, right] = [queue.lane(), queue.lane()];
    expect([ids(left.take(1)), ids(right.take(1)), ids(left.take(5))]).toEqual(['1a', '2a', '1b']);
    expect([ids(left.take(5)), ids(right.take(5)), ids(left.take(5)), ids(right.take(5))]).toEqual(['2c', '2b', '2d', '']); // prettier-ignore
  });

  it('takes back what was not done', () => {
    const lane = new JobQueue(['a', 'b', 'c'].map((id) => job(1, id))).lane();
    expect(ids(lane.take(2))).toBe('a b');
    lane.giveBack(1);
    expect([ids(lane.take(9)), ids(lane.take(9))]).toEqual(['b', 'c']);
  });

  it('hands out every job once, whoever asks and gives back', () => {
    const jobs = fc.array(fc.nat(5)).map((chains) => chains.map((chain, index) => job(chain, String(index))));
    const ask = fc.record({ lane: fc.nat(3), most: fc.integer({ min: 1, max: 9 }), back: fc.nat(8) });
    fc.assert(
      fc.property(jobs, fc.infiniteStream(ask), (all, asks) => {
        const queue = new JobQueue(all);
        const lanes = Array.from({ length: 4 }, () => queue.lane());
        const done: string[] = [];
        for (const { lane, most, back } of asks) {
          const taken = lanes[lane]!.take(most);
          if (taken.length === 0) break;
          const undone = Math.min(back, taken.length - 1);
          lanes[lane]!.giveBack(undone);
          done.push(...taken.slice(0, taken.length - undone).map(({ id }) => id));
        }
        expect(done.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });
});
