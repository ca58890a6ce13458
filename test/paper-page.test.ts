import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPaperHtml, type PaperModel } from '@archon-dse/report';
import { foreignScriptRuns, HOSTILE, isMissing, PageOpener } from './chromium.js';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
const reproduced = await archonHere(['reproduce', 'ics21', '--out', 'paper'], folder.path);
const html = readFileSync(join(folder.path, 'paper/paper.html'), 'utf8');
const model = JSON.parse(/id="page-data">(.*?)<\/script>/.exec(html)?.[1] ?? '') as PaperModel;
folder.remove();

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('archon reproduce ics21 --out', () => {
  it('writes both files and tells where the page is', () => {
    expect(reproduced).toMatchObject({ status: 0, stderr: '' });
    expect(reproduced.stdout).toMatch(/\npage {2}.*paper\/paper\.html\n$/);
  });

  it('writes the --json document, and the same page again', async () => {
    const again = temporaryFolder();
    const args = ['reproduce', 'ics21', '--network', 'fusionet', '--out'];
    const { stdout } = await archonHere([...args, 'one', '--json'], again.path);
    await archonHere([...args, 'two'], again.path);
    expect(readdirSync(join(again.path, 'one')).sort()).toEqual(['paper.html', 'paper.json']);
    expect(readFileSync(join(again.path, 'one/paper.json'), 'utf8')).toBe(stdout);
    const [one, two] = ['one', 'two'].map((name) => readFileSync(join(again.path, name, 'paper.html'), 'utf8'));
    expect(one === two).toBe(true);
    again.remove();
  });

  it('shows blocks that add up to the totals, under both sets of rules', () => {
    expect(model.runs.map(({ id }) => id)).toEqual(['published', 'corrected']);
    const figures = model.runs.flatMap((run) => run.figures);
    expect(figures).toHaveLength(2 * model.networks.length);
    for (const { totals, blocks } of figures) {
      for (const { id } of model.accelerators) {
        const costs = blocks.flatMap((block) => block.costs[id] ?? []);
        expect(sum(costs.map(({ energyUj }) => energyUj))).toBeCloseTo(totals[id]?.energyUj ?? NaN, 6);
        if (costs.some(({ cycles }) => cycles === null)) continue;
        expect(sum(costs.map(({ cycles }) => cycles ?? NaN))).toBe(totals[id]?.cycles);
      }
    }
  });

  it('matches every cell', () => {
    expect(sum(model.comparisons.map(({ cells }) => cells))).toBe(2672);
    expect(sum(model.comparisons.map(({ matched }) => matched))).toBe(2672);
  });

  it('marks every sparse figure that is quoted', () => {
    expect(sum(model.comparisons.map(({ quoted }) => quoted))).toBe(426);
    const quoted = model.runs[0]?.figures.map(({ blocks }) =>
      blocks.flatMap(({ costs }) => (costs['sparse'] ?? []).flatMap(({ quoted: why }) => why ?? [])),
    );
    const overwritten = 'published; its passes were overwritten';
    expect(quoted?.map((notes) => notes.length)).toEqual([11, 48, 45, 45, 0, 0, 0]);
    expect(quoted?.map((notes) => notes.filter((note) => note === overwritten).length)).toEqual([
      11, 11, 11, 11, 0, 0, 0,
    ]);
  });

  it('adds a run of the rules that were asked for', async () => {
    const other = temporaryFolder();
    const args = ['--network', 'shufflenet', '--rules', 'skippedMainBlocks=corrected', '--out', '.'];
    await archonHere(['reproduce', 'ics21', ...args], other.path);
    const page = readFileSync(join(other.path, 'paper.html'), 'utf8');
    const { runs } = JSON.parse(/id="page-data">(.*?)<\/script>/.exec(page)?.[1] ?? '') as PaperModel;
    expect(runs.map(({ id }) => id)).toEqual(['published', 'corrected', 'asked']);
    expect(runs.map(({ figures }) => figures[0]?.totals['archon']?.cycles)).toEqual([295_535, 506_999, 281_279]);
    other.remove();
  });
});

