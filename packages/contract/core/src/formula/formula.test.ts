import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from './evaluate-formula.js';
import { FormulaError, parseFormula } from './parse-formula.js';

const VALUES: Readonly<Record<string, number>> = { cycles: 400, a: 2, zero: 0, 'accelerator.options.meshX': 8 };
const evaluate = (text: string) =>
  evaluateFormula(parseFormula(text), (name) => (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined));

describe('a formula', () => {
  it.each([
    ['cycles / (200 * 1e3)', 0.002],
    ['1 - 2 - 3', -4],
    ['8 / 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['2 * -3 + 1', -5],
    ['- - a', 2],
    ['max(1, a, 3) + min(4, 5)', 7],
    ['log2(cycles / 100)', 2],
    ['round(sqrt(17)) + ceil(0.2) + floor(0.9) + abs(-1)', 6],
    ['.5 + 2. + 1E1', 12.5],
    ['accelerator.options.meshX * a', 16],
    ['a * 4 <= 8', 1],
    ['a * 4 < 8', 0],
    ['a >= 2 and a > 2 or a == 2', 1],
    ['a != 2 or zero', 0],
    ['a and cycles', 1],
    ['not(a > 1) + 2 * (a == 2)', 2],
    ['1 + 1 < 3 and 2 < 3', 1],
  ])('%s is %d', (text, value) => {
    expect(evaluate(text)).toEqual({ value });
  });

  it.each([
    ['cycles / zero', 'it divides by 0'],
    ['zero * (1 / (a - 2))', 'it divides by 0'],
    ['sqrt(-a)', 'it is no number'],
    ['10 ^ cycles', 'it is infinite'],
    ['1 / accuracy', 'it has no accuracy'],
    ['constructor', 'it has no constructor'],
  ])('%s has no value: %s', (text, reason) => {
    expect(evaluate(text)).toEqual({ reason });
  });

  it.each([
    ['cycles *', 8, 'a number, a name, a function or "("'],
    ['(cycles', 7, 'an operator or ")"'],
    ['2 cycles', 2, 'an operator, or the end'],
    ['a $ 2', 2, /^numbers, names, [+]/],
    ['a = 2', 2, /^numbers/],
    ['1 < a < 3', 6, 'and, or, or the end: write 1 < x and x < 3'],
    ['a and', 5, 'a number, a name, a function or "("'],
    ['srqt(2)', 0, /^one of: abs, /],
    ['sqrt(1, 2)', 0, '1 value'],
    ['toString(2)', 0, /^one of/],
    ['', 0, 'a number, a name, a function or "("'],
    ['('.repeat(2000), 0, 'at most 1000'],
  ])('%j is refused at %d', (text, at, expected) => {
    const refusal = () => parseFormula(text);
    expect(refusal).toThrow(FormulaError);
    expect(refusal).toThrow(
      expect.objectContaining({
        at,
        expected: typeof expected === 'string' ? expected : expect.stringMatching(expected),
      }),
    );
  });

  it('of sums and products is worth what JavaScript makes of it', () => {
    const number = fc.integer({ min: 1, max: 99 }).map(String);
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        number,
        fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([a, sign, b]) => `${a} ${sign} ${b}`),
        tie('tree').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        fc.pre(text.length < 1000);
        const value = new Function(`return ${text}`)() as number; // eslint-disable-line @typescript-eslint/no-implied-eval
        expect(evaluate(text)).toEqual(Number.isFinite(value) ? { value } : { reason: expect.any(String) });
      }),
      { numRuns: 60 },
    );
  });
});
