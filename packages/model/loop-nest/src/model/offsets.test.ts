import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctOffsets } from './offsets.js';

test('counts what a list of all sums holds', () => {
  const count = fc.integer({ min: 1, max: 12 });
  const step = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(count, step, count, step, (countP, stepP, countR, stepR) => {
      const sums = new Set<number>();
      for (let p = 0; p < countP; p++) for (let r = 0; r < countR; r++) sums.add(p * stepP + r * stepR);
      expect(distinctOffsets(countP, stepP, countR, stepR)).toBe(sums.size);
    }),
  );
});

test('P4 beside R3 at stride 1: rows 0 to 5', () => expect(distinctOffsets(4, 1, 3, 1)).toBe(6));
