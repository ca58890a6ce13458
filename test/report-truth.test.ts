import type { EvaluationRecord } from '@archon-dse/core';
import { buildReport, recordsSource, renderHtml, type ReportModel } from '@archon-dse/report';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../packages/host/report/testing/fake-records.js';
import { isMissing, PageOpener } from './chromium.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };
const records = fakeRecords(SMALL);

/** As if the points of the smaller array were of another accelerator, without a global buffer and with an option of its own. */
const onTwo: readonly EvaluationRecord[] = records.map((record) => {
  const { glbKib, ...options } = record.point.accelerator.options;
  if (options['meshX'] === 16) return record;
  const accelerator = { use: 'archon/sparse', options: { ...options, density: glbKib === 32 ? 0.2 : 0.4, lanes: 4 } };
  return { ...record, point: { ...record.point, accelerator } };
});

const outside = (max: number): ReportModel =>
  buildReport({ ...fakeSweep(SMALL), constraints: [{ metric: 'cycles', max }] }, recordsSource(records));

describe.skipIf(isMissing)('a report page that tells the truth', () => {
  const opener = new PageOpener();
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());
  const open = (model: ReportModel): Promise<Page> => opener.open(renderHtml(model));
  const text = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();

  it('has a dash where a point has no such option, and no column for what its accelerator says', async () => {
    const model = buildReport(fakeSweep(SMALL), recordsSource(onTwo));
    expect(model.columns.filter(({ varies }) => varies).map(({ label }) => label)).toEqual([
      'accelerator',
      'density',
      'glbKib',
    ]);
    const page = await open(model);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    const cells = await page.locator('#points-table td').allInnerTexts();
    expect(cells.filter((cell) => cell.includes('NaN'))).toEqual([]);
    expect(cells.filter((cell) => cell === '–')).toHaveLength(4);
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined/);
    await page.close();
  });

  it('leads from the best value of an objective to a point on the front', async () => {
    const tied = records.map((record, i) => ({
      ...record,
      metrics: { ...record.metrics, cycles: 10, energyPj: 9 - i },
    }));
    const page = await open(buildReport(fakeSweep(SMALL), recordsSource(tied)));
    await page.getByRole('heading', { name: 'Least cycles' }).locator('..').getByRole('button').click();
    expect(await text(page, '#details .badges')).toContain('Pareto front');
    await page.close();
  });

  it('says at its top how much of the sweep it covers', async () => {
    const page = await open(buildReport(fakeSweep(SMALL), recordsSource(records), 648));
    expect(await page.title()).toBe('mobile-nets-on-dense-arrays, 4 of 648 points · Archon DSE');
    expect(await text(page, 'header')).toContain('This covers 4 of 648 points of the sweep: 644 are not evaluated yet');
    await page.close();
    const whole = await open(buildReport(fakeSweep(SMALL), recordsSource(records)));
    expect(await text(whole, 'header')).not.toContain('This covers');
    await whole.close();
  });

  it('says where the plot would be why there is none, and how near the points come', async () => {
    const page = await open(outside(1));
    const section = await text(page, '#no-front');
    expect(section).toContain('No point is feasible: 4 outside the constraint.');
    expect(section).toContain('cycles ≤ 1: 0 of 4 points; the lowest is 51.63 k (glbKib 64, meshX 16)');
    expect(await page.locator('#trade-offs, #parallel').count()).toBe(0);
    await page.close();
  });

  it('tells equal failures once, with their number', async () => {
    const page = await open(buildReport(fakeSweep(), recordsSource(fakeRecords({ layers: 3 }))));
    const rows = await page.locator('#excluded tbody tr').allInnerTexts();
    expect(rows.filter((row) => row.includes('ARCHON_NO_MAPPING'))).toHaveLength(1);
    expect(rows[0]).toMatch(/^2\s+ARCHON_NO_MAPPING\s+layer b3.depthwise: no mapping fits/);
    await page.close();
  });
});
