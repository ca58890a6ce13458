import type { EvaluationRecord, Objective, Sweep } from '@archon-dse/core';
import { buildReport } from '../src/build-report.js';
import { readReport, type Report } from '../src/page/sweep/state/report.js';
import { toPageData } from '../src/render/page-data.js';
import { fakeRecords, fakeSweep, type FakeOptions } from './fake-records.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };

/** What the page reads of the records of meshX 8 and 16 by glbKib 32 and 64 with given metrics. */
export function smallReport(metrics: readonly Record<string, number>[], sweep: Partial<Sweep> = {}): Report {
  const records = fakeRecords(SMALL).slice(0, metrics.length);
  const given = records.map((record, i): EvaluationRecord => ({ ...record, metrics: { areaUm2: 1, ...metrics[i] } }));
  return readReport(toPageData(buildReport({ ...fakeSweep(SMALL), constraints: [], ...sweep }, given)));
}

/** What the page reads of invented records. */
export function fakeReport(options: FakeOptions = { layers: 3 }): Report {
  return readReport(toPageData(buildReport(fakeSweep(options), fakeRecords(options))));
}

export const minimize = (...metrics: readonly string[]): readonly Objective[] =>
  metrics.map((metric) => ({ metric, direction: 'minimize' }));
