import { describe, expect, it } from 'vitest';
import { fillOf, MOST_FILLS, REST_FILL } from '../patterns.js';
import { stackOf } from './stack.js';

describe('parts of bars', () => {
  it('stand on each other, the largest first, without those of nothing', () => {
    const bars = [Object.entries({ a: 1, b: 5, none: 0 }), Object.entries({ b: 2, c: 4 })];
    expect(stackOf(bars, { stack: 's', title: (name) => name.toUpperCase() })).toEqual([
      { name: 'B', stack: 's', fill: fillOf(0), values: [5, 2] },
      { name: 'C', stack: 's', fill: fillOf(1), values: [0, 4] },
      { name: 'A', stack: 's', fill: fillOf(2), values: [1, 0] },
    ]);
  });

  it('leave out fills that are taken, and put together what has none', () => {
    const many = Array.from({ length: MOST_FILLS + 1 }, (_, i) => [`p${i}`, 100 - i] as const);
    const series = stackOf([many], { stack: 's', taken: 1 });
    expect(series[0]?.fill).toEqual(fillOf(1));
    expect(series).toHaveLength(MOST_FILLS);
    expect(series.at(-1)).toMatchObject({ name: '2 others', fill: REST_FILL, values: [201 - 2 * MOST_FILLS] });
  });
});
