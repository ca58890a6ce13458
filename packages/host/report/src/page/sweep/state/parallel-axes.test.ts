import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../../../../testing/fake-records.js';
import { fakeReport, smallReport } from '../../../../testing/small-report.js';
import { buildReport } from '../../../build-report.js';
import { recordsSource } from '../../../points/source.js';
import { toPageData } from '../../../render/page-data.js';
import { fieldsOf } from './fields.js';
import { parallelAxes } from './parallel-axes.js';
import { readReport, type Report } from './report.js';

const axesOf = (report: Report) => parallelAxes(report, fieldsOf(report));

describe('axes of the parallel coordinates', () => {
  it('are the options in which points differ, then the objectives', () => {
    expect(axesOf(fakeReport()).map(({ title }) => title.replace(' (log)', ''))).toEqual([
      ...['network', 'width', 'glbKib', 'meshX', 'Cycles', 'Energy'],
    ]);
  });

  it('of an option have its values in even steps', () => {
    const glbKib = axesOf(fakeReport()).find(({ title }) => title === 'glbKib');
    expect(glbKib?.ticks.map(({ text, place }) => [text, Number(place.toFixed(3))])).toEqual([
      ...[
        ['32', 0],
        ['64', 0.333],
        ['128', 0.667],
        ['256', 1],
      ],
    ]);
    expect(glbKib?.step).toBeCloseTo(1 / 3);
  });

  it('have texts from their beginning, and names of contributions without the vendor', () => {
    const files = ['data/first/model.json', 'data/other/model.json'];
    const records = fakeRecords({ layers: 3 }).map((record, i) => {
      const { use, options } = record.point.accelerator;
      const accelerator = { use, options: { ...options, file: files[i % 2] ?? '' } };
      return { ...record, point: { ...record.point, accelerator } };
    });
    const axes = axesOf(readReport(toPageData(buildReport(fakeSweep(), recordsSource(records)))));
    const ticks = (title: string) => axes.find((axis) => axis.title === title)?.ticks;
    expect(ticks('file')?.map(({ text, whole }) => [text, whole])).toEqual(files.map((file) => [file, file]));
    expect(ticks('network')?.map(({ text, whole }) => [text, whole])).toEqual([
      ['effnet-lite', 'archon/effnet-lite'],
      ['mobilenet-v2', 'archon/mobilenet-v2'],
    ]);
  });

  it('of an objective go from its lowest to its highest value, in its unit', () => {
    const report = smallReport([1e6, 2e6, 3e6, 5e6].map((energyPj, i) => ({ cycles: 4 - i, energyPj })));
    const energy = axesOf(report).at(-1);
    expect(energy?.title).toBe('Energy');
    expect([1e6, 2e6, 3e6, 5e6].map((value) => energy?.placeOf(value))).toEqual([0, 0.25, 0.5, 1]);
    expect([...(energy?.places ?? [])].sort()).toEqual([0, 0.25, 0.5, 1]);
    expect(energy?.ticks.map(({ text }) => text)).toEqual(['1 µJ', '2 µJ', '3 µJ', '4 µJ', '5 µJ']);
    expect(energy?.textOf([1e6, 2.5e6])).toBe('1 µJ to 2.5 µJ');
  });

  it('are logarithmic where values lie far apart, with those at or below 0 under the foot', () => {
    const report = smallReport([1, 10, 100].map((cycles) => ({ cycles, energyPj: 1 })));
    const [cycles] = axesOf(report).filter(({ key }) => key === 'cycles');
    expect(cycles?.title).toBe('Cycles (log)');
    expect([...(cycles?.places ?? [])].map((place) => place.toFixed(6)).sort()).toEqual([
      '0.000000',
      '0.500000',
      '1.000000',
    ]);
    expect(cycles?.placeOf(0)).toBeLessThan(0);
    expect(cycles?.below).toBe(0);
  });

  it('of one value have it in the middle', () => {
    const report = smallReport([7, 7].map((cycles, i) => ({ cycles, energyPj: i })));
    const [cycles] = axesOf(report).filter(({ key }) => key === 'cycles');
    expect([...(cycles?.places ?? [])]).toEqual([0.5, 0.5]);
    expect(cycles?.ticks).toEqual([{ place: 0.5, text: '7' }]);
  });
});
