import type { EvaluationRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../testing/fake-records.js';
import { boundedReasons, boundedValues, MOST_LISTED } from './bounded.js';
import { buildReport } from './build-report.js';
import { recordsSource } from './points/source.js';
import type { OptionValueSummary, ReasonSummary } from './report-model.js';
import { renderJson } from './render/json.js';
import { renderMarkdown } from './render/markdown.js';

const value = (place: number, front = 0, feasible = 0): OptionValueSummary => ({
  ...{ value: place, points: 1, feasible, front, best: {} },
});

describe('the values of an option', () => {
  const few = Array.from({ length: MOST_LISTED }, (_, place) => value(place));

  it('are all listed up to 500', () => {
    expect(boundedValues(few)).toEqual({ values: few });
  });

  it('beyond that are those with most points on the fronts, then with most feasible ones, in their own order', () => {
    const many = [...few, value(500, 0, 1), value(501, 1, 1)];
    const { values, omitted } = boundedValues(many);
    expect(omitted).toBe(2);
    expect(values.map((one) => one.value)).toEqual([...Array.from({ length: 498 }, (_, place) => place), 500, 501]);
  });
});

it('lists the reasons of most points, and says of how many points the others are', () => {
  const reasons = Array.from({ length: 503 }, (_, i): ReasonSummary => ({
    ...{ state: 'failed', reason: String(i), points: i < 500 ? 9 : 503 - i, example: '' },
  }));
  expect(boundedReasons(reasons.slice(0, 500))).toEqual({ reasons: reasons.slice(0, 500) });
  expect(boundedReasons(reasons)).toEqual({
    reasons: reasons.slice(0, 500),
    omittedReasons: { reasons: 3, points: 3 + 2 + 1 },
  });
});

describe('a report of 1,300 values of an option and 700 reasons', () => {
  const OPTIONS = { variants: ['archon/a'], meshes: [8], glbKib: [64], layers: 1 };
  const widths = Array.from({ length: 1300 }, (_, i) => 1 + i);
  const records = fakeRecords({ ...OPTIONS, widths }).map((record, i): EvaluationRecord => {
    if (i >= 700) return record;
    const error = { code: 'ARCHON_NO_MAPPING', message: `no mapping ${String(i)}` } as const;
    return { ...record, status: 'failed', metrics: {}, layers: [], error };
  });
  const model = buildReport({ ...fakeSweep({ ...OPTIONS, widths }), constraints: [] }, recordsSource(records));

  it('lists 500 of each in its summary, and says how many more there are', () => {
    const { reasons, options, columns, omitted } = JSON.parse(renderJson(model)) as {
      readonly reasons: readonly unknown[];
      readonly options: readonly { readonly values: readonly unknown[]; readonly omitted?: number }[];
      readonly columns: readonly {
        readonly label: string;
        readonly values: readonly unknown[];
        readonly omitted?: number;
      }[];
      readonly omitted?: object;
    };
    expect(reasons).toHaveLength(500);
    expect(options.map((option) => [option.values.length, option.omitted])).toEqual([[500, 800]]);
    const listed = columns.map(({ label, values, omitted }) => [label, values.length, omitted]);
    expect(listed).toContainEqual(['width', 500, 800]);
    expect(listed).toContainEqual(['meshX', 1, undefined]);
    expect(omitted).toMatchObject({ failed: 0, reasons: 200 });
    expect(renderJson(model)).not.toContain('omittedReasons');
  });

  it('says so in its Markdown', () => {
    const text = renderMarkdown(model);
    expect(text).toContain('Not listed: values with fewest points on the fronts, 800 of width.');
    expect(text).toContain('Not listed: 200 more reasons, of 200 points; the records of the points have them.');
  });
});
