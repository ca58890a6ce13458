import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kthLargest } from './kth-largest.kernel.js';
import { applyMask, magnitudeMask } from './magnitude-mask.js';
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
  });

  it('keeps the first of those that tie, never more than the rule says', () => {
    const mask = new Uint8Array(4);
    expect(magnitudeMask(Float32Array.from([1, -2, 2, 0]), 0.75, mask)).toBe(1);
    expect([...mask]).toEqual([0, 1, 0, 0]);
    expect(magnitudeMask(Float32Array.from([3, -2, 2, 2]), 0.25, mask)).toBe(3);
    expect([...mask]).toEqual([1, 1, 1, 0]);
    expect(magnitudeMask(new Float32Array(4).fill(-1), 0.5, mask)).toBe(2);
    expect([...mask]).toEqual([1, 1, 0, 0]);
  });

  it('never keeps a zero, so of a tensor sparser than wanted what there is', () => {
    const mask = new Uint8Array(4);
    expect(magnitudeMask(Float32Array.from([1, -2, 2, 0]), 0, mask)).toBe(3);
    expect([...mask]).toEqual([1, 1, 1, 0]);
    expect(magnitudeMask(Float32Array.from([0, 0, -0, 5]), 0.5, mask)).toBe(1);
    expect([...mask]).toEqual([0, 0, 0, 1]);
    expect(magnitudeMask(new Float32Array(4), 0.75, mask)).toBe(0);
  });

  it('of 62,435 weights at 80 % keeps 12,487, or the 8,713 there are', () => {
    const mask = new Uint8Array(62_435);
    const weights = (nonZero: number): Float32Array =>
      Float32Array.from({ length: 62_435 }, (_, index) => ((index * 7919) % 62_435 < nonZero ? 1 + (index % 2) : 0));
    expect(magnitudeMask(weights(62_435), 0.8, mask)).toBe(12_487);
    expect(magnitudeMask(weights(8713), 0.8, mask)).toBe(8713);
    expect(mask).toEqual(Uint8Array.from(weights(8713), (weight) => (weight === 0 ? 0 : 1)));
  });

  it('of few non-zero weights keeps those, of many the number the rule says, ties or not', () => {
    const tensors = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(tensors, fc.double({ min: 0, max: 1, noNaN: true }), (values, sparsity) => {
        const weights = Float32Array.from(values);
        const nonZero = values.filter((value) => value !== 0).length;
        const kept = magnitudeMask(weights, sparsity, new Uint8Array(weights.length));
        expect(kept).toBe(Math.min(nonZero, keptWeights(weights.length, sparsity)));
      }),
    );
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
