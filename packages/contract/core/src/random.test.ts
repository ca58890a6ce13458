import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

const draw = (seed: number, label: string, count: number): number[] => {
  const random = seededRandom(seed, label);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('repeats for equal seed and label, and differs otherwise', () => {
    expect(draw(7, 'b1.expand', 5)).toEqual(draw(7, 'b1.expand', 5));
    expect(draw(7, 'b1.expand', 5)).not.toEqual(draw(8, 'b1.expand', 5));
    expect(draw(7, 'b1.expand', 5)).not.toEqual(draw(7, 'b1.project', 5));
  });

  it('is mulberry32: the first numbers of state 0', () => {
    // FNV-1a of the empty text is 0x811c9dc5, so this seed starts the generator at 0.
    const numbers = draw(0x811c9dc5, '', 3).map((value) => value * 2 ** 32);
    expect(numbers).toEqual([1144304738, 1416247, 958946056]);
  });

  it('is uniform: mean, variance and correlation of neighbours', () => {
    const values = draw(1, 'uniform', 100_000);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    const covariance = values.slice(1).reduce((sum, v, i) => sum + (v - mean) * (values[i]! - mean), 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    expect(Math.abs(covariance)).toBeLessThan(0.002);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1);
  });
});
