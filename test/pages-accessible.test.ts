import { readFileSync } from 'node:fs';
import { buildReport, recordsSource, renderHtml, renderPaperHtml, type PaperModel } from '@archon-dse/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fakeRecords,
  fakeSweep,
  THREE,
  withBudgets,
  withReferences,
} from '../packages/host/report/testing/fake-records.js';
import { withExecutions } from '../packages/host/report/testing/fake-executions.js';
import { isMissing, PageOpener } from './chromium.js';
import { archonHere } from './in-process.js';
import { violations } from './violations.js';
import { temporaryFolder } from './workspace.js';

const options = { objectives: THREE, groupBy: 'network' };
const sweepPage = renderHtml(
  buildReport(withReferences(fakeSweep(options)), recordsSource(withBudgets(fakeRecords(options)))),
);
const executed = renderHtml(buildReport(fakeSweep(), recordsSource(withExecutions(fakeRecords({ layers: 9 })))));
const infeasible = renderHtml(
  buildReport(
    { ...fakeSweep(), constraints: [{ metric: 'cycles', max: 1 }] },
    recordsSource(fakeRecords({ layers: 3 })),
    500,
  ),
);

const LOOKS = [
  ['light', { width: 1440, height: 900 }, { colorScheme: 'light' }],
  ['dark', { width: 1440, height: 900 }, { colorScheme: 'dark' }],
  ['a phone', { width: 390, height: 844 }, { colorScheme: 'light' }],
  ['forced colours', { width: 1440, height: 900 }, { forcedColors: 'active' }],
] as const;

describe.skipIf(isMissing)('pages without a violation of axe-core', () => {
  const opener = new PageOpener();
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  let paperPage = '';
  beforeAll(async () => {
    await archonHere(['reproduce', 'ics21', '--network', 'mobilenet-v2', '--out', 'paper'], folder.path);
    paperPage = readFileSync(`${folder.path}/paper/paper.html`, 'utf8');
  });

  it.each(LOOKS)('sweep: %s', async (_, viewport, media) => {
    const page = await opener.open(sweepPage, '', viewport);
    await page.emulateMedia(media);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    await page.locator('#layers summary').first().click();
    await page.locator('#layers .boxes').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.close();
  });

  it.each(LOOKS)('executed point: %s', async (_, viewport, media) => {
    const page = await opener.open(executed, '', viewport);
    await page.emulateMedia(media);
    await page.locator('#execution .chart.density').scrollIntoViewIfNeeded();
    for (const values of await page.locator('#execution .values summary').all()) await values.click();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.close();
  });

  it('sweep with a comparison, a filter that cannot be read and nothing that passes', async () => {
    const page = await opener.open(sweepPage, '#filter.cycles=many&filter.energyPj=%3C0.001');
    await page.getByRole('button', { name: 'Compare with another' }).click();
    await page.getByRole('button', { name: '→' }).click();
    await page.locator('#compare table').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('sweep without a feasible point', async () => {
    const page = await opener.open(infeasible);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it.each(LOOKS)('paper: %s', async (_, viewport, media) => {
    const page = await opener.open(paperPage, '', viewport);
    await page.emulateMedia(media);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.close();
  });

  it('paper without networks', async () => {
    const model = JSON.parse(/id="page-data">(.*?)<\/script>/.exec(paperPage)?.[1] ?? '') as PaperModel;
    const page = await opener.open(renderPaperHtml({ ...model, networks: [], runs: [], comparisons: [], rules: [] }));
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
