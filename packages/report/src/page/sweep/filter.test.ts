import { describe, expect, it } from 'vitest';
import { matches } from './filter.js';

describe('table filters', () => {
  it.each([
    ['<2e6', 1.9e6, true],
    ['< 2e6', 2e6, false],
    ['>=40M', 40e6, true],
    ['35u', 35e-6, true],
    ['<= 3', 4, false],
    ['8', 8, true],
    ['8', 18, false],
    ['MOBILE', 'archon/mobilenet-v2', true],
    ['dense', 'archon/mobilenet-v2', false],
    ['<', 5, false],
    ['x', undefined, false],
  ])('%s on %s: %s', (filter, cell, expected) => {
    expect(matches(filter, cell)).toBe(expected);
  });
});
