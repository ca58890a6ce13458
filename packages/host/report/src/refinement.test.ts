import type { EvaluationRecord, Refine, Sweep } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { recordsSource } from './points/source.js';
import { partialMark, partialNotice } from './explain.js';
import { renderCsv } from './render/csv.js';
import { renderJson } from './render/json.js';
import { renderMarkdown } from './render/markdown.js';
import { renderSvg } from './render/svg.js';
import { fakeRecords, fakeSweep, type FakeOptions } from '../testing/fake-records.js';

const SMALL: FakeOptions = {
  ...{ variants: ['archon/mobilenet-v2'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 1 },
};
const refine: Refine = { top: 'front', set: { 'accelerator.options.fidelity': 'executed' } };
const sweep: Sweep = { ...fakeSweep(SMALL), constraints: [], refine };

/** Four points: a and b are on the front, c and d behind them. */
const METRICS = [
  { cycles: 100, energyPj: 400 },
  { cycles: 200, energyPj: 200 },
  { cycles: 250, energyPj: 500 },
  { cycles: 300, energyPj: 500 },
];
const ids = ['a', 'b', 'c', 'd'];
const screened = fakeRecords(SMALL).map((record, i) => withOption(record, ids[i]!, METRICS[i]!, 'estimated'));
const refined = [
  withOption(screened[0]!, 'a2', { cycles: 150, energyPj: 300 }, 'executed'),
  withOption(screened[1]!, 'b2', { cycles: 180, energyPj: 300 }, 'executed'),
];
const confirmations = [
  { pointId: 'a2', refines: 'a' },
  { pointId: 'b2', refines: 'b' },
];
const report = buildReport(sweep, recordsSource([...screened, ...refined]), 6, confirmations);
const pointOf = (id: string, model = report) => model.points.find((point) => point.id === id);

function withOption(record: EvaluationRecord, pointId: string, metrics: object, fidelity: string): EvaluationRecord {
  const { use, options } = record.point.accelerator;
  const accelerator = { use, options: { ...options, fidelity } };
  return {
    ...record,
    pointId,
    point: { ...record.point, accelerator },
    metrics: { ...record.metrics, areaUm2: 0, ...metrics },
  };
}

describe('a report of two steps', () => {
  it('has fronts, ranks, best values and volumes of refined points only', () => {
    expect(report.groups.map(({ front, points }) => ({ front, points }))).toEqual([{ front: ['a2'], points: 6 }]);
    expect(report.points.map(({ id, rank }) => [id, rank]).sort()).toEqual([
      ['a', undefined],
      ['a2', 1],
      ['b', undefined],
      ['b2', 2],
      ['c', undefined],
      ['d', undefined],
    ]);
    expect(report.best.map(({ metric, id, value }) => [metric, id, value])).toEqual([
      ['cycles', 'a2', 150],
      ['energyPj', 'a2', 300], // b2 has no less, and more cycles
    ]);
    expect(report.volume?.ideal).toEqual({ cycles: 150, energyPj: 300 });
    expect(report.options.find(({ label }) => label === 'fidelity')).toBeUndefined();
    expect(report.options.flatMap(({ values }) => values.map(({ points }) => points))).toEqual([1, 1, 2, 0]);
  });

  it('counts both and says of each point what it is', () => {
    expect(report.counts).toEqual({
      ...{ points: 6, total: 6, refined: 2, feasible: 2, front: 1 },
      ...{ failed: 0, notFinite: 0, constraint: 0 },
    });
    expect(report.points.filter(({ state }) => state === 'screened').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['a', 'b', 'c', 'd']),
    );
    expect(pointOf('b2')).toMatchObject({ state: 'feasible', refines: 'b' });
  });

  it('puts chosen points before and after side by side', () => {
    expect(report.refinement).toMatchObject({
      ...refine,
      pairs: [
        { id: 'a2', refines: 'a', change: { cycles: 0.5, energyPj: -0.25, areaUm2: 0 } },
        { id: 'b2', refines: 'b', change: { cycles: expect.closeTo(-0.1, 12) as number, energyPj: 0.5 } },
      ],
    });
  });

  it('has no change where a value is missing or was 0', () => {
    const zero = withOption(screened[0]!, 'a', { cycles: 100, energyPj: 400, areaUm2: 0 }, 'estimated');
    const after = withOption(refined[0]!, 'a2', { areaUm2: 7 }, 'executed');
    const { refinement } = buildReport(sweep, recordsSource([zero, after]), 2, confirmations.slice(0, 1));
    expect(refinement?.pairs[0]?.change).not.toHaveProperty('areaUm2');
  });

  it('keeps what failed in either step, and has a pair of it', () => {
    const error = { code: 'ARCHON_POINT_TIMEOUT', message: 'no' } as const;
    const failed: EvaluationRecord = { ...refined[0]!, status: 'failed', metrics: {}, layers: [], error };
    const model = buildReport(sweep, recordsSource([...screened, failed, refined[1]!]), 6, confirmations);
    expect(model.counts).toMatchObject({ failed: 1, feasible: 1, front: 1, refined: 2 });
    expect(model.refinement?.pairs[0]).toEqual({ id: 'a2', refines: 'a', change: {} });
    expect(model.groups[0]?.front).toEqual(['b2']);
  });

  it('has points that the settings leave alone on its front', () => {
    const alone = [{ pointId: 'a', refines: 'a' }, confirmations[1]!];
    const model = buildReport(sweep, recordsSource([...screened, refined[1]!]), 5, alone);
    expect(pointOf('a', model)).toMatchObject({ state: 'feasible', refines: 'a', rank: 1 });
    expect(model.refinement?.pairs[0]).toMatchObject({ id: 'a', refines: 'a', change: { cycles: 0 } });
    expect(model.counts).toMatchObject({ points: 5, refined: 2, front: 2 });
  });

  it('has two pairs of a point that confirms two', () => {
    const both = [confirmations[0]!, { pointId: 'a2', refines: 'b' }];
    const model = buildReport(sweep, recordsSource([...screened, refined[0]!]), 5, both);
    expect(model.refinement?.pairs.map(({ id, refines }) => [id, refines])).toEqual([
      ['a2', 'a'],
      ['a2', 'b'],
    ]);
    expect(pointOf('a2', model)?.refines).toBe('a');
  });
});

