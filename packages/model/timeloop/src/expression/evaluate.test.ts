import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.js';

const NAMES = new Map([
  ['depth', 64],
  ['width', 16],
  ['n', 3],
]);
const value = (text: string): number | undefined => evaluate(text, (name) => NAMES.get(name));

describe('evaluate', () => {
  it.each([
    ['7', 7],
    ['1e-9 * 2', 2e-9],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['2 ** 3 ** 2', 512],
    ['-2 ** 2', -4],
    ['7 // 2 + 7 % 2', 4],
    ['-7 // 2', -4],
    ['-7 % 4', 1],
    ['10 - 4 - 3', 3],
    ['width * depth', 1024],
    ['max(1, ceil(log2(depth)))', 6],
    ['max(32, width)', 32],
    ['log(depth, 2)', 6],
    ['pow(n, 2) + abs(-n) + min(5, n, 4)', 15],
    ['depth ** (1.56 / 2)', 64 ** 0.78],
    ['max(1, ceil(log2(depth))) if depth >= 1 else 1', 6],
    ['unknown if n == 4 else 5', 5],
    ['1 if n < 3 else 2 if n > 3 else 3', 3],
    ['(n != 3) + (n <= 3)', 1],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  it.each([
    '',
    '45nm',
    'LPDDR4',
    'depht * 2',
    '1 +',
    '(1',
    '1)',
    'max(1',
    'max 1',
    'constructor',
    'toString(1)',
    '1 if 2',
    'a.b',
    '"x"',
    'f(1)',
    `${'('.repeat(500)}1`,
  ])('%j is no expression of what is known', (text) => {
    expect(value(text)).toBeUndefined();
  });

  it('finds the value that a sum of products in brackets was made with', () => {
    type Made = readonly [text: string, value: number];
    const sign = fc.constantFrom('+', '-', '*');
    const { made } = fc.letrec<{ made: Made }>((tie) => ({
      made: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.integer({ min: 1, max: 9 }).map((value): Made => [String(value), value]),
        fc.tuple(tie('made'), sign, tie('made')).map(([[a, x], by, [b, y]]): Made => {
          return [`(${a} ${by} ${b})`, by === '+' ? x + y : by === '-' ? x - y : x * y];
        }),
      ),
    }));
    fc.assert(
      fc.property(made, ([text, expected]) => {
        fc.pre(text.length < 400);
        expect(value(text)).toBe(expected);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const result = value(text);
        expect(result === undefined || typeof result === 'number').toBe(true);
      }),
    );
  });
});
