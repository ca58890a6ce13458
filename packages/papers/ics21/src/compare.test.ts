import { describe, expect, it } from 'vitest';
import { agrees, compareRows } from './compare.js';
import { printed } from './costs.js';

describe('agrees', () => {
  it.each([
    ['12288.0', 12_288, true],
    ['12288', 12_289, false],
    ['0', 0.4, false],
    ['33.06', 33.062112, true],
    ['33.06', 33.0651, false],
    ['25.0', 24.98, true],
    ['41.57292339999999', 41.5729234, true],
    ['41.57292339999999', 41.5729235, false],
    ['', 0, false],
    ['0', Number.NaN, false],
  ])('%s and %d: %s', (text, ours, expected) => {
    expect(agrees(text, ours)).toBe(expected);
  });
});

describe('compareRows', () => {
  it('counts missing and superfluous rows as mismatches', () => {
    const ours = [{ row: 'b1', cells: { c: 1 } }];
    expect(compareRows(ours, [{ c: '1' }, { c: '2' }], ['c'])).toMatchObject({ cells: 2, matched: 1 });
    expect(compareRows([...ours, ...ours], [{ c: '1' }], ['c'])).toMatchObject({ cells: 2, matched: 1 });
  });
});

describe('quoted cells', () => {
  it('count neither as compared nor as matched', () => {
    const ours = [{ row: 'b1', cells: { c: 1, d: 2 }, quoted: ['d'] }];
    expect(compareRows(ours, [{ c: '1', d: '2' }], ['c', 'd'])).toMatchObject({ cells: 1, matched: 1, quoted: 1 });
  });
});

describe('printed', () => {
  it.each([
    [321_544.125, 321_544.12],
    [0.375, 0.38],
    [2.345, 2.35],
    [1.005, 1],
    [7, 7],
  ])('%d is printed %d', (value, expected) => {
    expect(printed(value)).toBe(expected);
  });
});
