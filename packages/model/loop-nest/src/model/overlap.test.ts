import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WindowOverlap } from './overlap.kernel.js';

/** By hand, stride 2: rows 0 1 2 of one output row, of three rows 0 to 6. */
test.each([
  ['a step of a stride shares the rows of the kernel that stay', 2, 1, [1, 3, 1, 3, 2], 1],
  ['so does one back', 2, 1, [1, 3, 1, 3, -2], 1],
  ['a kernel as long as the stride shares none', 2, 1, [4, 2, 4, 2, 8], 0],
  ['holes: rows 0 1 8 9 and 1 2 9 10 share two', 8, 1, [2, 2, 2, 2, 1], 2],
  ['dilation 3: rows 0 3 6 moved by 3 share two, by 1 none', 1, 3, [1, 3, 1, 3, 3], 2],
  ['dilation 3: rows 0 3 6 moved by 1', 1, 3, [1, 3, 1, 3, 1], 0],
  ['steps with a common divisor never meet at odd distances', 2, 4, [3, 3, 3, 3, 5], 0],
] as const)('%s', (_, stride, dilation, [p, r, oldP, oldR, shift], words) => {
  expect(new WindowOverlap(stride, dilation).shared(p, r, oldP, oldR, shift)).toBe(words);
});

test('windows share the positions that both list', () => {
  const count = fc.integer({ min: 1, max: 7 });
  const step = fc.integer({ min: 1, max: 6 });
  const list = (p: number, r: number, stride: number, dilation: number, start: number): Set<number> =>
    new Set(Array.from({ length: p * r }, (_, at) => start + Math.floor(at / r) * stride + (at % r) * dilation));
  fc.assert(
    fc.property(
      step,
      step,
      fc.tuple(count, count, count, count),
      fc.integer({ min: -40, max: 40 }),
      (stride, dilation, [newP, newR, oldP, oldR], shift) => {
        const old = list(oldP, oldR, stride, dilation, 0);
        const common = [...list(newP, newR, stride, dilation, shift)].filter((position) => old.has(position));
        expect(new WindowOverlap(stride, dilation).positions(oldP, oldR)).toBe(old.size);
        expect(new WindowOverlap(stride, dilation).shared(newP, newR, oldP, oldR, shift)).toBe(common.length);
      },
    ),
    { numRuns: 5000 },
  );
});
