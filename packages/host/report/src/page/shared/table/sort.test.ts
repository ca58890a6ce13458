import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSort, sortRows } from './sort.js';

const first = ([key]: readonly [key: string | number, name: string]) => key;

describe('rows of a table', () => {
  it('stay as they are in a column that does not sort', () => {
    expect(sortRows([3, 1, 2], undefined, true)).toEqual([3, 1, 2]);
  });

  it('sort by numbers, equal ones in the order they came in either way', () => {
    const rows = [
      [2, 'a'],
      [10, 'b'],
      [2, 'c'],
      [-1, 'd'],
    ] as const;
    expect(sortRows(rows, first, true).map(([, name]) => name)).toEqual(['d', 'a', 'c', 'b']);
    expect(sortRows(rows, first, false).map(([, name]) => name)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('count empty cells as the largest, also beside infinity', () => {
    const keys = [NaN, 5, Infinity, NaN, 1];
    const order = (ascending: boolean) => sortRows([0, 1, 2, 3, 4], (row) => keys[row]!, ascending);
    expect(order(true)).toEqual([4, 1, 0, 2, 3]);
    expect(order(false)).toEqual([0, 2, 3, 1, 4]);
  });

  it('sort words as a reader does, not by their codes', () => {
    const words = ['zeta', 'Beta', 'alpha', 'éta'];
    expect(sortRows(words, (word) => word, true)).toEqual(['alpha', 'Beta', 'éta', 'zeta']);
  });

  it('are all kept, and the rows that came in are not touched', () => {
    const rows = fc.array(fc.double());
    fc.assert(
      fc.property(rows, fc.boolean(), (keys, ascending) => {
        const before = [...keys];
        const sorted = sortRows(keys, (key) => key, ascending);
        expect([...sorted].sort()).toEqual([...keys].sort());
        expect(keys).toEqual(before);
      }),
    );
  });
});

describe('a click on a title', () => {
  it('sorts ascending, then the other way; another column starts anew', () => {
    const once = nextSort(undefined, 2);
    expect(once).toEqual({ column: 2, ascending: true });
    expect(nextSort(once, 2)).toEqual({ column: 2, ascending: false });
    expect(nextSort(once, 3)).toEqual({ column: 3, ascending: true });
  });

  it('sorts a column of sizes largest first', () => {
    expect(nextSort({ column: 0, ascending: true }, 1, true)).toEqual({ column: 1, ascending: false });
  });
});
