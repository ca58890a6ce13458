import { describe, expect, it } from 'vitest';
import { areas } from './areas.js';
import { allRules } from './rules.js';

describe('areas', () => {
  it('are the published ones', () => {
    const { denseUm2, archonUm2, ratio, predictionGlbUm2 } = areas(allRules('published'));
    expect(denseUm2).toBeCloseTo(1_438_130.76, 2);
    expect(archonUm2).toBeCloseTo(1_474_072.68, 2);
    expect(ratio).toBeCloseTo(1.025, 3);
    expect(predictionGlbUm2).toBe(164_714);
  });

  it('count six adders and the prediction GLB when corrected', () => {
    expect(areas(allRules('corrected')).archonUm2).toBeCloseTo(1_531_226.86 + 164_714, 2);
  });
});
