import { ArchonError } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { parseSetValue } from './set-value.js';

describe('parseSetValue', () => {
  it.each([
    ['4', 4],
    ['0.5', 0.5],
    ['2e6', 2e6],
    ['true', true],
    ['null', null],
    ['', null],
    ['cifar10', 'cifar10'],
    ['"4"', '4'],
    ['[1, a]', [1, 'a']],
    ['{ a: 1 }', { a: 1 }],
    ['yes', 'yes'],
  ])('reads %j', (text, expected) => {
    expect(parseSetValue(text)).toEqual(expected);
  });

  it('locates what it cannot read', () => {
    expect(() => parseSetValue('[1')).toThrow(ArchonError);
    expect(() => parseSetValue('.nan')).toThrow(/JSON can carry/);
  });
});
