import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildReport, recordsSource, renderHtml } from '@archon-dse/report';
import { chromium } from 'playwright-core';
import { count, table } from './measure.mjs';

const RUNS = 5;
const BRUSHES = 12;
const POINTS = {
  widths: Array.from({ length: 25 }, (_, i) => (i + 5) / 20),
  meshes: Array.from({ length: 10 }, (_, i) => 8 + 3 * i),
  glbKib: Array.from({ length: 10 }, (_, i) => 32 + 24 * i),
  layers: 6,
};

/** A report of 5,000 points in the system's Chromium: from the start of the navigation until plot and table stand, and a step of a brush. */
export async function reportPage() {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return `Not measured: no Chromium at ${executablePath}.`;
  const folder = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
  try {
    const file = join(folder, 'report.html');
    const html = await fakeReport(folder);
    writeFileSync(file, html);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measure(browser, pathToFileURL(file).href));
    const middle = (name) => Math.round(runs.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]);
    return table(
      [
        'points',
        'file, MB',
        'plot, ms',
        'plot and table, ms',
        'main thread, CPU ms',
        'brush to picture, ms',
        'brush, CPU ms',
      ],
      [
        [
          count(5000),
          (html.length / 1e6).toFixed(1),
          ...['plot', 'ready', 'loadCpu', 'brush', 'brushCpu'].map((name) => count(middle(name))),
        ],
      ],
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** The invented records are TypeScript for the tests. */
async function fakeReport(folder) {
  const outfile = join(folder, 'fake-records.mjs');
  const source = new URL('../packages/host/report/testing/fake-records.ts', import.meta.url).pathname;
  await build({ entryPoints: [source], outfile, bundle: true, format: 'esm', platform: 'neutral' });
  const { fakeRecords, fakeSweep } = await import(pathToFileURL(outfile).href);
  return renderHtml(buildReport(fakeSweep(POINTS), recordsSource(fakeRecords(POINTS))));
}

async function measure(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpuMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.addInitScript(watchLoading);
  const before = await cpuMs();
  await page.goto(url);
  await page.waitForFunction(() => window.archonTimes?.plot !== undefined && window.archonTimes.ready !== undefined);
  const times = await page.evaluate(() => window.archonTimes);
  await page.waitForTimeout(1000);
  const loadCpu = (await cpuMs()) - before;
  const brushed = await brush(page, cpuMs);
  await page.close();
  return { ...times, loadCpu, ...brushed };
}

/** Runs in the page: when the plot has been painted, and when the first row of the table stands too. */
function watchLoading() {
  const times = {};
  window.archonTimes = times;
  const note = (name) => requestAnimationFrame(() => setTimeout(() => (times[name] ??= performance.now())));
  new MutationObserver(() => {
    if (document.querySelector('.chart.plot canvas')) note('plot');
    if (document.querySelector('.chart.plot canvas') && document.querySelector('#points-table tr[aria-selected]'))
      note('ready');
  }).observe(document, { childList: true, subtree: true });
}

/** Steps of a brush by keyboard, each until the next picture is painted. */
async function brush(page, cpuMs) {
  const strip = page.getByRole('slider', { name: /^Range of Energy/ });
  await strip.focus();
  await page.waitForTimeout(500);
  const before = await cpuMs();
  const steps = await strip.evaluate(async (element, count) => {
    const times = [];
    for (let step = 0; step < count; step++) {
      const start = performance.now();
      const key = step % 8 === 7 ? 'Escape' : 'ArrowUp';
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - start);
      await new Promise((done) => setTimeout(done, 200));
    }
    return times;
  }, BRUSHES);
  const brushCpu = ((await cpuMs()) - before) / BRUSHES;
  return { brush: steps.sort((a, b) => a - b)[Math.floor(BRUSHES / 2)], brushCpu };
}
