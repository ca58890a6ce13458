import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PROGRESS_SCHEMA_VERSION, type EvaluationRecord, type RunStatus, type Sweep } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { serveSweeps, type Dashboard } from '@archon-dse/serve';
import { nextRun, noteSweep, RecordWriter, writeProgress } from '@archon-dse/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep, THREE } from '../packages/host/report/testing/fake-records.js';
import { foreignScriptRuns, HOSTILE, isMissing, PageOpener } from './chromium.js';
import { violations } from './violations.js';
import { temporaryFolder } from './workspace.js';

const OPTIONS = { variants: ['archon/mobilenet-v2'], widths: [0.5, 1], layers: 6, objectives: THREE };
const RUN: RunStatus = {
  schemaVersion: PROGRESS_SCHEMA_VERSION,
  state: 'running',
  leader: { pid: process.pid, host: hostname() },
  executor: { kind: 'slurm' },
  points: { done: 10, total: 32, failed: 1, skipped: 2, elapsedMs: 61_000, etaMs: 125_000 },
  ratePerS: 2.5,
  workers: [{ worker: 3, done: 8, failed: 1, lastMs: 1200 }],
  tasks: { counts: { RUNNING: 1, PENDING: 1 }, shown: [{ id: '7_1', state: 'PENDING', reason: 'Resources' }] },
  stages: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: new Date().toISOString(),
};

const pointsOf = (records: readonly EvaluationRecord[]): readonly EvaluationRecord[] =>
  records.map((record) => ({ ...record, pointId: sha256(record.pointId).slice(0, 16) }));

/** A folder with the note of a sweep, and what adds points to it as a run does. */
async function sweepIn(folder: string, records: readonly EvaluationRecord[], changes: Partial<Sweep> = {}) {
  mkdirSync(folder);
  const sweep = { ...fakeSweep(OPTIONS), ...changes };
  await noteSweep(folder, { sweep, pointIds: records.map(({ pointId }) => pointId) });
  return (from: number, to: number): void => {
    const writer = new RecordWriter(folder, { run: nextRun(folder) });
    for (const record of records.slice(from, to)) writer.append(record);
    writer.close();
  };
}

const records = pointsOf(fakeRecords(OPTIONS));

