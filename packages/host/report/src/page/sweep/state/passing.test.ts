import { describe, expect, it } from 'vitest';
import { smallReport } from '../../../../testing/small-report.js';
import { fieldsOf } from './fields.js';
import { passing } from './passing.js';

const NOTHING = { filters: new Map<string, string>(), brushes: new Map(), frontsOnly: false };

describe('what passes', () => {
  const report = smallReport([1, 2, 3, 4].map((n) => ({ cycles: n, energyPj: 5 - n })));
  const fields = fieldsOf(report);

  it('is what filters, brushes and the fronts leave', () => {
    const axis = { key: 'cycles', positions: Float64Array.of(1, 2, 3, 4) };
    const count = (narrowing: Partial<Parameters<typeof passing>[3]>): number =>
      passing(report.points, fields, [axis], { ...NOTHING, ...narrowing }).count;
    expect(count({})).toBe(4);
    expect(count({ filters: new Map([['cycles', '<= 2']]) })).toBe(2);
    expect(count({ brushes: new Map([['cycles', [[2, 3]]]]) })).toBe(2);
    expect(count({ brushes: new Map([['cycles', [[2, 3]]]]), filters: new Map([['cycles', '<= 2']]) })).toBe(1);
    expect(count({ frontsOnly: true })).toBe(report.summary.counts.front);
  });

  it('is everything where a filter cannot be read, and the filter says so', () => {
    const filters = new Map([
      ['cycles', 'many'],
      ['id', 'nowhere'],
      ['unknown', '1'],
    ]);
    const { count, filters: states } = passing(report.points, fields, [], { ...NOTHING, filters });
    expect(count).toBe(4);
    expect(states.map(({ problem }) => problem)).toEqual([
      '“many” is not a number: write e.g. 12, < 12 or 1..12.',
      'No cell of this column contains “nowhere”.',
    ]);
  });
});
