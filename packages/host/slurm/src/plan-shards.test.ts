import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planShards } from './plan-shards.js';
import { jobs } from './test-fixtures.js';

const trained = (chain: number) => [{ use: 'train', options: { chain } }];

describe('planShards', () => {
  it('has each job once, in no more shards than there may be, none empty', () => {
    const job = fc.record({ chain: fc.integer({ min: 0, max: 5 }), count: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(
        fc.array(job, { maxLength: 8 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (groups, most, size) => {
          const all = groups.flatMap(({ chain, count }, at) =>
            jobs(count, chain === 0 ? [] : trained(chain)).map((one) => ({ ...one, id: `${String(at)} ${one.id}` })),
          );
          const shards = planShards(all, { most, size });
          expect(
            shards
              .flat()
              .map(({ id }) => id)
              .sort(),
          ).toEqual(all.map(({ id }) => id).sort());
          expect(shards.length).toBeLessThanOrEqual(most);
          expect(shards.every(({ length }) => length > 0)).toBe(true);
          expect(planShards(all, { most, size })).toEqual(shards);
        },
      ),
    );
  });

  it('has shards of the size asked for, and larger ones where the site allows fewer', () => {
    expect(planShards(jobs(100), { most: 100, size: 10 }).map(({ length }) => length)).toEqual(Array(10).fill(10));
    expect(planShards(jobs(10), { most: 3, size: 1 }).map(({ length }) => length)).toEqual([4, 3, 3]);
  });

  it('keeps points of a trained network together, and such networks apart', () => {
    const all = [1, 2, 3].flatMap((chain) => jobs(5, trained(chain)));
    const chains = planShards(all, { most: 10, size: 1000 }).map(
      (shard) => new Set(shard.map(({ point }) => point.stages)),
    );
    expect(chains.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(planShards(all, { most: 2, size: 1000 }).map(({ length }) => length)).toEqual([10, 5]);
  });
});
