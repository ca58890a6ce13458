import { expect, test } from 'vitest';
import { countFactorizations, divisors } from './factor.js';

test('divisors ascend', () => {
  expect(divisors(1)).toEqual([1]);
  expect(divisors(12)).toEqual([1, 2, 3, 4, 6, 12]);
  expect(divisors(36)).toEqual([1, 2, 3, 4, 6, 9, 12, 18, 36]);
  expect(divisors(97)).toEqual([1, 97]);
});

test('countFactorizations is the number of ordered products', () => {
  const enumerate = (n: number, parts: number): number =>
    parts === 0 ? Number(n === 1) : divisors(n).reduce((sum, d) => sum + enumerate(n / d, parts - 1), 0);
  for (const n of [1, 2, 7, 12, 96, 97, 360]) {
    for (let parts = 0; parts <= 5; parts++) expect(countFactorizations(n, parts)).toBe(enumerate(n, parts));
  }
});
