import type { EvaluationRecord, Search } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../testing/fake-records.js';
import { buildReport } from './build-report.js';
import { partialMark, partialNotice } from './explain.js';
import { recordsSource } from './points/source.js';
import { renderMarkdown } from './render/markdown.js';
import { searchWords } from './search-summary.js';

const search: Search = {
  strategy: 'archon/halving',
  options: { resource: 'width', points: 4000, eta: 2, aside: { a: 1 } },
  budget: { points: 5000 },
  seed: 9,
};
const SMALL = { variants: ['archon/a'], widths: [0.25, 0.5, 1], meshes: [8, 16], glbKib: [32, 64], layers: 1 };
/** Four designs at the least width, two of them at the next, one at the last. */
const records = fakeRecords(SMALL).filter(({ point }, i) => {
  const { width } = point.network.options;
  return width === 0.25 || (width === 0.5 && i % 2 === 0) || (width === 1 && i % 4 === 0);
});
const reportOf = (of: readonly EvaluationRecord[], effort?: string) =>
  buildReport({ ...fakeSweep(SMALL), search }, recordsSource(of), undefined, [], effort);

describe('the search of a report', () => {
  it('has the points of each rung, from the least effort', () => {
    const model = reportOf(records, 'network.options.width');
    expect(model.search).toEqual({
      ...search,
      rungs: {
        key: 'network.options.width',
        label: 'width',
        values: [
          { value: 0.25, points: 4 },
          { value: 0.5, points: 2 },
          { value: 1, points: 1 },
        ],
      },
    });
    expect(renderMarkdown(model)).toContain('rungs of width: 0.25 (4 points), 0.5 (2), 1 (1)');
  });

  it('says so while the front is of points that did not get all effort', () => {
    const early = records.filter(({ point }) => point.network.options.width !== 1);
    const { counts } = reportOf(early, 'network.options.width');
    expect(counts).toMatchObject({ fullEffort: 0, feasible: 6 });
    const notice = 'No point got all of the effort: fronts and best values are of points that got less.';
    expect([partialMark(counts), partialNotice(counts)]).toEqual(['no point with full effort', notice]);
    expect(partialNotice({ ...counts, total: 9 })).toMatch(
      /^This covers 6 of 9 points .* for the rest\. No point got all/,
    );
    expect(partialNotice({ ...counts, fullEffort: 1 })).toBe('');
    expect(reportOf(early).counts).not.toHaveProperty('fullEffort');
  });

  it('has none without an axis of effort, and before a point has a record', () => {
    expect(reportOf(records).search).toEqual(search);
    expect(reportOf([], 'network.options.width').search).toEqual(search);
  });

  it('is absent where all points are evaluated', () => {
    expect(buildReport(fakeSweep(SMALL), recordsSource(records))).not.toHaveProperty('search');
  });
});

describe('searchWords', () => {
  it('names the strategy, its options, the budget and the seed', () => {
    expect(searchWords(search)).toEqual([
      'search by halving (resource width, points 4000, eta 2, aside {"a":1})',
      'budget 5,000 points',
      'search seed 9',
    ]);
    expect(searchWords({ ...search, options: {}, budget: { points: 1 } })[0]).toBe('search by halving');
    expect(searchWords({ ...search, budget: { points: 1 } })[1]).toBe('budget 1 point');
  });
});
