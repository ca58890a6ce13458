import { expect, test } from 'vitest';
import { loopCode, packMapping } from './pack.js';

test('code and bound of every loop, outer to inner, without bounds of 1', () => {
  const packed = packMapping([
    [
      { dim: 'Q', bound: 8, kind: 'temporal' },
      { dim: 'C', bound: 1, kind: 'temporal' },
    ],
    [
      { dim: 'M', bound: 4, kind: 'temporal' },
      { dim: 'P', bound: 2, kind: 'spatialY' },
    ],
  ]);
  // level * 32 + place of the dimension in C M R S P Q N * 4 + kind
  expect([...packed]).toEqual([20, 8, 36, 4, 50, 2]);
  expect(loopCode(1, 'P', 'spatialY')).toBe(50);
});
