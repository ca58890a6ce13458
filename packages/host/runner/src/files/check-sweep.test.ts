import { describe, expect, it } from 'vitest';
import { checkSweep } from './check-sweep.js';
import { candidate, loadFixtures, tinySweep } from '../test-fixtures.js';

const { registry } = await loadFixtures('tiny', 'faulty');

/** Layers of the tiny network have 1152 MACs at width 4 and twice as many at width 8; more multipliers than MACs are refused. */
const macs = (...values: readonly number[]) => [candidate('fixture/mac', { delayMs: 0 }, { macs: values })];

describe('checkSweep', () => {
  it('finds nothing wrong with values that suit a network', async () => {
    expect(await checkSweep(tinySweep(), registry, '.')).toEqual([]);
  });

  it('finds values that suit none of the networks, once for all combinations', async () => {
    const networks = [candidate('fixture/tiny', {}, { width: [4, 8] })];
    const accelerators = [candidate('fixture/mac', {}, { delayMs: [0, 1], macs: [2, 1153, 2305] })];
    expect(await checkSweep(tinySweep({ networks, accelerators }), registry, '.')).toEqual([
      {
        entry: ['accelerators', 0],
        option: 'macs',
        value: 2305,
        problem: {
          code: 'ARCHON_BAD_OPTION',
          message: 'option macs is 2305, more than any layer has',
          expected: 'at most 1152',
        },
      },
    ]);
  });

  it('leaves a value alone that suits with another option', async () => {
    const accelerators = [candidate('fixture/mac', {}, { macs: [5000], delayMs: [0, 7] })];
    expect(await checkSweep(tinySweep({ accelerators }), registry, '.')).toHaveLength(1);
    const forgiving = [candidate('fixture/mac', {}, { macs: [5000], delayMs: [0, 99] })];
    expect(await checkSweep(tinySweep({ accelerators: forgiving }), registry, '.')).toEqual([]);
  });

  describe('finds hardware without a price', () => {
    const memory = (words: readonly number[], ports: readonly number[] = [1]) => [
      candidate('faulty/memory', {}, { words, ports }),
    ];
    const problem = {
      code: 'ARCHON_PRICE_INFEASIBLE',
      message: expect.stringContaining('"ram": no SRAM of 12800000 words'),
      expected: 'depthWords of at most 65536, where the table ends',
    };

    it('at the value that is too large, whatever the other options and the stages', async () => {
      const stages = [candidate('fixture/thin', { density: 0.5, log: '' })];
      const sweep = tinySweep({ accelerators: memory([1024, 12_800_000], [1, 2]), stages });
      expect(await checkSweep(sweep, registry, '.')).toEqual([
        { entry: ['accelerators', 0], option: 'words', value: 12_800_000, problem },
      ]);
    });

    it('at the accelerator when no option alone is to blame', async () => {
      const accelerators = [candidate('faulty/memory', { words: 7, ports: 7 })];
      const found = await checkSweep(tinySweep({ accelerators }), registry, '.');
      expect(found).toMatchObject([{ entry: ['accelerators', 0], problem: { message: 'that is too odd' } }]);
      expect(found[0]).not.toHaveProperty('option');
    });

    it('but leaves a combination to its point, and a plugin that breaks', async () => {
      expect(await checkSweep(tinySweep({ accelerators: memory([3, 1024], [3, 1]) }), registry, '.')).toEqual([]);
      expect(await checkSweep(tinySweep({ accelerators: memory([13]) }), registry, '.')).toEqual([]);
    });
  });

  it('says nothing where stages may change the network, or no network can be built', async () => {
    const stages = [candidate('fixture/thin', { density: 0.5, log: '' })];
    expect(await checkSweep(tinySweep({ accelerators: macs(5000), stages }), registry, '.')).toEqual([]);
    const networks = [candidate('faulty/broken', {})];
    expect(await checkSweep(tinySweep({ accelerators: macs(5000), networks }), registry, '.')).toEqual([]);
  });
});