describe.skipIf(isMissing)('the dashboard in Chromium', () => {
  const opener = new PageOpener();
  const { complaints } = opener;
  const folder = temporaryFolder();
  let dashboard: Dashboard;
  const at = (name: string): string => join(folder.path, name);
  let addFirst: (from: number, to: number) => void;

  beforeAll(async () => {
    await opener.start();
    addFirst = await sweepIn(at('first'), records, { name: 'first' });
    addFirst(0, 10);
    writeProgress(at('first'), RUN);
    const addSecond = await sweepIn(at('second'), records, { name: 'second' });
    addSecond(4, 30);
    dashboard = await serveSweeps({ folders: [folder.path], port: 0 });
  });
  afterAll(async () => {
    await dashboard.close();
    await opener.stop();
    folder.remove();
  });

  const openFirst = async (viewport?: { width: number; height: number }): Promise<Page> => {
    const page = await opener.visit(dashboard.url, viewport);
    await page.locator('#sweeps a', { hasText: 'first' }).click();
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    return page;
  };
  const tile = (page: Page, title: string) => page.locator('#run .tile', { hasText: title }).locator('.value').first();

  it('shows a run under way, and follows it without a reload', async () => {
    const page = await openFirst();
    await page.evaluate(() => Object.assign(window, { isTheSame: true }));
    expect(await tile(page, 'Points').textContent()).toBe('10');
    expect(await tile(page, 'Rate').textContent()).toBe('2.5 a second');
    expect(await tile(page, 'Time left').textContent()).toBe('2 min 5 s');
    expect(await page.locator('#workers tbody tr').textContent()).toBe('3811 s');
    expect(await page.locator('#tasks').textContent()).toContain('7_1PENDINGResources');
    const count = page.locator('#passing-count');
    expect(await count.textContent()).toBe('10 of 10 points');

    // What the reader chose stays chosen while points come.
    const chosen = page.locator('#points-table tr[aria-selected=false]').nth(2);
    const label = await chosen.locator('td').last().textContent();
    await chosen.click();
    await expect.poll(() => page.locator('#details code').first().textContent()).toBe(label);
    await page.getByLabel('Filter glbKib').fill('>= 64');
    await page.getByLabel('Filter glbKib').focus();
    addFirst(10, 32);
    writeProgress(at('first'), { ...RUN, state: 'done', points: { ...RUN.points!, done: 32 } });
    const passing = records.filter(({ point }) => Number(point.accelerator.options['glbKib']) >= 64).length;
    await expect.poll(() => count.textContent()).toBe(`${passing} of 32 points`);
    await expect.poll(() => page.locator('#run .badge').textContent()).toBe('done');
    expect(await page.locator('#details code').first().textContent()).toBe(label);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Filter glbKib');
    expect(await page.evaluate(() => 'isTheSame' in window)).toBe(true);
    expect(await page.title()).toBe('first · Archon DSE');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is walked over by keyboard: links that skip, the growth of the front, the list', async () => {
    const page = await openFirst();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('run-title');
    await page.locator('.chart.growth').focus();
    await page.keyboard.press('ArrowLeft');
    await expect
      .poll(() => page.locator('#announcements').textContent())
      .toMatch(/32 points, Hypervolume [\d.]+ %; \d+ of \d+/);
    await page.locator('#sweeps a', { hasText: 'second' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').textContent()).toBe('second');
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    await expect.poll(() => page.url()).toMatch(/\?sweep=[0-9a-f]{12}#point=/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('puts two sweeps beside each other', async () => {
    const page = await openFirst();
    await page.getByLabel('Compare with').selectOption({ label: 'second' });
    const row = (title: string) =>
      page.locator('#two-sweeps tr', { has: page.locator('th', { hasText: title }) }).first();
    await expect.poll(() => row('Points').textContent()).toBe('Points3226');
    expect(await row('Points only here').textContent()).toBe('Points only here60');
    expect(await page.locator('#two-sweeps').textContent()).toContain('26 points are in both.');
    const shares = await row('Hypervolume').locator('td').allTextContents();
    expect(shares.map((share) => Number.parseFloat(share)).every((share) => share > 0 && share <= 100)).toBe(true);
    await expect.poll(() => page.url()).toContain('beside='); // it settles first
    await page.reload();
    await expect.poll(() => row('Points').textContent()).toBe('Points3226');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('finds a sweep that is started while it is open', async () => {
    const page = await opener.visit(dashboard.url);
    await page.locator('#sweeps a').nth(1).waitFor();
    await sweepIn(at('third'), records, { name: HOSTILE });
    await page.locator('#sweeps a', { hasText: '<img' }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('treats what is in files as text, and lets no foreign script run', async () => {
    const bad = records.map((record) => ({
      ...record,
      ...(record.error === undefined ? {} : { error: { ...record.error, message: HOSTILE, hint: HOSTILE } }),
      layers: record.layers.map((layer) => ({ ...layer, name: HOSTILE + layer.name, mapping: HOSTILE })),
    }));
    const add = await sweepIn(at('hostile'), bad, { name: 'hostile', description: HOSTILE });
    add(0, 32);
    writeProgress(at('hostile'), {
      ...RUN,
      state: 'failed',
      executor: { kind: HOSTILE },
      leader: { pid: 1, host: HOSTILE },
      tasks: { counts: { [HOSTILE]: 1 }, shown: [{ id: HOSTILE, state: HOSTILE, reason: HOSTILE, node: HOSTILE }] },
      error: { message: HOSTILE, hint: HOSTILE },
    });
    const page = await opener.visit(dashboard.url);
    await page.locator('#sweeps a', { hasText: /^hostile$/ }).click();
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    expect(await page.locator('#run').textContent()).toContain('<img src=x');
    expect(await page.locator('img, main b').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(await foreignScriptRuns(page)).toBe(false);
    await page.close();
  });

  it('says that the server is gone, and that a folder cannot be read', async () => {
    const lonely = await serveSweeps({ folders: [at('second')], port: 0 });
    const page = await opener.visit(lonely.url);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    await lonely.close();
    await expect.poll(() => page.locator('.notice').textContent()).toContain('The server does not answer');
    await page.close();
    mkdirSync(at('broken'));
    writeFileSync(join(at('broken'), 'sweep.json'), '{');
    const other = await serveSweeps({ folders: [at('broken')], port: 0 });
    const broken = await opener.visit(other.url);
    await expect.poll(() => broken.locator('.notice').textContent()).toContain('cannot be read');
    await broken.close();
    await other.close();
  });

  it.each([
    ['light', { width: 1440, height: 900 }, { colorScheme: 'light' }],
    ['dark', { width: 1440, height: 900 }, { colorScheme: 'dark' }],
    ['a phone', { width: 390, height: 844 }, { colorScheme: 'light' }],
    ['forced colours', { width: 1440, height: 900 }, { forcedColors: 'active' }],
  ] as const)('has no violation of axe-core, and nothing wider than the screen: %s', async (_, viewport, media) => {
    writeProgress(at('first'), { ...RUN, updatedAt: new Date().toISOString() });
    const page = await openFirst(viewport);
    await page.emulateMedia(media);
    await page.getByLabel('Compare with').selectOption({ label: 'second' });
    await page.locator('#two-sweeps table').first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.close();
  });
});
