import { buildReport, recordsSource, renderHtml, type ReportModel } from '@archon-dse/report';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fakeRecords,
  fakeSweep,
  THREE,
  withBudgets,
  withReferences,
  type FakeOptions,
} from '../packages/host/report/testing/fake-records.js';
import { foreignScriptRuns, HOSTILE, isMissing, PageOpener } from './chromium.js';

const modelOf = (options: FakeOptions): ReportModel =>
  buildReport(fakeSweep(options), recordsSource(fakeRecords(options)));
const cellsUnder = async (page: Page, title: string): Promise<Locator> => {
  const titles = await page.locator('#points-table th').allTextContents();
  return page.locator(`#points-table tr[aria-selected] td:nth-child(${titles.indexOf(title) + 1})`);
};
const rows = (page: Page) => page.locator('#points-table tr[aria-selected]');

describe.skipIf(isMissing)('report page in Chromium', () => {
  const opener = new PageOpener();
  const { complaints } = opener;
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());

  async function open(model: ReportModel, hash = ''): Promise<Page> {
    const page = await opener.open(renderHtml(model), hash);
    await rows(page).first().waitFor();
    return page;
  }

  it('shows the knee first and the point of a clicked mark after that', async () => {
    const model = modelOf({ groupBy: 'network' });
    const page = await open(model);
    const knee = model.points.find(({ id }) => id === model.groups[0]?.knee?.id);
    expect(await page.locator('#details h2').textContent()).toBe(knee?.label);

    const marks = page.locator(
      '.chart.plot svg path[transform][fill="#4c6ef5"], .chart.plot svg path[transform][fill="#e8590c"]',
    );
    expect(await marks.count()).toBe(model.counts.feasible);
    // A busy machine may still be laying the page out, and a mark that moves under the pointer is not hit.
    const chosenByClick = async (): Promise<string | null> => {
      await marks.first().click();
      return page.locator('#details h2').textContent();
    };
    await expect.poll(chosenByClick, { interval: 300 }).not.toBe(knee?.label);
    const shown = await page.locator('#details h2').textContent();
    const point = model.points.find(({ label }) => label === shown);
    expect(point?.id).toBeDefined();
    expect(point?.id).not.toBe(knee?.id);
    await expect.poll(() => page.url()).toContain(`#point=${point?.id ?? ''}`);
    expect(await page.locator('#layers tbody tr').count()).toBe(50);
    expect(await page.locator('#layers tbody tr').first().textContent()).toContain('head.conv');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('sorts, filters and chooses in the table, by mouse and by keyboard', async () => {
    const model = modelOf({});
    const page = await open(model);
    const [rank, id] = [await cellsUnder(page, 'Rank'), await cellsUnder(page, 'Id')];
    const title = (name: string) => page.locator('#points-table').getByRole('button', { name, exact: true });
    expect(await rank.first().textContent()).toBe('1');

    await title('Cycles').press('Enter');
    expect(await page.locator('#points-table th[aria-sort=ascending]').textContent()).toBe('Cycles');
    const fewest = Math.min(...model.points.map(({ metrics }) => metrics['cycles'] ?? Infinity));
    const fastest = model.points.filter(({ metrics }) => metrics['cycles'] === fewest).map(({ id }) => id);
    await expect.poll(async () => fastest.includes((await id.first().textContent()) ?? '')).toBe(true);

    await page.getByLabel('Filter width').pressSequentially('<0.6');
    const half = model.points.filter(({ options }) => Number(options['network.options.width']) < 0.6);
    await expect.poll(() => page.locator('#passing-count').textContent()).toBe(`${half.length} of 96 points`);

    await page.locator('#points').getByLabel('fronts only').check();
    const front = half.filter(({ rank }) => rank === 1);
    await expect.poll(() => rows(page).count()).toBe(front.length);

    await rows(page).nth(0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const second = await id.nth(1).textContent();
    await expect.poll(() => page.locator('#details code').first().textContent()).toBe(second);
    expect(await rows(page).nth(1).getAttribute('aria-selected')).toBe('true');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('filters everything by a brush on a parallel axis', async () => {
    const model = modelOf({ objectives: THREE });
    const page = await open(model);
    const chart = page.locator('.parallel');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + 54, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 54, box.y + 130, { steps: 4 });
    await page.mouse.move(box.x + 54, box.y + 180, { steps: 4 });
    await page.mouse.up();
    const upper = model.points.filter(({ options }) => options['network'] === 'archon/mobilenet-v2');
    const count = page.locator('#passing-count');
    await expect.poll(() => count.textContent()).toBe(`${upper.length} of 96 points`);
    await page.getByRole('button', { name: 'Clear brushes' }).click();
    await expect.poll(() => count.textContent()).toBe('96 of 96 points');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens at the point its address names and shows a failed point with its error', async () => {
    const model = modelOf({});
    const failed = model.points.find(({ state }) => state === 'failed')!;
    const page = await open(model, `#point=${failed.id}`);
    expect(await page.locator('#details .problem').textContent()).toBe(failed.reason);
    expect(await page.locator('#layers').textContent()).toContain('failed before its layers were priced');
    expect(await page.locator('#excluded tbody tr').count()).toBe(model.reasons.length + 1); // and the constraint
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('draws references dashed when their metric is on an axis, and shows what accuracy cost', async () => {
    const model = buildReport(withReferences(fakeSweep()), recordsSource(withBudgets(fakeRecords())));
    const page = await open(model);
    const lines = page.locator('.chart.plot svg path[stroke-dasharray]');
    expect(await lines.count()).toBe(1);
    expect(await page.locator('.chart.plot svg').textContent()).toContain('1 M Net, published too');
    await page.getByLabel('Vertical', { exact: true }).selectOption('accuracy');
    await expect.poll(() => lines.count()).toBe(2);
    expect(await page.locator('.chart.plot svg').textContent()).toContain('99 % Net, published');
    await page.getByLabel('zoom to fronts').check();
    await expect.poll(() => lines.count()).toBeLessThan(2);

    expect(await page.locator('#details tr', { hasText: 'prune' }).textContent()).toBe(
      'prune3 epochs of 64 procedural images, batch 8, recipe short, onnxtested on 16 images',
    );
    expect(await page.locator('#origins').textContent()).toContain(
      'Accuracy is measured on 16 test images after training of this budget. train: 2 epochs of 64 procedural images, batch 8',
    );
    expect(await page.locator('#origins tr', { hasText: 'Net, published' }).count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('stays within a narrow screen', async () => {
    const model = buildReport(
      withReferences(fakeSweep(), 'A long label of a published network that no phone has room for'),
      recordsSource(withBudgets(fakeRecords())),
    );
    const page = await opener.open(renderHtml(model), '', { width: 360, height: 740 });
    await rows(page).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.close();
  });

  it.each([1440, 390])('shows numbers beside a long name without spaces, %s pixels wide', async (width) => {
    const long = `archon/${'abcdefghij'.repeat(11)}`;
    const html = renderHtml(modelOf({ variants: [long, 'archon/b'], groupBy: 'network', layers: 3 }));
    const page = await opener.open(html, '', { width, height: 900 });
    await rows(page).first().waitFor();
    for (const [id, numbers] of [
      ['groups', ['Points', 'On front']],
      ['options', ['Feasible', 'On front']],
    ] as const) {
      const { right } = await page.locator(`#${id} .scroll`).evaluate((box) => box.getBoundingClientRect().toJSON());
      for (const title of numbers) {
        const box = (await page.locator(`#${id} th`, { hasText: title }).first().boundingBox())!;
        expect(box.x + box.width, `${id}, ${title}`).toBeLessThanOrEqual(right);
      }
      expect(await page.locator(`#${id} td`, { hasText: long }).count(), id).toBeGreaterThan(0);
    }
    await page.close();
  });

  it('has room for every number of a column, also where the first points failed', async () => {
    const widths = Array.from({ length: 300 }, (_, i) => 1 + i / 1000);
    const options = { variants: ['archon/a'], widths, meshes: [8], glbKib: [64], layers: 1 };
    const error = { code: 'ARCHON_NO_MAPPING', message: 'no mapping' } as const;
    const records = fakeRecords(options).map((record, at) =>
      at < 280
        ? { ...record, status: 'failed' as const, metrics: {}, layers: [], error }
        : { ...record, metrics: { ...record.metrics, areaUm2: 664.5 } },
    );
    const page = await opener.open(renderHtml(buildReport(fakeSweep(options), recordsSource(records))));
    await rows(page).first().waitFor();
    const area = await cellsUnder(page, 'Area');
    expect(await area.first().textContent()).toBe('664.5 µm²');
    const isCut = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth;
    expect(await area.first().evaluate(isCut)).toBe(false);
    await page.close();
  });

  it('lists 500 groups of more, and as many values of an option', async () => {
    const widths = Array.from({ length: 620 }, (_, i) => 1 + i / 1000);
    const options = { variants: ['archon/a'], widths, meshes: [8], glbKib: [64], layers: 1 };
    const sweep = { ...fakeSweep({ ...options, groupBy: 'network.options.width' }), constraints: [] };
    const page = await open(buildReport(sweep, recordsSource(fakeRecords(options))));
    for (const id of ['groups', 'options']) expect(await page.locator(`#${id} tbody tr`).count(), id).toBe(500);
    expect(await page.locator('#groups p.small').textContent()).toBe(
      'Not listed: 120 more groups; summary.json has them.',
    );
    expect(await page.locator('#options p.small').textContent()).toContain('120 of width');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows 5,000 points on a canvas, within seconds', async () => {
    const widths = Array.from({ length: 25 }, (_, i) => (i + 5) / 20);
    const meshes = Array.from({ length: 10 }, (_, i) => 8 + 3 * i);
    const glbKib = Array.from({ length: 10 }, (_, i) => 32 + 24 * i);
    const page = await open(modelOf({ widths, meshes, glbKib, layers: 6 }));
    expect(await page.locator('.chart.plot canvas').count()).toBeGreaterThan(0);
    expect(await page.locator('.chart.plot svg').count()).toBe(0);
    expect(await rows(page).count()).toBeLessThan(200);
    expect(await page.locator('#passing-count').textContent()).toBe('5,000 of 5,000 points');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('treats hostile names as text and lets no foreign script run', async () => {
    const records = fakeRecords({ variants: [HOSTILE, 'archon/b'], layers: 4 }).map((record) => ({
      ...record,
      layers: record.layers.map((layer) => ({
        ...layer,
        name: `${HOSTILE}${layer.name}`,
        block: HOSTILE,
        mapping: HOSTILE,
      })),
      ...(record.error === undefined ? {} : { error: { ...record.error, message: HOSTILE, hint: HOSTILE } }),
      provenance: { ...record.provenance, engine: HOSTILE, prices: { [HOSTILE]: HOSTILE } },
    }));
    const sweep = {
      ...withReferences(fakeSweep({ groupBy: 'network' }), HOSTILE),
      name: HOSTILE,
      description: HOSTILE,
    };
    const budgets = [{ stage: HOSTILE, recipe: HOSTILE, dataset: HOSTILE, backend: HOSTILE }].map((names) => ({
      ...names,
      ...{ images: 1, testImages: 1, epochs: 1, batch: 1, microBatch: 1 },
    }));
    const page = await open(buildReport(sweep, recordsSource(records.map((record) => ({ ...record, budgets })))));
    expect(await page.locator('#trade-offs .legend').textContent()).toContain('<img src=x');
    await page.locator('.chart.plot svg path[transform]').first().hover({ force: true });
    await page.locator('.chart.layers').hover();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('main b').count()).toBe(0);
    expect(await page.title()).toBe(`${HOSTILE} · Archon DSE`);
    expect(await page.locator('h1').textContent()).toBe(HOSTILE);
    expect(complaints).toEqual([]);

    expect(await foreignScriptRuns(page)).toBe(false);
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });
});
