import type { Network } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { lastExecution } from './last-execution.js';

const network = { id: 'me/one' } as Network;
const input = { network, artifacts: { checkpoint: 'a' } };

describe('an execution', () => {
  it('is shared until another network, checkpoint or opening is asked for', async () => {
    let runs = 0;
    const execute = lastExecution(async (_, opening: { readonly images: number }) =>
      Promise.resolve([++runs, opening]),
    );
    const first = await execute(input, { images: 1 });
    expect(await execute({ ...input }, { images: 1 })).toBe(first);
    const others = [
      await execute(input, { images: 2 }),
      await execute({ ...input, artifacts: { checkpoint: 'b' } }, { images: 2 }),
      await execute({ ...input, network: { ...network } }, { images: 2 }),
    ];
    expect(others.map(([run]) => run)).toEqual([2, 3, 4]);
  });

  it('that failed is tried again', async () => {
    let runs = 0;
    const execute = lastExecution(async () =>
      ++runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve(runs),
    );
    await expect(execute(input, {})).rejects.toThrow('first');
    expect(await execute(input, {})).toBe(2);
  });
});
