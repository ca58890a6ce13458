import type { EvaluationRecord } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep, THREE } from '../testing/fake-records.js';
import { buildReport } from './build-report.js';
import { recordsSource } from './points/source.js';
import { renderCsv } from './render/csv.js';
import { renderHtml } from './render/html.js';
import { renderJson } from './render/json.js';
import { renderMarkdown } from './render/markdown.js';
import { renderSvg } from './render/svg.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };

/** Four records with given cycles and energies; the first objective pair of the sweep. */
function recordsWith(metrics: readonly Record<string, number>[]): EvaluationRecord[] {
  const records = fakeRecords(SMALL);
  return metrics.map((m, i) => ({ ...records[i]!, metrics: { areaUm2: 1, ...m } }));
}

describe('buildReport', () => {
  it('puts ties on the front and leaves out what cannot be compared, with counts and reasons', () => {
    const [a, b, c, d] = recordsWith([
      { cycles: 10, energyPj: 5 },
      { cycles: 10, energyPj: 5 },
      { cycles: 1, energyPj: NaN },
      { cycles: 1, energyPj: 1, areaUm2: 6.1e6 },
    ]);
    const report = buildReport(fakeSweep(SMALL), recordsSource([a!, b!, c!, d!]));
    expect(report.counts).toEqual({
      points: 4,
      total: 4,
      feasible: 2,
      front: 2,
      failed: 0,
      notFinite: 1,
      constraint: 1,
    });
    expect(report.groups[0]?.front.toSorted()).toEqual([a!.pointId, b!.pointId].sort());
    const reasons = Object.fromEntries(report.points.map(({ id, reason }) => [id, reason]));
    expect(reasons[c!.pointId]).toBe('energyPj is NaN');
    expect(reasons[d!.pointId]).toBe('Area 6.1 mm² is above the maximum 6 mm²');
    expect(report.best.map(({ value }) => value)).toEqual([10, 5]);
  });

  it('has the best points on the front: of equals the one that no other dominates', () => {
    const report = buildReport(
      fakeSweep(SMALL),
      recordsSource(
        recordsWith([
          { cycles: 10, energyPj: 9 },
          { cycles: 10, energyPj: 5 },
          { cycles: 12, energyPj: 5 },
          { cycles: 20, energyPj: 8 },
        ]),
      ),
    );
    const front = report.points.filter(({ rank }) => rank === 1);
    expect(front.map(({ metrics }) => [metrics['cycles'], metrics['energyPj']])).toEqual([[10, 5]]);
    expect(report.best.map(({ id }) => id)).toEqual([front[0]!.id, front[0]!.id]);
  });

  it('derives metrics by formulas, and keeps points without a value off the fronts that need one', () => {
    const [a, b, c] = recordsWith([
      { cycles: 400, energyPj: 5, macs: 10 },
      { cycles: 200, energyPj: 9, macs: 10 },
      { cycles: 100, energyPj: 1, macs: 0 },
    ]);
    const sweep = {
      ...fakeSweep(SMALL),
      constants: { clockMhz: 200 },
      metrics: [
        { name: 'latencyMs', formula: 'cycles / (clockMhz * 1e3)' },
        { name: 'perMac', formula: 'energyPj / macs' },
        { name: 'perColumn', formula: 'cycles / accelerator.options.meshX' },
      ],
      objectives: [
        { metric: 'latencyMs', direction: 'minimize' },
        { metric: 'perMac', direction: 'minimize' },
      ],
    } as const;
    const report = buildReport(sweep, recordsSource([a!, b!, c!]));
    const byId = Object.fromEntries(report.points.map((point) => [point.id, point]));
    expect(byId[a!.pointId]).toMatchObject({ rank: 1, metrics: { latencyMs: 0.002, perMac: 0.5, perColumn: 50 } });
    expect(byId[b!.pointId]).toMatchObject({ rank: 1, metrics: { latencyMs: 0.001, perMac: 0.9 } });
    expect(byId[c!.pointId]).toMatchObject({ state: 'notFinite', reason: 'perMac is missing: it divides by 0' });
    expect(byId[c!.pointId]?.metrics).not.toHaveProperty('perMac');
    expect(report.metrics.slice(0, 2)).toEqual(['latencyMs', 'perMac']);
    expect(renderCsv(report).split('\n')[0]).toContain('latencyMs,perMac');
    expect(renderJson(report)).not.toMatch(/null|NaN|Infinity/);
    expect(a!.metrics).not.toHaveProperty('latencyMs');
  });

  it('knows how many points the sweep has', () => {
    const report = buildReport(fakeSweep(SMALL), recordsSource(fakeRecords(SMALL)), 648);
    expect(report.counts).toMatchObject({ points: 4, total: 648 });
  });

  it('says how near the points come to a constraint that none keeps', () => {
    const constraints = [
      { metric: 'cycles', max: 5 },
      { metric: 'energyPj', min: 2, max: 3 },
      { metric: 'areaUm2', max: 1 },
    ];
    const records = recordsWith([
      { cycles: 10, energyPj: 1 },
      { cycles: 7, energyPj: 5 },
      { cycles: 8, energyPj: 2 },
    ]);
    const report = buildReport({ ...fakeSweep(SMALL), constraints }, recordsSource(records));
    expect(report.counts).toMatchObject({ feasible: 0, constraint: 3 });
    expect(report.constraintChecks).toEqual([
      { ...constraints[0], points: 3, kept: 0, nearest: { id: records[1]!.pointId, value: 7 } },
      { ...constraints[1], points: 3, kept: 1 },
      { ...constraints[2], points: 3, kept: 3 },
    ]);
  });

  it('says each reason once, those of most points first, with plugin, layer and an example', () => {
    const records = fakeRecords(SMALL);
    const broken = (record: EvaluationRecord, message: string): EvaluationRecord => {
      const error = { code: 'ARCHON_NO_MAPPING', message, plugin: 'p', layer: 'b1' } as const;
      return { ...record, status: 'failed', metrics: {}, layers: [], error };
    };
    const [a, b, c, d] = records;
    const report = buildReport(
      fakeSweep(SMALL),
      recordsSource([a!, broken(b!, 'too big'), broken(c!, 'odd'), broken(d!, 'too big')]),
    );
    const failed = { state: 'failed', code: 'ARCHON_NO_MAPPING', plugin: 'p', layer: 'b1' };
    expect(report.reasons).toEqual([
      { ...failed, reason: 'too big', points: 2, example: b!.pointId },
      { ...failed, reason: 'odd', points: 1, example: c!.pointId },
    ]);
    const missing = recordsWith([{ cycles: 1, energyPj: NaN }, { cycles: 2 }]);
    expect(buildReport(fakeSweep(SMALL), recordsSource(missing)).reasons).toMatchObject([
      { state: 'notFinite', reason: 'energyPj is NaN', points: 1 },
      { state: 'notFinite', reason: 'energyPj is missing', points: 1 },
    ]);
  });

  it('takes no inherited name for a metric', () => {
    const sweep = { ...fakeSweep(SMALL), objectives: [{ metric: 'constructor', direction: 'minimize' as const }] };
    const report = buildReport(sweep, recordsSource(recordsWith([{ cycles: 1 }])));
    expect(report.points.map(({ reason }) => reason)).toEqual(['constructor is missing']);
  });

  it('says what failed', () => {
    const report = buildReport(fakeSweep(), recordsSource(fakeRecords({ layers: 3 })));
    const failed = report.points.filter(({ state }) => state === 'failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]?.reason).toContain('no mapping fits a global buffer of 32 KiB');
    expect(failed[0]?.rank).toBeUndefined();
  });

  it('draws one front a group, all against one reference', () => {
    const option = { groupBy: 'network.options.width', layers: 3 };
    const report = buildReport(fakeSweep(option), recordsSource(fakeRecords(option)));
    expect(report.groups.map(({ key }) => key)).toEqual(['0.5', '0.75', '1']);
    for (const { key, front } of report.groups) {
      const members = report.points.filter((point) => front.includes(point.id));
      expect(members.length).toBeGreaterThan(0);
      expect(members.every(({ group }) => group === key)).toBe(true);
    }
    const most = Math.max(...report.groups.map(({ hypervolume }) => hypervolume));
    expect(report.volume?.hypervolume).toBeGreaterThanOrEqual(most);
  });

  it('measures a hand-made front', () => {
    // Points (0, 10), (5, 5), (10, 0): 11 x 1 + 6 x 5 + 1 x 5 = 46 of a box of 121.
    const report = buildReport(
      fakeSweep(SMALL),
      recordsSource(
        recordsWith([
          { cycles: 0, energyPj: 10 },
          { cycles: 5, energyPj: 5 },
          { cycles: 10, energyPj: 0 },
        ]),
      ),
    );
    expect(report.volume?.reference).toEqual({ cycles: 11, energyPj: 11 });
    expect(report.volume?.hypervolume).toBeCloseTo(46, 12);
    expect(report.volume?.normalized).toBeCloseTo(46 / 121, 12);
  });

  it('summarises each value of each varied option', () => {
    const report = buildReport(fakeSweep(), recordsSource(fakeRecords({ layers: 3 })));
    expect(report.options.map(({ label }) => label)).toEqual(['network', 'width', 'glbKib', 'meshX']);
    const mesh = report.options.find(({ label }) => label === 'meshX');
    expect(mesh?.values.map(({ value, points, feasible }) => [value, points, feasible])).toEqual([
      [8, 24, 24],
      [12, 24, 24],
      [16, 24, 24],
      [32, 24, 16],
    ]);
    expect(mesh?.values.reduce((sum, { front }) => sum + front, 0)).toBe(report.counts.front);
  });

  it('prefers the ok record of a point that was tried again', () => {
    const [ok] = fakeRecords(SMALL);
    const failed: EvaluationRecord = { ...ok!, status: 'failed', metrics: {}, layers: [] };
    for (const records of [
      [ok!, failed],
      [failed, ok!],
    ]) {
      expect(buildReport(fakeSweep(SMALL), recordsSource(records)).counts).toMatchObject({ points: 1, feasible: 1 });
    }
  });

  it('reports an empty journal', () => {
    const report = buildReport(fakeSweep(), recordsSource([]));
    expect(report.counts.points).toBe(0);
    expect(report.volume).toBeUndefined();
    expect(
      [renderCsv, renderJson, renderMarkdown, renderSvg, renderHtml].every((render) => render(report).length > 0),
    ).toBe(true);
  });

  it('gives the same bytes for any order of the records and any timing', () => {
    const options = { objectives: THREE, groupBy: 'network', layers: 4 };
    const records = fakeRecords(options);
    const renderAll = (list: readonly EvaluationRecord[]): string[] => {
      const report = buildReport(fakeSweep(options), recordsSource(list));
      return [...[renderCsv, renderJson, renderMarkdown, renderSvg, renderHtml].map((render) => render(report))];
    };
    const expected = renderAll(records);
    const shuffled = fc.shuffledSubarray(records, { minLength: records.length });
    fc.assert(
      fc.property(shuffled, fc.nat(), (list, wallMs) => {
        const retimed = list.map((record) => ({ ...record, timing: { startedAt: String(wallMs), wallMs, worker: 9 } }));
        expect(renderAll(retimed)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });
});
