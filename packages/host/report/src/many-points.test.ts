import { dominates, toCosts } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { MANY_SWEEP, manyRecords } from '../testing/many-records.js';
import { buildReport } from './build-report.js';
import { BY_GROUP, coloring } from './page/sweep/state/coloring.js';
import { marksOf } from './page/sweep/state/marks.js';
import { readReport } from './page/sweep/state/report.js';
import { MOST_MARKS } from './page/sweep/state/thinned.js';
import type { RecordSource } from './points/source.js';
import { renderCsv } from './render/csv.js';
import { renderHtml } from './render/html.js';
import { MOST_FRONT, MOST_OFF_FRONT, renderJson } from './render/json.js';
import { DETAIL_BUDGET, toPageData } from './render/page-data.js';
import { renderSvg } from './render/svg.js';

const COUNT = 20_000;

/** Counts how often each point's layers are read. */
function counting(source: RecordSource): RecordSource & { readonly read: Map<string, number> } {
  const read = new Map<string, number>();
  return {
    read,
    heads: () => source.heads(),
    record: (id) => {
      read.set(id, (read.get(id) ?? 0) + 1);
      return source.record(id);
    },
  };
}

describe('a report of 20,000 points', () => {
  const source = counting(manyRecords(COUNT));
  const model = buildReport(MANY_SWEEP, source);
  const readByModel = source.read.size;
  const data = toPageData(model);
  const readByPage = source.read.size;
  const report = readReport(data);
  const front = model.points.filter(({ rank }) => rank === 1);

  it('reads layers for the page only, and of no more points than it has room for', () => {
    expect(readByModel).toBe(0);
    expect(readByPage).toBeGreaterThan(front.length);
    expect(readByPage).toBeLessThanOrEqual(DETAIL_BUDGET);
    expect(Math.max(...source.read.values())).toBe(1);
    const detailed = report.points.filter(({ hasLayers }) => hasLayers);
    expect(detailed.length).toBeGreaterThan(1000);
    expect(detailed.every(({ rank }) => rank === 1)).toBe(true);
  });

  it('has on its front what nothing dominates', () => {
    const costs = model.points.map(({ metrics }) => toCosts(metrics, MANY_SWEEP.objectives));
    const feasible = costs.filter((_, at) => model.points[at]?.state === 'feasible');
    const some = front.filter((_, i) => i % 50 === 0).map(({ metrics }) => toCosts(metrics, MANY_SWEEP.objectives));
    expect(some.some((one) => feasible.some((other) => dominates(other, one)))).toBe(false);
    const behind = model.points.flatMap(({ rank }, at) => (rank === 2 && at % 20 === 0 ? [costs[at] ?? []] : []));
    expect(behind.length).toBeGreaterThan(0);
    expect(behind.every((one) => feasible.some((other) => dominates(other, one)))).toBe(true);
  });

  it('has every point in its page: options and fronts as they are, other metrics to seven digits', () => {
    expect(report.points).toHaveLength(COUNT);
    const places = [
      ...front.map((point) => model.points.indexOf(point)),
      ...Array.from({ length: 200 }, (_, i) => i * 99),
    ];
    for (const at of places) {
      const [shown, point] = [report.points[at], model.points[at]];
      expect(shown).toMatchObject({ id: point?.id, label: point?.label, rank: point?.rank, reason: point?.reason });
      expect(shown?.options).toEqual(point?.options);
      for (const [name, value] of Object.entries(point?.metrics ?? {})) {
        const found = shown?.metrics[name] ?? NaN;
        if (point?.rank === 1) expect(found).toBe(value);
        else expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-7 * Math.abs(value));
      }
    }
  });

  it('draws all of the front and a sample of the others, the same one every time', () => {
    const view = { x: 'cycles', y: 'energyPj', logX: true, logY: true, zoom: false, outside: true };
    const mask = new Uint8Array(COUNT).fill(1);
    const draw = () => marksOf(report, view, coloring(report, BY_GROUP), mask);
    const { order, notes } = draw();
    expect(order.length).toBeLessThan(MOST_MARKS + front.length);
    expect(order.filter(({ rank }) => rank === 1)).toHaveLength(front.length);
    expect(notes.join()).toMatch(/^[\d,]+ points that lie where others are drawn$/);
    expect(draw().order.map(({ index }) => index)).toEqual(order.map(({ index }) => index));
  });

  it('has files that stay small, and a row for each feasible point', () => {
    expect(renderHtml(model).length).toBeLessThan(2_500_000);
    expect(renderSvg(model).length).toBeLessThan(400_000);
    expect(renderCsv(model).split('\n')).toHaveLength(model.counts.feasible + 2);
  });

  it('says in summary.json how many points its lists leave out', () => {
    const summary = JSON.parse(renderJson(model)) as {
      groups: { front: object[] }[];
      excluded: object[];
      omitted: object;
    };
    expect(summary.excluded).toHaveLength(MOST_OFF_FRONT);
    expect(summary.groups[0]?.front).toHaveLength(Math.min(MOST_FRONT, front.length));
    expect(summary.omitted).toEqual({
      front: Math.max(0, front.length - MOST_FRONT),
      failed: 0,
      excluded: model.counts.constraint - MOST_OFF_FRONT,
      reasons: 0,
    });
  });
});
