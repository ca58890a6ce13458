import type { EvaluationRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../testing/fake-records.js';
import { buildReport } from './build-report.js';
import { recordsSource } from './points/source.js';
import { readReport } from './page/sweep/state/report.js';
import { rulesOf } from './page/sweep/state/rules.js';
import { renderJson } from './render/json.js';
import { renderMarkdown } from './render/markdown.js';
import { toPageData } from './render/page-data.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };
const [NORMS, RELUS] = [{ layerNorm: 25, gelu: 12 }, { relu: 3 }];

/** Four points: two cost no norms, one no ReLUs, one everything; each next one is worse. */
const records = fakeRecords(SMALL).map((record, i): EvaluationRecord => {
  const notCosted = [NORMS, NORMS, RELUS][i];
  const metrics = { cycles: i + 1, energyPj: 1, areaUm2: 1 };
  return { ...record, status: 'ok', metrics, ...(notCosted === undefined ? {} : { notCosted }) };
});
const model = buildReport(fakeSweep(SMALL), recordsSource(records));
const byId = new Map(records.map(({ pointId, notCosted }) => [pointId, notCosted]));

describe('what accelerators did not cost', () => {
  it('stands at its points, and once for the sweep', () => {
    for (const { id, notCosted } of model.points) expect(notCosted).toEqual(byId.get(id));
    expect(model.provenance.notCosted).toHaveLength(2);
    expect(model.provenance.notCosted).toEqual(expect.arrayContaining([NORMS, RELUS]));
  });

  it('is in summary.json, for the sweep and for the points of the front', () => {
    const summary = JSON.parse(renderJson(model)) as {
      provenance: { notCosted: object[] };
      groups: { front: { id: string; notCosted?: object }[] }[];
    };
    expect(summary.provenance.notCosted).toEqual(model.provenance.notCosted);
    const front = summary.groups.flatMap((group) => group.front);
    expect(front.map(({ id, notCosted }) => [id, notCosted])).toEqual([[records[0]!.pointId, NORMS]]);
  });

  it('is in report.md', () => {
    const text = renderMarkdown(model);
    expect(text).toContain('| Not costed | layerNorm 25, gelu 12 |');
    expect(text).toContain('| Not costed | relu 3 |');
  });

  it('is on the page, at each point and among the rules', () => {
    const report = readReport(toPageData(model));
    const shown = records.map(({ pointId }) => report.byId.get(pointId)?.notCosted);
    expect(shown).toEqual(['layerNorm 25, gelu 12', 'layerNorm 25, gelu 12', 'relu 3', '']);
    const sentence = 'Cycles and energies are without what is no multiply-accumulate and the accelerator does not cost';
    expect(
      rulesOf(report)
        .filter((rule) => rule.startsWith(sentence))
        .sort(),
    ).toEqual([`${sentence}: layerNorm 25, gelu 12.`, `${sentence}: relu 3.`]);
  });

  it('is not spoken of where everything is costed', () => {
    const costed = buildReport(fakeSweep(SMALL), recordsSource(records.slice(3)));
    expect(renderMarkdown(costed)).not.toContain('Not costed');
    expect(rulesOf(readReport(toPageData(costed))).join()).not.toContain('does not cost');
  });
});
