import { displayUnits } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { formatIn, unitFor } from '../../../units.js';
import { readFilter, type FilterColumn } from './filter.js';

const metric = (name: string, ...values: number[]): FilterColumn => ({
  kind: 'metric',
  units: displayUnits(name),
  unit: unitFor(name, values),
});
const energy = metric('energyPj', 483.7e6, 3.8e9);
const cycles = metric('cycles', 176_400, 8_883_000);
const area = metric('areaUm2', 413_600, 1_448_000);
const accuracy = metric('accuracy', 0.2, 0.9421);
const edp = metric('edpPjCycles', 8.53e13, 3.1e16);
const plain: FilterColumn = { kind: 'plain' };

const passes = (text: string, column: FilterColumn, value: number): boolean => {
  const reading = readFilter(text, column);
  if (reading.kind !== 'number') throw new Error(JSON.stringify(reading));
  return reading.passes(value);
};

describe('filters of numbers', () => {
  it.each<[string, FilterColumn, number, boolean]>([
    // The filters of the trial that matched nothing: 486,620,000 pJ shows as 486.6 µJ, 1,224,968 cycles as 1225 k.
    ['486.6 uJ', energy, 486.62e6, true],
    ['486.6 µJ', energy, 486.62e6, true],
    ['486.6 μJ', energy, 486.58e6, true],
    ['486.6 uj', energy, 486.66e6, false],
    ['0.4866 mJ', energy, 486.62e6, true],
    ['< 1mJ', energy, 486.62e6, true],
    ['< 1mJ', energy, 1.2e9, false],
    ['1.225 M', cycles, 1_224_968, true],
    ['1225 k', cycles, 1_224_968, true],
    ['1,225K', cycles, 1_224_968, true],
    ['1225', cycles, 1_224_968, true],
    ['1224968', cycles, 1_224_968, true],
    ['1224967', cycles, 1_224_968, false],
    // What a cell shows is what is compared.
    ['<= 486.6 uJ', energy, 486.62e6, true],
    ['< 486.6 uJ', energy, 486.58e6, false],
    ['> 486.6 uJ', energy, 486.62e6, false],
    ['> 486.61 uJ', energy, 486.62e6, true],
    ['= 486.6', energy, 486.62e6, true],
    // Counts are counts, quantities are in the unit of the cells.
    ['< 2e6', cycles, 1_900_000, true],
    ['<2,000,000', cycles, 1_900_000, true],
    ['< 2000', cycles, 1_900_000, false],
    ['< 500', energy, 486.62e6, true],
    ['< 1.1 mm2', area, 1_011_000, true],
    ['< 1.1 mm^2', area, 1_211_000, false],
    ['413600 um2', area, 413_600, true],
    ['0.4136', area, 413_600, true],
    ['94.21 %', accuracy, 0.9421, true],
    ['> 90', accuracy, 0.9421, true],
    ['≥ 94.21%', accuracy, 0.9421, true],
    ['< 90 J*cycles', edp, 8.53e13, true],
    ['85.3 J cycles', edp, 8.53e13, true],
    ['85.3 J', edp, 8.53e13, true],
    // Ranges hold both ends; a unit behind the second serves both.
    ['400..600 uJ', energy, 486.62e6, true],
    ['486.6..600 uJ', energy, 486.58e6, true],
    ['100 uJ..1 mJ', energy, 486.62e6, true],
    ['1 mJ .. 2 mJ', energy, 486.62e6, false],
    ['1e6..2e6', cycles, 1_224_968, true],
    ['-1..1', plain, 0, true],
    // Options are exact.
    ['8', plain, 8, true],
    ['8', plain, 18, false],
    ['0.25', plain, 0.25, true],
    ['<= 3', plain, 4, false],
    ['.5', plain, 0.5, true],
    ['1k', plain, 1000, true],
    ['−2', plain, -2, true],
    // Absent values pass no comparison, and a dash finds them.
    ['< 5', plain, NaN, false],
    ['–', plain, NaN, true],
    ['-', energy, 1, false],
  ])('%s', (text, column, value, expected) => {
    expect(passes(text, column, value)).toBe(expected);
  });

  it('pass every cell that shows the number which was typed', () => {
    for (let value = 483.7e6; value < 3.8e9; value *= 1.003) {
      if (energy.kind !== 'metric') continue;
      const shown = formatIn(energy.unit, value);
      expect([shown, passes(shown, energy, value)]).toEqual([shown, true]);
      expect([shown, passes(`= ${shown}`, energy, value)]).toEqual([shown, true]);
    }
  });

  it.each<[string, FilterColumn, RegExp]>([
    ['abc', energy, /“abc” is not a number: write e\.g\. 12 µJ/],
    ['<', energy, /Nothing is not a number/],
    ['< abc', plain, /“abc” is not a number/],
    ['5 kg', energy, /“kg” is not a unit of this column: pJ, nJ, µJ/],
    ['5 mJ', cycles, /“mJ” is not a unit of this column: k, M, G, T/],
    ['5 m', cycles, /“m” is not a unit/],
    ['1,5', plain, /not a number/],
    ['1..2..3', plain, /not a number/],
    ['5..', plain, /Nothing is not a number/],
    ['9..3', plain, /9 is above 3/],
    ['1.2.3', plain, /not a number/],
    ['<> 5', plain, /not a number/],
  ])('%s cannot be read', (text, column, message) => {
    expect(readFilter(text, column)).toMatchObject({ kind: 'problem', message: expect.stringMatching(message) });
  });

  it.each([
    ['<486.6uJ', '< 486.6 µJ'],
    ['500', '= 500 µJ'],
    ['1..2 mJ', 'from 1 mJ to 2 mJ'],
  ])('%s says what it does: %s', (text, says) => {
    expect(readFilter(text, energy)).toMatchObject({ says });
  });
});

describe('filters of texts', () => {
  const text: FilterColumn = { kind: 'text' };

  it.each([
    ['MOBILE', 'archon/mobilenet-v2', true],
    ['dense', 'archon/mobilenet-v2', false],
    ['= archon/dense', 'archon/dense', true],
    ['=dense', 'archon/dense', false],
    ['a..b', 'xa..by', true],
    ['1 mJ', 'costs 1 mJ', true],
  ])('%s on %s: %s', (asked, cell, expected) => {
    const reading = readFilter(asked, text);
    expect(reading.kind === 'text' && reading.passes(cell)).toBe(expected);
  });

  it('do not compare sizes', () => {
    expect(readFilter('< 5', text)).toMatchObject({ kind: 'problem' });
  });
});
