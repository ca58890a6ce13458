import type { EvaluationRecord } from '@archon-dse/core';
import { buildReport, recordsSource, renderHtml } from '@archon-dse/report';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withExecutions } from '../packages/host/report/testing/fake-executions.js';
import { fakeRecords, fakeSweep } from '../packages/host/report/testing/fake-records.js';
import { HOSTILE, isMissing, PageOpener } from './chromium.js';

const records = fakeRecords({ layers: 12 });
const withAdders = (record: EvaluationRecord): EvaluationRecord => {
  const { accelerator } = record.point;
  const options = { ...accelerator.options, addersPerPe: 6 };
  return { ...record, point: { ...record.point, accelerator: { ...accelerator, options } } };
};
const pageOf = (of: readonly EvaluationRecord[]) => renderHtml(buildReport(fakeSweep(), recordsSource(of)));

describe.skipIf(isMissing)('the pictures of an executed point', () => {
  const opener = new PageOpener();
  const { complaints } = opener;
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());

  async function open(html: string): Promise<Page> {
    const page = await opener.open(html);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    return page;
  }

  it('stand where layers were executed, and nowhere else', async () => {
    const plain = await open(pageOf(records));
    expect(await plain.locator('#execution').count()).toBe(0);
    await plain.close();
    const page = await open(pageOf(withExecutions(records.map(withAdders))));
    const section = page.locator('#execution');
    expect(await section.locator('> .legend').allTextContents()).toEqual([
      'AnalyticalExecuted: usefulBusiest PEFIFOs full',
    ]);
    await section.locator('.chart.executed svg').waitFor();
    await section.locator('.chart.density svg').scrollIntoViewIfNeeded();
    await section.locator('.chart.histogram svg').waitFor();
    await expect
      .poll(() => section.locator('.chart.histogram svg').textContent())
      .toContain('what a PE adds in a cycle');
    await expect.poll(() => section.locator('tbody tr').first().textContent()).toMatch(/^b0.*1\.33\d ×/);
    expect(await page.locator('#details').textContent()).toMatch(/Executed blocks take [\d.]+ k cycles, 1\.33\d × the/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('are those of a block that the keyboard chose', async () => {
    const page = await open(pageOf(withExecutions(records)));
    const title = page.locator('#execution .chosen-block');
    const said = () => page.locator('#announcements').textContent();
    expect(await title.textContent()).toBe('Block b0');
    await page.getByRole('application', { name: /^Cycles by block/ }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => title.textContent()).toBe('Block b3');
    await expect.poll(said).toMatch(/^b3, analytical .*, Busiest PE .* 20\.0 %/);
    await page.locator('#execution').getByLabel('Block', { exact: true }).selectOption('b1');
    await expect.poll(() => title.textContent()).toBe('Block b1');

    const map = page.getByRole('application', { name: /^Masks of the first ReLU/ });
    await map.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await expect.poll(said).toMatch(/^channel group 2, position 2: .*; 10 of 32$/);
    await page.getByText('The values of this map').click();
    await expect.poll(() => page.locator('#execution .values td').count()).toBe(32);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('are led to from the details of the point, and the address stays that of the view', async () => {
    const page = await open(pageOf(withExecutions(records)));
    const before = page.url();
    await page.getByRole('button', { name: 'Block by block' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('execution-title');
    expect(page.url()).toBe(before);
    await page.close();
  });

  it('call what they do not know by its name, whatever that is', async () => {
    const hostile = withExecutions(records, ({ cyclesAnalytical }) => ({
      ...{ cyclesAnalytical, stalls: { [HOSTILE]: 1 }, shares: { [HOSTILE]: 0.5 } },
      ...{ histograms: { [HOSTILE]: [1, 2] }, maps: { [HOSTILE]: [[0, 1]] } },
    }));
    const page = await open(pageOf(hostile));
    const bars = page.getByRole('application', { name: /^Cycles by block/ });
    await bars.focus();
    await page.keyboard.press('Home');
    await page.locator('#execution .tip', { hasText: HOSTILE }).waitFor();
    await page
      .getByRole('application', { name: /, a histogram/ })
      .first()
      .focus();
    await page.keyboard.press('Home');
    await page.locator('#execution .chart.density').first().scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('#execution h4').first().textContent()).toBe(HOSTILE);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
