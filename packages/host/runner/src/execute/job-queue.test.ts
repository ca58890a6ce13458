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
  it('gives each lane a chain of its own, then lets it help with the longest', () => {
    const queue = new JobQueue([job(1, '1a'), job(2, '2a'), job(1, '1b'), job(2, '2b'), job(2, '2c'), job(2, '2d')]);
    const [left, right] = [queue.lane(), queue.lane()];
    const order = [left, right, left, left, right, left].map((next) => next()?.id);
    expect(order).toEqual(['1a', '2a', '1b', '2b', '2c', '2d']);
    expect(left()).toBeUndefined();
    expect(right()).toBeUndefined();
  });

  it('hands out every job once, whoever asks', () => {
    const jobs = fc.array(fc.nat(5)).map((chains) => chains.map((chain, index) => job(chain, String(index))));
    fc.assert(
      fc.property(jobs, fc.infiniteStream(fc.nat(3)), (all, asks) => {
        const queue = new JobQueue(all);
        const lanes = Array.from({ length: 4 }, () => queue.lane());
        const taken: string[] = [];
        for (const ask of asks) {
          const next = lanes[ask]!();
          if (next === undefined) break;
          taken.push(next.id);
        }
        expect(taken.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });
});