describe('before the second step', () => {
  const first = buildReport(sweep, recordsSource(screened), 4);

  it('a report is of the first, and says so', () => {
    expect(first.groups[0]?.front).toEqual(['a', 'b']);
    expect(first.counts).toMatchObject({ points: 4, total: 4, refined: 0, feasible: 4 });
    expect(partialMark(first.counts)).toBe('first step only');
    expect(partialNotice(first.counts)).toBe(
      'No point is refined yet: fronts and best values are those of the first step. Run the sweep again for the second.',
    );
    expect(JSON.parse(renderJson(first))).toMatchObject({ complete: false, refinement: { ...refine, pairs: [] } });
  });

  it('one that has begun without a record is too', () => {
    const begun = buildReport(sweep, recordsSource(screened), 6, confirmations);
    expect({ ...begun.counts, total: 4 }).toEqual(first.counts);
    expect(renderJson(begun).replace('"total": 6', '"total": 4')).toBe(renderJson(first));
  });

  it('one of a limited first step says both', () => {
    const { counts } = buildReport(sweep, recordsSource(screened.slice(0, 2)), 4);
    expect(partialNotice(counts)).toMatch(/2 of 4 points.* No point is refined yet/);
  });

  it('nothing lacks where there was nothing to choose from', () => {
    const none = { ...sweep, constraints: [{ metric: 'cycles', max: 1 }] };
    const { counts } = buildReport(none, recordsSource(screened), 4, []);
    expect(partialMark(counts)).toBe('');
  });
});

describe('the renderings of two steps', () => {
  it('pareto.csv has refined points with what they confirm, and screened ones without a rank', () => {
    const [header = '', ...rows] = renderCsv(report).trimEnd().split('\n');
    expect(header).toMatch(/^pointId,group,rank,onFront,refines,cycles,energyPj,/);
    expect(rows.map((row) => row.split(',').slice(0, 6).join()).sort()).toEqual([
      'a,,,false,,100',
      'a2,,1,true,a,150',
      'b,,,false,,200',
      'b2,,2,false,b,180',
      'c,,,false,,250',
      'd,,,false,,300',
    ]);
  });

  it('summary.json has them on its front', () => {
    expect(JSON.parse(renderJson(report))).toMatchObject({
      complete: true,
      counts: { points: 6, refined: 2 },
      groups: [{ front: [{ id: 'a2', refines: 'a' }] }],
      excluded: [],
    });
  });

  it('report.md has a table of both', () => {
    const text = renderMarkdown(report);
    expect(text).toContain('The front again with accelerator.options.fidelity executed.');
    expect(text).toMatch(/\| Point +\| Cycles screened +\| Refined +\| Change +\| Energy screened/);
    expect(text).toMatch(/\| 100 +\| 150 +\| \+50 % +\| 400 pJ +\| 300 pJ +\| -25 % +\|/);
  });

  it('front.svg names the screened points', () => {
    expect(renderSvg(report)).toContain('>screened<');
  });

  it('are as ever in a sweep of one step', () => {
    const plain = buildReport({ ...fakeSweep(SMALL), constraints: [] }, recordsSource(screened));
    expect(plain).not.toHaveProperty('refinement');
    expect(plain.counts).not.toHaveProperty('refined');
    expect(renderCsv(plain)).toMatch(/^pointId,group,rank,onFront,cycles,/);
    expect(renderMarkdown(plain) + renderSvg(plain)).not.toContain('creened');
  });
});
