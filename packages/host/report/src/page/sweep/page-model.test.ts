import type { EvaluationRecord, Sweep } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../../../testing/fake-records.js';
import { buildReport } from '../../build-report.js';
import { toPageData } from '../../render/page-data.js';
import { BY_GROUP, coloring, colorChoices, firstColoring, NO_CLASS } from './coloring.js';
import { comparePoints } from './comparison.js';
import { defaultAxes, frontsInPlane } from './default-axes.js';
import { fieldsOf } from './fields.js';
import { importances } from './importance.js';
import { marksOf, type View } from './marks.js';
import { passing } from './passing.js';
import { readReport, type Report } from './report.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };
const NOTHING = { filters: new Map<string, string>(), brushes: new Map(), frontsOnly: false };

/** The records of meshX 8 and 16 by glbKib 32 and 64 with given metrics. */
function reportOf(metrics: readonly Record<string, number>[], sweep: Partial<Sweep> = {}): Report {
  const records = fakeRecords(SMALL);
  const given = metrics.map((one, i): EvaluationRecord => ({ ...records[i]!, metrics: { areaUm2: 1, ...one } }));
  return readReport(toPageData(buildReport({ ...fakeSweep(SMALL), constraints: [], ...sweep }, given)));
}

const minimize = (...metrics: string[]) => metrics.map((metric) => ({ metric, direction: 'minimize' as const }));

describe('default axes', () => {
  it('are the pair of objectives with the longest front', () => {
    const report = reportOf(
      [
        { cycles: 1, energyPj: 1, areaUm2: 4 },
        { cycles: 2, energyPj: 2, areaUm2: 3 },
        { cycles: 3, energyPj: 3, areaUm2: 2 },
        { cycles: 4, energyPj: 0.5, areaUm2: 2 },
      ],
      { objectives: minimize('cycles', 'energyPj', 'areaUm2') },
    );
    expect(defaultAxes(report)).toEqual(['cycles', 'areaUm2']);
    expect(
      frontsInPlane(report, 'cycles', 'areaUm2')
        .get('')
        ?.map(({ metrics }) => metrics['cycles']),
    ).toEqual([1, 2, 3]);
    expect(frontsInPlane(report, 'cycles', 'cycles').size).toBe(0);
  });

  it('leave out an objective with one value when all fronts are a point', () => {
    const metrics = [
      { accuracy: 0.2, cycles: 1, energyPj: 1 },
      { accuracy: 0.2, cycles: 2, energyPj: 2 },
    ];
    const objectives = [{ metric: 'accuracy', direction: 'maximize' as const }, ...minimize('cycles', 'energyPj')];
    expect(defaultAxes(reportOf(metrics, { objectives }))).toEqual(['cycles', 'energyPj']);
  });

  it('are the first pair when all fronts are a point, and a varied metric beside a single objective', () => {
    const one = [
      { cycles: 1, energyPj: 1, macs: 5 },
      { cycles: 2, energyPj: 2, macs: 6 },
    ];
    expect(defaultAxes(reportOf(one))).toEqual(['cycles', 'energyPj']);
    expect(defaultAxes(reportOf(one, { objectives: minimize('cycles') }))[1]).toBe('cycles');
    expect(defaultAxes(reportOf(one, { objectives: minimize('cycles') }))[0]).toMatch(/energyPj|macs/);
  });
});

describe('importance of options', () => {
  // cycles = 10 meshX effect only: means 5 and 15. energy: 0, 2, 4, 10: mesh means 1 and 7, glb means 2 and 6, mean 4, variance 14.
  const report = reportOf([
    { cycles: 5, energyPj: 0 },
    { cycles: 5, energyPj: 2 },
    { cycles: 15, energyPj: 4 },
    { cycles: 15, energyPj: 10 },
  ]);
  const shares = Object.fromEntries(
    importances(report, ['cycles', 'energyPj', 'areaUm2']).map((one) => [one.label, one.shares]),
  );

  it('is the share of the variance that an option explains by itself', () => {
    expect(shares['meshX']).toEqual({ cycles: 1, energyPj: 9 / 14 });
    expect(shares['glbKib']?.['cycles']).toBe(0);
    expect(shares['glbKib']?.['energyPj']).toBeCloseTo(4 / 14, 12);
  });

  it('has none of a metric that does not vary', () => {
    expect(shares['meshX']).not.toHaveProperty('areaUm2');
  });

  it('leaves what options explain together', () => {
    // 9/14 + 4/14 leave 1/14 to the interaction: (0 - 2 - 4 + 10) / 4 = 1, squared over the variance.
    expect(1 - (shares['meshX']?.['energyPj'] ?? 0) - (shares['glbKib']?.['energyPj'] ?? 0)).toBeCloseTo(1 / 14, 12);
  });
});

