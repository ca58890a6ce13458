import { describe, expect, it } from 'vitest';
import { candidate, loadFixtures, tinySweep } from '../test-fixtures.js';
import { countPoints } from './expand.js';

const { registry } = await loadFixtures('tiny', 'faulty');
const sweep = tinySweep({
  accelerators: [candidate('fixture/mac', { macs: 1 }, { delayMs: [0, 1, 2] }), candidate('faulty/faulty', { fault: 'none' })], // prettier-ignore
  refine: { top: 'front', set: { 'accelerator.options.delayMs': 1 } },
});
const most = (changes: Partial<typeof sweep> = {}) => countPoints({ ...sweep, ...changes }, registry).mostRefined;

describe('the most points of a second step', () => {
  it('are all that the settings change, or so many of each group', () => {
    // three networks on two delays that are not 1
    expect(most()).toBe(6);
    expect(most({ refine: { ...sweep.refine!, top: 4 } })).toBe(4);
    expect(most({ refine: { ...sweep.refine!, top: 4 }, groupBy: 'network.options.width' })).toBe(6);
    expect(most({ refine: { ...sweep.refine!, top: 1 }, groupBy: 'network.options.width' })).toBe(3);
    expect(most({ refine: { ...sweep.refine!, top: 5 }, groupBy: 'accelerator' })).toBe(5);
    expect(most({ refine: { top: 'front', set: { seed: 1 } } })).toBe(0);
    expect(most({ refine: { top: 'front', set: { seed: 2 } } })).toBe(12);
  });

  it('are not told of a sweep of one step', () => {
    expect(countPoints(tinySweep(), registry)).toEqual({ points: 6, duplicates: 0 });
  });
});
