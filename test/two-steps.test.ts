import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isMissing, PageOpener } from './chromium.js';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

/** Three sparse arrays with the mean of all masks, then with masks that are drawn; and two dense ones, which have no masks. */
const SWEEP = `
apiVersion: archon/v1
name: two-steps
networks:
  - { use: mobilenet-v2, options: { resolution: 16, classes: 4, width: 0.1 } }
accelerators:
  - { use: sparse, options: { pointwiseDensity: 0.3, masks: expected }, axes: { meshX: [2, 4, 8] } }
  - { use: dense, axes: { meshX: [2, 4] } }
objectives: [cycles, areaUm2]
groupBy: accelerator
refine: { top: 2, set: { accelerator.options.masks: random } }
executor: { kind: serial }
`;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sweep.yaml');
writeFileSync(file, SWEEP);
const out = join(folder.path, 'out');
const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const sweep = (...flags: readonly string[]) => archonHere(['sweep', file, '--out', out, ...flags]);

interface Summary {
  readonly groups: readonly { readonly key: string; readonly front: readonly { id: string; refines: string }[] }[];
  readonly refinement: { readonly pairs: readonly { id: string; refines: string; change: Record<string, number> }[] };
}

describe('a sweep of two steps', () => {
  it('is valid, and says how many points follow', async () => {
    expect((await archonHere(['validate', file])).stdout).toContain(
      '"two-steps", 5 points, then at most 2 refined. The best 2 points of each group again with accelerator.options.masks random.',
    );
    expect(JSON.parse((await archonHere(['validate', file, '--json'])).stdout)).toMatchObject({
      ...{ points: 5, mostRefined: 2, refine: { top: 2, set: { 'accelerator.options.masks': 'random' } } },
    });
    const { stdout, stderr } = await archonHere(['expand', file]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(5);
    expect(stderr).toContain('Then at most 2 of these points are refined.');
    expect(JSON.parse((await archonHere(['expand', file, '--json'])).stdout)).toMatchObject({ mostRefined: 2 });
  });

  it.each([
    ['accelerator.options.masks: random', 'accelerator.options.mask: random', 'Did you mean "masks"?'],
    ['accelerator.options.masks: random', 'accelerator.options.masks: randm', 'Did you mean "random"?'],
    ['accelerator.options.masks: random', 'accelerator.options.meshX: 0', 'expected a whole number, at least 1'],
    ['top: 2', 'top: best', 'expected front, or a whole number from 1'],
  ])('is refused with a caret where %s is %s', async (right, wrong, hint) => {
    const other = join(folder.path, 'wrong.yaml');
    writeFileSync(other, SWEEP.replace(right, wrong));
    const { status, stderr } = await archonHere(['validate', other]);
    expect(status).toBe(2);
    expect(stderr).toContain('wrong.yaml:11:');
    expect(stderr).toMatch(/\^/);
    expect(stderr).toContain(hint);
  });

  it('has nothing refined at a limit, and says so', async () => {
    const { stdout, status } = await sweep('--limit', '4');
    expect(status).toBe(0);
    expect(stdout).toContain('two-steps: 4 of 5 points ok\n');
    expect(stdout).toContain('No point is refined yet: fronts and best values are those of the first step.');
    expect(JSON.parse(read('summary.json'))).toMatchObject({ complete: false, counts: { refined: 0, total: 5 } });
    const first = JSON.parse((await sweep('--limit', '5', '--json')).stdout) as object;
    expect(first).toMatchObject({ counts: { ok: 5, refined: { chosen: 4, unchanged: 2, total: 2, ok: 0 } } });
  });

  it('refines the best of each group, and tells both counts', async () => {
    const { stdout, status } = await sweep();
    expect(status).toBe(0);
    expect(stdout).toContain(
      'two-steps: 5 of 5 points ok, 5 from an earlier run\n' +
        '4 points refined: 2 of 2 ok; 2 stay as they are, as the settings make no other points of them\n' +
        'from screened to refined: cycles ',
    );
    const told = JSON.parse((await sweep('--json')).stdout) as object;
    expect(told).toMatchObject({
      counts: { total: 5, ok: 5, skipped: 5, refined: { chosen: 4, unchanged: 2, total: 2, ok: 2, skipped: 2 } },
      summary: { points: 7, total: 7, refined: 4 },
    });
  });

  it('has refined points on the fronts of every rendering', async () => {
    const { groups, refinement } = JSON.parse(read('summary.json')) as Summary;
    const fronts = groups.map(({ key, front }) => [key, front.map(({ id, refines }) => id === refines)]);
    expect(fronts).toEqual([
      ['archon/dense', [true, true]], // which have no masks to draw
      ['archon/sparse', [false, false]],
    ]);
    const drawn = refinement.pairs.filter(({ id, refines }) => id !== refines);
    expect(drawn.every(({ change }) => (change['cycles'] ?? 0) !== 0)).toBe(true);
    const lines = read('pareto.csv').trimEnd().split('\n');
    const cells = lines.map((line) => line.split(','));
    expect(cells[0]?.slice(0, 5)).toEqual(['pointId', 'group', 'rank', 'onFront', 'refines']);
    expect(cells.slice(1).filter(([, , rank]) => rank === '1')).toHaveLength(4);
    expect(cells.slice(1).filter(([, , rank]) => rank === '')).toHaveLength(3);
    expect(read('report.md')).toContain('## Screened and refined');
    const journal = read('results/0002.jsonl') + read('results/0003.jsonl');
    const confirmed = journal.split('\n').flatMap((line) => /"refines":"([0-9a-f]{16})"/.exec(line)?.[1] ?? []);
    expect(confirmed).toEqual(drawn.map(({ refines }) => refines));
  });

  it('writes the same report again from its folder', async () => {
    const files = ['summary.json', 'pareto.csv', 'report.html', 'report.md', 'front.svg'];
    const before = files.map(read);
    const { stdout } = await archonHere(['report', out]);
    expect(stdout).toContain('two-steps: 7 of 7 points\n');
    expect(files.map(read)).toEqual(before);
  });
});

describe.skipIf(isMissing)('its page', () => {
  const opener = new PageOpener();
  beforeAll(() => opener.start());
  afterAll(() => opener.stop());
  afterEach(() => expect(opener.complaints).toEqual([]));

  it('puts screened and refined side by side', async () => {
    const page = await opener.open(read('report.html'));
    const rows = await page.locator('#refined tbody tr').allInnerTexts();
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^dense, meshX 2\s+[\d.]+ k\s+same\s/);
    expect(rows[2]).toMatch(/^sparse, meshX \d\s+[\d.]+ k → [\d.]+ k\s+[+-][\d.]+ %\s/);
    expect(await page.locator('#refined .lead').innerText()).toContain('4 of 4 are on the front');
    await page.locator('#refined tbody tr').nth(2).getByRole('button').click();
    expect(await page.locator('#details .badges').innerText()).toContain('refined');
    await page.getByRole('button', { name: 'Show it as screened' }).click();
    expect(await page.locator('#details .badges').innerText()).toContain('screened');
    await page.getByRole('button', { name: 'Show it as refined' }).click();
    expect(await page.locator('#details .badges').innerText()).toContain('Pareto front');
    await page.close();
  });

  it.each([390, 1440])('fits %i pixels', async (width) => {
    const page = await opener.open(read('report.html'), '', { width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});
