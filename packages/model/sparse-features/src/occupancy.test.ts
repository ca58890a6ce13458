import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masksOf } from '../test/all-masks.js';
import { mean } from './distribution.js';
import { binomial, emptyDraw, hypergeometric, structured } from './occupancy.js';

const counts = (length: number, counted: readonly { chance: number; count: number }[]): number[] =>
  Array.from({ length }, (_, at) => counted.reduce((sum, { chance, count }) => (count === at ? sum + chance : sum), 0));

describe('hypergeometric', () => {
  it('is what drawing from every mask gives, and says how often nothing is drawn', () => {
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9), fc.nat(9))
      .map(([words, set, draws]) => [words, Math.min(set, words), Math.min(draws, words)] as const);
    fc.assert(
      fc.property(cases, ([words, set, draws]) => {
        const drawn = masksOf(words, set).map(({ chance, values }) => ({
          chance,
          count: values.subarray(0, draws).reduce((sum, value) => sum + value, 0),
        }));
        const expected = counts(draws + 1, drawn);
        hypergeometric(words, set, draws).forEach((chance, at) => expect(chance).toBeCloseTo(expected[at]!, 10));
        expect(emptyDraw(words, set, draws)).toBeCloseTo(expected[0]!, 10);
      }),
    );
  });

  it('stays exact where factorials overflow', () => {
    const wide = hypergeometric(1_000_000, 300_000, 5000);
    expect(mean(wide)).toBeCloseTo(1500, 6);
    expect(mean(binomial(5000, 0.3))).toBeCloseTo(1500, 6);
  });
});

describe('structured', () => {
  it('is certain in whole blocks and drawn from one in the rest', () => {
    expect([...structured(8, 3, 2, 4)]).toEqual([...new Array<number>(12).fill(0), 1]);
    // Two lines of one of four places, of which two are kept: each is filled with a half.
    expect([...structured(1, 2, 2, 4)].map((chance) => Number(chance.toFixed(12)))).toEqual([0.25, 0.5, 0.25]);
    expect(mean(structured(6, 2, 2, 4))).toBeCloseTo(6, 12);
  });
});