describe('marks', () => {
  const view: View = { x: 'cycles', y: 'energyPj', logX: true, logY: true, zoom: false, outside: false };
  const report = reportOf([
    { cycles: 0, energyPj: 5 },
    { cycles: 2, energyPj: -1 },
    { cycles: 3, energyPj: 3 },
    { cycles: 4, energyPj: 2, accuracy: 0.5 },
  ]);
  const all = new Uint8Array(4).fill(1);
  const by = coloring(report, BY_GROUP);

  it('say how many a logarithmic axis has no place for', () => {
    const { notes, order } = marksOf(report, view, by, all);
    expect(notes).toEqual(['2 points at or below 0, for which a logarithmic axis has no place']);
    expect(order.map(({ metrics }) => metrics['cycles'])).toEqual([3, 4]);
    expect(marksOf(report, { ...view, logX: false, logY: false }, by, all).notes).toEqual([]);
  });

  it('say how many have no value', () => {
    const { notes } = marksOf(report, { ...view, x: 'accuracy', logX: false, logY: false }, by, all);
    expect(notes).toEqual(['3 points without a value on both axes']);
  });

  it('are told apart by what passes', () => {
    const { sets } = marksOf(report, { ...view, logX: false, logY: false }, by, Uint8Array.of(1, 0, 0, 0));
    const drawn = sets.flatMap(({ passing: passes, marks }) => (passes ? marks.map(([, , i]) => i) : []));
    expect(drawn).toEqual([0]);
    expect(sets.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(4);
  });
});

describe('colouring', () => {
  const report = readReport(toPageData(buildReport(fakeSweep(), fakeRecords({ layers: 3 }))));

  it('is by any option and any metric that varies', () => {
    const keys = colorChoices(report).map(([key]) => key);
    expect(keys).toContain('accelerator.options.glbKib');
    expect(keys).toContain('metric:edpPjCycles');
    expect(keys).not.toContain('accelerator.options.meshY');
    expect(firstColoring(report)).toBe('network');
  });

  it('gives each value a mark of its own', () => {
    const { classes, classOf } = coloring(report, 'accelerator.options.meshX');
    const looks = classes.map(({ shape, hollow }) => `${shape} ${hollow}`);
    expect(new Set(looks).size).toBe(4);
    expect(classOf).toHaveLength(report.points.length);
    expect(new Set(classOf).size).toBe(4);
  });

  it('puts the rest of many values together', () => {
    const widths = Array.from({ length: 14 }, (_, i) => `archon/n${i}`);
    const many = readReport(toPageData(buildReport(fakeSweep(), fakeRecords({ variants: widths, layers: 3 }))));
    const { classes, legend } = coloring(many, 'network');
    expect(classes).toHaveLength(10);
    expect(legend).toMatchObject({ texts: expect.arrayContaining(['5 others']) });
    expect(new Set(classes.map(({ color }) => color('light'))).size).toBe(10);
  });

  it('by a metric goes from its lowest to its highest value, and shows absent ones as such', () => {
    const { classOf, legend } = coloring(report, 'metric:cycles');
    const cycles = report.points.map(({ metrics }) => metrics['cycles'] ?? NaN);
    const known = cycles.filter((value) => !Number.isNaN(value));
    expect(classOf[cycles.indexOf(Math.min(...known))]).toBe(0);
    expect(classOf[cycles.indexOf(Math.max(...known))]).toBe(15);
    expect(cycles.every((value, i) => Number.isNaN(value) === (classOf[i] === NO_CLASS))).toBe(true);
    expect(legend).toMatchObject({ kind: 'scale', title: 'Cycles', low: report.show('cycles', Math.min(...known)) });
  });
});

describe('two points side by side', () => {
  it('are compared in metrics, components and the options in which they differ', () => {
    const report = reportOf([
      { cycles: 10, energyPj: 4 },
      { cycles: 5, energyPj: 4 },
    ]);
    const [one, other] = report.points;
    const { metrics, options } = comparePoints(one!, other!, report);
    expect(metrics.find(({ name }) => name === 'Cycles')).toEqual({
      ...{ name: 'Cycles', one: '10', other: '5', ratio: '2 ×', better: 'other' },
    });
    expect(metrics.find(({ name }) => name === 'Energy')).toMatchObject({ ratio: 'equal' });
    expect(options.map(({ name, one: a, other: b }) => [name, a, b])).toEqual([['glbKib', '32', '64']]);
  });
});

describe('what passes', () => {
  const report = reportOf([1, 2, 3, 4].map((n) => ({ cycles: n, energyPj: 5 - n })));
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
