import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildReport, renderCsv, renderHtml, renderJson, renderMarkdown, renderSvg } from '@archon-dse/report';
import { chromium } from 'playwright-core';
import { count, cpuSeconds, table } from './measure.mjs';

const COUNT = 100_000;
const RENDERERS = {
  'summary.json': renderJson,
  'pareto.csv': renderCsv,
  'report.html': renderHtml,
  'report.md': renderMarkdown,
  'front.svg': renderSvg,
};

/** All files of a report of 10^5 invented points, and its page in the system's Chromium. */
export async function reportScale() {
  const folder = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  try {
    const { manyRecords, MANY_SWEEP } = await inventedPoints(folder);
    const rows = [];
    const timed = (name, work) => {
      const [start, cpu] = [performance.now(), cpuSeconds()];
      const result = work();
      const size = typeof result === 'string' ? (Buffer.byteLength(result) / 1e6).toFixed(1) : '';
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      rows.push([
        name,
        seconds,
        (cpuSeconds() - cpu).toFixed(1),
        size,
        count(Math.round(process.memoryUsage.rss() / 1e6)),
      ]);
      return result;
    };
    const model = timed('reading and fronts', () => buildReport(MANY_SWEEP, manyRecords(COUNT)));
    for (const [name, render] of Object.entries(RENDERERS)) {
      const text = timed(name, () => render(model));
      if (name === 'report.html') writeFileSync(join(folder, name), text);
    }
    const figures = table(['', 's', 'CPU s', 'MB', 'RSS after it, MB'], rows);
    const { counts } = model;
    const lead = `${count(counts.points)} points, ${count(counts.front)} of them on the front of four objectives:`;
    return `${lead}\n\n${figures}\n\n${await firstPaint(join(folder, 'report.html'))}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The invented points are TypeScript for the tests. */
async function inventedPoints(folder) {
  const outfile = join(folder, 'many-records.mjs');
  const source = new URL('../packages/host/report/testing/many-records.ts', import.meta.url).pathname;
  await build({ entryPoints: [source], outfile, bundle: true, format: 'esm', platform: 'node' });
  return import(pathToFileURL(outfile).href);
}

async function firstPaint(file) {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return `The page is not measured: no Chromium at ${executablePath}.`;
  const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.locator('#points-table tr[aria-selected]').first().waitFor();
    const times = await page.evaluate(() => [
      ...performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime),
      performance.now(),
    ]);
    const [paint, whole] = times.map((time) => (time / 1000).toFixed(1));
    return `The page in Chromium: its title after ${paint} s, plot and table after ${whole} s.`;
  } finally {
    await browser.close();
  }
}
