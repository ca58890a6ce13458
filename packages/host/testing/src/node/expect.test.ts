import type { Expectation } from '@archon-dse/core';
import { describe, expect as vitestExpect, it } from 'vitest';
import { expect as nodeExpect } from './expect.js';

class One {
  readonly a = 1;
}

type Values = readonly [what: string, actual: unknown, expected: unknown];

const EQUAL: readonly Values[] = [
  ['members in another order', { a: 1, b: [2] }, { b: [2], a: 1 }],
  ['a member that is undefined', { a: 1, b: undefined }, { a: 1 }],
  ['an instance by its members', [new One()], [{ a: 1 }]],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
  ['a hole and undefined', [, 1], [undefined, 1]],
  ['NaN', { a: Number.NaN }, { a: Number.NaN }],
  ['maps', new Map([['a', 1]]), new Map([['a', 1]])],
];

const UNEQUAL: readonly Values[] = [
  ['a text for a number', { a: 1 }, { a: '1' }],
  ['a negative zero', [-0], [0]],
  ['null for undefined', { a: null }, {}],
  ['undefined for an element that is missing', [1, undefined], [1]],
  ['an object for an array', { 0: 1 }, [1]],
  ['an array for a typed one', [1], new Uint8Array([1])],
  ['maps of other values', new Map([['a', 1]]), new Map([['a', 2]])],
];

const EXPECTS: readonly (readonly [runner: string, expect: (actual: unknown) => Expectation])[] = [
  ['vitest', vitestExpect],
  ['node', nodeExpect],
];

describe.each(EXPECTS)("%s's expect", (_, expect) => {
  it.each(EQUAL)('takes as equal: %s', (_what, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it.each(UNEQUAL)('tells apart: %s', (_what, actual, expected) => {
    vitestExpect(() => expect(actual).toEqual(expected)).toThrow();
  });

  it('compares identities and numbers', () => {
    const one = {};
    expect(one).toBe(one);
    expect(2).toBeLessThanOrEqual(2);
    vitestExpect(() => expect(one).toBe({})).toThrow();
    vitestExpect(() => expect(3).toBeLessThanOrEqual(2)).toThrow('3');
    vitestExpect(() => expect(Number.NaN).toBeLessThanOrEqual(2)).toThrow('NaN');
    vitestExpect(() => expect('1').toBeLessThanOrEqual(2)).toThrow();
  });
});
