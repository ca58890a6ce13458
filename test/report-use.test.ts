import { readFileSync } from 'node:fs';
import { buildReport, recordsSource, renderHtml } from '@archon-dse/report';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../packages/host/report/testing/fake-records.js';
import { isMissing, PageOpener } from './chromium.js';

const model = buildReport(fakeSweep(), recordsSource(fakeRecords({ layers: 12 })));
const html = renderHtml(model);

describe.skipIf(isMissing)('a report page in use', () => {
  const opener = new PageOpener();
  const { complaints } = opener;
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());

  async function open(hash = ''): Promise<Page> {
    const page = await opener.open(html, hash, { width: 1440, height: 900 });
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    return page;
  }
  const count = (page: Page): Promise<string | null> => page.locator('#passing-count').textContent();

  it('shows the whole plot without scrolling, on axes with a front', async () => {
    const page = await open();
    const box = await page.locator('.chart.plot').boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? Infinity)).toBeLessThanOrEqual(900);
    expect(box?.height).toBeGreaterThan(400);
    await page.close();
  });

  it('passes a filter that repeats what a cell shows, and marks one that cannot be read', async () => {
    const page = await open();
    const energy = page.getByLabel('Filter Energy', { exact: true });
    const titles = await page.locator('#points-table th').allTextContents();
    const cell = page.locator(`#points-table tr[aria-selected] td:nth-child(${titles.indexOf('Energy') + 1})`);
    const shown = (await cell.first().textContent()) ?? '';
    expect(shown).toMatch(/^[\d.,]+ µJ$/);
    await energy.fill(shown.replace('µ', 'u'));
    await expect.poll(() => count(page)).toBe('1 of 96 points');
    await expect.poll(() => cell.allTextContents()).toEqual([shown]);
    expect(await page.locator('.filters').textContent()).toBe(`Energy = ${shown}`);

    await energy.fill('nonsense');
    expect(await count(page)).toBe('96 of 96 points');
    expect(await energy.getAttribute('aria-invalid')).toBe('true');
    const message = page.locator(`#${(await energy.getAttribute('aria-describedby')) ?? ''}`);
    expect(await message.textContent()).toContain('“nonsense” is not a number: write e.g. 12 µJ');
    await energy.fill('');
    expect(await energy.getAttribute('aria-invalid')).toBeNull();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens at the view its address names, and survives an address of nonsense', async () => {
    const page = await open();
    await page.getByLabel('Horizontal', { exact: true }).selectOption('areaUm2');
    await page.getByLabel('Vertical axis logarithmic').check();
    await page.getByLabel('Colour').selectOption('metric:cycles');
    await page.getByLabel('Filter width').fill('< 0.6');
    const strip = page.getByRole('slider', { name: /^Range of Cycles/ });
    await strip.press('ArrowUp');
    await strip.press('Shift+ArrowUp');
    await page.locator('#points').getByLabel('fronts only').check();
    await expect.poll(() => page.url()).toContain('frontsOnly=1');
    const seen = [await count(page), await strip.getAttribute('aria-valuetext')];
    expect(seen[0]).not.toBe('96 of 96 points');
    const hash = new URL(page.url()).hash;
    await page.close();

    const again = await open(hash);
    expect(await again.getByLabel('Horizontal', { exact: true }).inputValue()).toBe('areaUm2');
    expect(await again.getByLabel('Vertical axis logarithmic').isChecked()).toBe(true);
    expect(await again.getByLabel('Colour').inputValue()).toBe('metric:cycles');
    expect(await again.getByLabel('Filter width').inputValue()).toBe('< 0.6');
    const same = again.getByRole('slider', { name: /^Range of Cycles/ });
    expect([await count(again), await same.getAttribute('aria-valuetext')]).toEqual(seen);
    await again.getByRole('button', { name: 'Clear filters' }).click();
    expect(await count(again)).toBe('96 of 96 points');
    await again.close();

    const lost = await open('#point=gone&x=%&y=<b>&color=metric:gone&brush.cycles=1..x&filter.gone=1&%%%');
    expect(await count(lost)).toBe('96 of 96 points');
    expect(complaints).toEqual([]);
    await lost.close();
  });

  it('walks over the plot by keyboard, says where it is, and chooses', async () => {
    const page = await open();
    const plot = page.getByRole('application', { name: /^Trade-off plot/ });
    await plot.focus();
    await page.keyboard.press('Home');
    const said = page.locator('#announcements');
    const [fastest] = model.points
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => (a.metrics['cycles'] ?? 0) - (b.metrics['cycles'] ?? 0));
    expect(await said.textContent()).toMatch(
      new RegExp(`^Cycles .* k, Energy .* µJ, ${fastest?.label ?? ''}.*; 1 of ${model.counts.feasible}$`),
    );
    await page.keyboard.press('End');
    expect(await said.textContent()).toMatch(new RegExp(`; ${model.counts.feasible} of ${model.counts.feasible}$`));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#details h2').textContent()).toBe(fastest?.label);

    await page.keyboard.press('Escape');
    const bars = page.getByRole('application', { name: /^Bars by layer/ });
    await bars.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await said.textContent()).toMatch(/^b0\.depthwise, depthwise, Cycles .*; 2 of 12$/);
    await bars.locator('.tip', { hasText: 'b0.depthwise' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has links that skip to the plot and the table and leave the address alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('points-title');
    expect(new URL(page.url()).hash).toBe('');
    await page.close();
  });

  it('saves the points that pass as CSV', async () => {
    const energies = model.points.flatMap(({ metrics }) => metrics['energyPj'] ?? []).sort((a, b) => a - b);
    const bound = Math.round((energies[40] ?? 0) / 1e5) / 10;
    const page = await open(`#filter.energyPj=<%20${bound}%20µJ`);
    const passing = Number(((await count(page)) ?? '').split(' ')[0]);
    expect(passing).toBeGreaterThan(0);
    expect(passing).toBeLessThan(96);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('mobile-nets-on-dense-arrays-selection.csv');
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1 + passing);
    expect(lines[0]).toMatch(/^pointId,group,rank,onFront,cycles,energyPj,/);
    const column = lines[0]!.split(',').indexOf('energyPj');
    expect(lines.slice(1).every((line) => Number(line.split(',')[column]) < bound * 1e6)).toBe(true);
    await page.close();
  });

  it('sets two points side by side', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Compare with another' }).click();
    expect(await page.locator('#compare').isVisible()).toBe(false);
    await page.getByRole('button', { name: '→' }).click();
    const row = page.locator('#compare tbody tr', { hasText: 'Cycles' }).first();
    expect(await row.textContent()).toMatch(/^Cycles.*k.*k[\d.]+ ×$/);
    expect(await page.locator('#compare .badge', { hasText: 'better' }).count()).toBe(2);
    await expect.poll(() => page.url()).toContain('compare=');
    await page.getByRole('button', { name: 'Stop comparing' }).click();
    expect(await page.locator('#compare').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('draws the loop nest of a layer with what each level holds, under a legend of its letters', async () => {
    const page = await open();
    expect(await page.locator('#layers .letters').textContent()).toContain('C, M input and output channels');
    await page.locator('#layers summary').first().click();
    const lines = page.locator('#layers .nest tbody tr');
    expect(await lines.nth(0).textContent()).toMatch(
      /^DRAMfor Q in 0:\d+weights 864, inputs 3,072, outputs 131,072 words$/,
    );
    expect(await lines.nth(1).textContent()).toMatch(
      /^shared_glbfor P in 0:16inputs 304, outputs 512 of [\d,]+ words[\d.]+ %$/,
    );
    expect(await lines.nth(2).textContent()).toBe('for M in 0:16 across X');
    const boxes = page.locator('#layers .boxes .box');
    expect(await boxes.count()).toBe(4);
    expect(await boxes.nth(1).locator('> .about').textContent()).toMatch(/^shared_glb[\d.]+ % full$/);
    expect(await boxes.nth(1).locator('> .mesh .cells > span').count()).toBe(16);
    expect(await boxes.nth(3).locator('.box').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says how many marks a logarithmic axis has no place for', async () => {
    const records = fakeRecords({ layers: 3 }).map((record, i) => ({
      ...record,
      metrics: record.status === 'ok' && i < 5 ? { ...record.metrics, energyPj: i - 4 } : record.metrics,
    }));
    const page = await opener.open(
      renderHtml(buildReport({ ...fakeSweep(), constraints: [] }, recordsSource(records))),
    );
    const notes = page.locator('#trade-offs [role=status]');
    expect(await notes.textContent()).toBe('');
    await page.getByLabel('Vertical axis logarithmic').check();
    expect(await notes.textContent()).toBe(
      'Not shown: 5 points at or below 0, for which a logarithmic axis has no place.',
    );
    await page.close();
  });
});
