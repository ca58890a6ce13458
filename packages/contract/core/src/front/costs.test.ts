import { describe, expect, it } from 'vitest';
import { costBounds } from './cost-bounds.js';
import { fromCosts, toCosts } from './costs.js';

const objectives = [
  { metric: 'energyPj', direction: 'minimize' },
  { metric: 'accuracy', direction: 'maximize' },
] as const;

describe('costs', () => {
  it('negates what is to be maximised, there and back', () => {
    const metrics = { energyPj: 5, accuracy: 0.9 };
    expect(toCosts(metrics, objectives)).toEqual([5, -0.9]);
    expect(fromCosts([5, -0.9], objectives)).toEqual(metrics);
    expect(fromCosts([0, -0], objectives)).toEqual({ energyPj: 0, accuracy: 0 });
  });

  it('puts the reference a tenth of the range outside the worst corner', () => {
    const bounds = costBounds(Float64Array.of(0, -1, 10, -0.5, 5, -0.75), 2);
    expect(bounds.ideal).toEqual([0, -1]);
    expect(bounds.worst).toEqual([10, -0.5]);
    expect(bounds.reference[0]).toBeCloseTo(11, 12);
    expect(bounds.reference[1]).toBeCloseTo(-0.45, 12);
  });

  it('steps off an objective with one value by a tenth of it, or by 1 at zero', () => {
    const { reference } = costBounds(Float64Array.of(20, -20, 0), 3);
    expect(reference).toEqual([22, -18, 1]);
  });
});
