import { describe, expect, it } from 'vitest';
import { fromColumns, toColumns, type Columns } from './columns.js';

/** As a file has them. */
const stored = (values: readonly object[]): Columns => JSON.parse(JSON.stringify(toColumns(values))) as Columns;

describe('columns', () => {
  it('have values of one shape in one table, also where another came between them', () => {
    const values = [
      { a: 1, b: { c: 'x' } },
      { a: 2, b: { c: 'x' }, d: undefined },
      { b: { c: 'x' }, a: 3 },
      { a: 4, b: { c: 'y' } },
    ];
    expect(toColumns(values)).toEqual({
      count: 4,
      shapes: [
        {
          shape: ['a', ['b', ['c']]],
          columns: [
            [1, 2, 4],
            ['x', 'x', 'y'],
          ],
        },
        { shape: [['b', ['c']], 'a'], columns: [['x'], [3]] },
      ],
      order: [0, 0, 1, 0],
    });
  });

  it.each([
    [{ a: {} }, { a: { b: 1 } }],
    [{ a: { b: 1 } }, { a: {} }],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }],
    [{ a: { b: undefined } }, { a: { b: 1 } }],
    [{ a: [1] }, { a: { 0: 1 } }],
    [{}, { a: 1 }],
  ])('tell %j from %j', (first, second) => {
    expect(toColumns([first, second]).shapes).toHaveLength(2);
    const of = fromColumns(stored([first, second]));
    expect([of(0), of(1)].map((value) => JSON.stringify(value))).toEqual(
      [first, second].map((value) => JSON.stringify(value)),
    );
  });
});
