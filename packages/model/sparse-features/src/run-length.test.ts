import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedFillers, fillers } from './run-length.js';

const coded = (word: readonly number[], most: number): number => fillers(word.length, (at) => word[at] === 0, most);

describe('fillers', () => {
  it('end every run that is too long', () => {
    // Runs of up to 3: the fourth zero is written, and a new run begins.
    expect(coded([0, 0, 0, 7], 3)).toBe(0);
    expect(coded([0, 0, 0, 0, 7], 3)).toBe(1);
    expect(coded([0, 0, 0, 0, 0, 0, 0, 0], 3)).toBe(2);
    expect(coded([7, 0, 0, 0, 0, 0, 7, 0], 3)).toBe(1);
  });

  it('are as many as expected over all words', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 0, max: 4 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([length, most, density]) => {
        let sum = 0;
        for (let bits = 0; bits < 2 ** length; bits += 1) {
          const word = Array.from({ length }, (_, at) => (bits >> at) & 1);
          const ones = word.reduce((a, b) => a + b, 0);
          sum += density ** ones * (1 - density) ** (length - ones) * coded(word, most);
        }
        expect(expectedFillers(length, density, most)).toBeCloseTo(sum, 9);
      }),
      { numRuns: 40 },
    );
  });
});
