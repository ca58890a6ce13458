import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kthLargest } from './kth-largest.kernel.js';
import { applyMask, densityOf, magnitudeMask } from './magnitude-mask.js';
import { keptWeights } from './prune-schedule.js';
import { splitTensors } from './tensors.js';

describe('kthLargest', () => {
  it('is what sorting gives, with many equal values too', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.nat(), (numbers, at) => {
        const k = 1 + (at % numbers.length);
        const sorted = [...numbers].sort((a, b) => b - a);
        expect(kthLargest(Float32Array.from(numbers), k)).toBe(sorted[k - 1]);
      }),
    );
  });
});

describe('magnitudeMask', () => {
  it('keeps the largest magnitudes of a tensor', () => {
    const weights = Float32Array.from([0.1, -0.9, 0.3, -0.2, 0.8, 0, 0.4, -0.5, 0.05, 0.7]);
    const mask = new Uint8Array(10);
    expect(magnitudeMask(weights, 0.7, mask)).toBe(3);
    expect([...mask]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0, 1]);
    applyMask(weights, mask);
    expect([...weights]).toEqual([...Float32Array.from([0, -0.9, 0, 0, 0.8, 0, 0, 0, 0, 0.7])]);
    expect(densityOf(weights)).toBe(0.3);
  });

  it('keeps ties with the threshold, so all of an untouched or constant tensor', () => {
    const mask = new Uint8Array(4);
    expect(magnitudeMask(Float32Array.from([1, -2, 2, 0]), 0.75, mask)).toBe(2);
    expect([...mask]).toEqual([0, 1, 1, 0]);
    expect(magnitudeMask(Float32Array.from([1, -2, 2, 0]), 0, mask)).toBe(4);
    expect(magnitudeMask(new Float32Array(4), 0.75, mask)).toBe(4);
  });

  it('has a threshold for each group', () => {
    const weights = Float32Array.from([10, 9, 8, 7, 1, 2, 3, 4]);
    const masks = splitTensors(weights, 2).map((tensor) => {
      const mask = new Uint8Array(4);
      magnitudeMask(tensor, 0.5, mask);
      return [...mask];
    });
    expect(masks).toEqual([
      [1, 1, 0, 0],
      [0, 0, 1, 1],
    ]);
    expect(() => splitTensors(weights, 3)).toThrow(RangeError);
  });

  it('keeps as many as the rule says when all magnitudes differ, none smaller than one it drops', () => {
    const tensors = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(tensors, fc.double({ min: 0, max: 1, noNaN: true }), (magnitudes, sparsity) => {
        const weights = Float32Array.from(magnitudes, (value, index) => (index % 2 === 0 ? value : -value));
        const mask = new Uint8Array(weights.length);
        expect(magnitudeMask(weights, sparsity, mask)).toBe(keptWeights(weights.length, sparsity));
        const kept = magnitudes.filter((_, index) => mask[index] === 1);
        const dropped = magnitudes.filter((_, index) => mask[index] === 0);
        expect(Math.min(...kept)).toBeGreaterThan(Math.max(0, ...dropped));
      }),
    );
  });
});
