import type { EvaluationRecord, Objective, Sweep } from '@archon-dse/core';
import { buildReport } from '../src/build-report.js';
import { recordsSource } from '../src/points/source.js';
import { readReport, type Report } from '../src/page/sweep/state/report.js';
import { toPageData } from '../src/render/page-data.js';
import { fakeRecords, fakeSweep, type FakeOptions } from './fake-records.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };

/** What the page reads of the records of meshX 8 and 16 by glbKib 32 and 64 with given metrics. */
export function smallReport(metrics: readonly Record<string, number>[], sweep: Partial<Sweep> = {}): Report {
  const records = fakeRecords(SMALL).slice(0, metrics.length);
  const given = records.map((record, i): EvaluationRecord => ({ ...record, metrics: { areaUm2: 1, ...metrics[i] } }));
  return readReport(toPageData(buildReport({ ...fakeSweep(SMALL), constraints: [], ...sweep }, recordsSource(given))));
}

/** What the page reads of invented records. */
export function fakeReport(options: FakeOptions = { layers: 3 }): Report {
  return readReport(toPageData(buildReport(fakeSweep(options), recordsSource(fakeRecords(options)))));
}

export const minimize = (...metrics: readonly string[]): readonly Objective[] =>
  metrics.map((metric) => ({ metric, direction: 'minimize' }));

/**
 * What the page reads of two steps: points of meshX 8 and 16 by glbKib 32 and 64, of which the first ones were refined, each to the metrics
 * beside it. Their ids are s0, s1, ... and r0, r1, ...
 */
export function twoStepReport(
  screened: readonly Record<string, number>[],
  refined: readonly Record<string, number>[],
  sweep: Partial<Sweep> = {},
): Report {
  const fidelity = (name: string) => (record: EvaluationRecord, metrics: Record<string, number>, pointId: string) => {
    const { use, options } = record.point.accelerator;
    const accelerator = { use, options: { ...options, fidelity: name } };
    return { ...record, pointId, point: { ...record.point, accelerator }, metrics: { areaUm2: 1, ...metrics } };
  };
  const records = fakeRecords(SMALL);
  const of = (all: readonly Record<string, number>[], name: string, prefix: string): EvaluationRecord[] =>
    all.flatMap((metrics, i) => {
      const record = records[i];
      return record === undefined ? [] : [fidelity(name)(record, metrics, `${prefix}${String(i)}`)];
    });
  const confirmations = refined.map((_, i) => ({ pointId: `r${String(i)}`, refines: `s${String(i)}` }));
  const both = [...of(screened, 'estimated', 's'), ...of(refined, 'executed', 'r')];
  const asked = { ...fakeSweep(SMALL), constraints: [], refine: REFINE, ...sweep };
  return readReport(toPageData(buildReport(asked, recordsSource(both), both.length, confirmations)));
}

const REFINE = { top: 'front', set: { 'accelerator.options.fidelity': 'executed' } } as const;