describe.skipIf(isMissing)('paper page in Chromium', () => {
  const opener = new PageOpener();
  const { complaints } = opener;
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());

  const cells = (page: Page, row: number) => page.locator('#totals tbody tr').nth(row).locator('td');
  const bars = (page: Page, chart: number, color: string) =>
    page.locator('.chart.blocks').nth(chart).locator(`svg path[fill="${color}"]`);

  it('shows the headline, the totals and a bar for every phase', async () => {
    const page = await opener.open(html);
    expect(await page.locator('.tile.claim').textContent()).toMatch(
      /5\.755×.*2\.106×.*MobileNetV2, CIFAR-10.*inferred/,
    );
    expect(await page.locator('.tile').nth(1).textContent()).toMatch(
      /2,672of 2,672 computed in \d+ tables; 426 more are quoted/,
    );
    const texts = await cells(page, 0).allTextContents();
    expect(texts.slice(1)).toEqual([
      ...['4,132,672', '3,665.47', '1,512,504', '3,384.98', '718,116', '3,929.54'],
      ...['5.755×', '2.106×', '1.072×', '1.161×'],
    ]);
    expect(await bars(page, 1, '#f08c3a').count()).toBe(14);
    expect(await bars(page, 0, '#52607a').count()).toBe(16);
    expect(await page.locator('#rules tbody tr').count()).toBe(model.rules.length);
    expect(await page.locator('#comparisons').textContent()).toContain('No cell differs');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('switches rules and network by keyboard, and its address opens the same', async () => {
    const page = await opener.open(html);
    await page.getByLabel('As published').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByLabel('Corrected', { exact: true }).isChecked()).toBe(true);
    expect(await cells(page, 0).nth(5).textContent()).toBe('718,768printed 718,116');
    await page.getByRole('combobox', { name: 'Network' }).selectOption({ label: 'ShuffleNet, CIFAR-10' });
    expect(page.url()).toMatch(/#shufflenet\.cifar10,corrected$/);
    expect(await bars(page, 1, '#f08c3a').count()).toBe(15);

    const again = await opener.open(html, '#shufflenet.cifar10,corrected');
    expect(await again.getByRole('combobox', { name: 'Network' }).inputValue()).toBe('4');
    expect(await again.getByLabel('Corrected', { exact: true }).isChecked()).toBe(true);
    expect(await again.locator('#blocks .subject').textContent()).toContain('ShuffleNet, CIFAR-10');
    expect(complaints).toEqual([]);
    await page.close();
    await again.close();
  });

  it('sorts rules by their effect and draws it in cycles too', async () => {
    const page = await opener.open(html, '#shufflenet.cifar10,published');
    const first = page.locator('#rules tbody tr').first().locator('code');
    await page.getByRole('button', { name: 'Cycles' }).press('Enter');
    expect(await page.locator('#rules th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    expect(await first.textContent()).toBe('mainGroups');
    await page.getByRole('button', { name: 'Rule' }).press('Enter');
    expect(await first.textContent()).toBe('additionWidth');

    await page.getByLabel('Change of').selectOption('cycles');
    const effects = model.rules.flatMap((rule) => rule.effects);
    const drawn = effects.filter(({ network, cycles }) => network === 'shufflenet.cifar10' && cycles !== 0);
    const labels = page.locator('.chart.effects svg text', { hasText: /^[+−]/ });
    expect(await labels.count()).toBe(drawn.length);
    expect(await labels.allTextContents()).toContain('+254,232');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('fits a telephone', async () => {
    const page = await opener.open(html, '', { width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lists cells that differ', async () => {
    const mismatch = { row: 'b1', column: 'main_c', published: '1', ours: null };
    const comparison = { network: 'N', table: 'T', cells: 2, matched: 1, quoted: 0, mismatches: [mismatch] };
    const page = await opener.open(renderPaperHtml({ ...model, comparisons: [comparison] }));
    expect(await page.locator('#comparisons h3').textContent()).toBe('1 cell differs');
    expect(await page.locator('#comparisons table').last().locator('td').allTextContents()).toEqual([
      ...['N', 'T', 'b1', 'main_c', '1', 'no figure'],
    ]);
    await page.close();
  });

  it('treats hostile names as text and lets no foreign script run', async () => {
    const hostile = JSON.parse(
      JSON.stringify(model, (key, value: unknown) => {
        const isText = typeof value === 'string' && !['id', 'network', 'accelerator'].includes(key);
        return isText ? `${HOSTILE}${value}` : value;
      }),
    ) as PaperModel;
    const page = await opener.open(renderPaperHtml(hostile));
    for (const name of ['blocks', 'totals', 'components', 'effects']) {
      await page.locator(`.chart.${name}`).first().hover();
    }
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('main b').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe(hostile.title);
    expect(complaints).toEqual([]);
    expect(await foreignScriptRuns(page)).toBe(false);
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });
});
