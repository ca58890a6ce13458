import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';
import { pageDataOf } from './page-data.js';

const MAX_MS = 0.5;

/** Two arrays of one small network, each a moment's work. */
const sweepWith = (latencyMs: string): string => `
apiVersion: archon/v1
name: derived
networks:
  - { use: mobilenet-v2, options: { resolution: 16, classes: 4, width: 0.1 } }
accelerators:
  - { use: dense, axes: { meshX: [2, 8] } }
constants: { clockMhz: 200 }
metrics:
  latencyMs: { formula: ${latencyMs}, unit: ms, direction: minimize, description: Of one image. }
  topsPerW: { formula: 2 * macs / energyPj, unit: TOPS/W, direction: maximize }
objectives: [latencyMs, topsPerW]
constraints: [{ metric: latencyMs, max: ${MAX_MS} }]
executor: { kind: serial }
`;
const FORMULA = 'cycles / (clockMhz * 1e3)';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sweep.yaml');
const out = join(folder.path, 'out');
const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const sweep = async (formula: string) => {
  writeFileSync(file, sweepWith(formula));
  return archonHere(['sweep', file, '--out', out, '--json']);
};

interface Measured {
  readonly pointId: string;
  readonly metrics: { readonly cycles: number; readonly energyPj: number; readonly macs: number };
}
const measured = (): readonly Measured[] => journalOf(out) as never;

/** Rows of `pareto.csv` by id, each cell by its column. */
function rowsOf(csv: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [head = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return new Map(
    rows.map((cells) => [cells[0] ?? '', Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']))]),
  );
}

describe('a sweep with metrics of its own', () => {
  it('lists them when it is validated', async () => {
    writeFileSync(file, sweepWith(FORMULA));
    const { stdout } = await archonHere(['validate', file]);
    expect(stdout).toMatch(/^latencyMs +cycles \/ \(clockMhz \* 1e3\) +ms +minimize +Of one image\.$/m);
    expect(stdout).toMatch(/^topsPerW +2 \* macs \/ energyPj +TOPS\/W +maximize *$/m);
    expect(JSON.parse((await archonHere(['validate', file, '--json'])).stdout)).toMatchObject({
      points: 2,
      metrics: [
        { name: 'latencyMs', formula: FORMULA, unit: 'ms', direction: 'minimize', description: 'Of one image.' },
        { name: 'topsPerW', formula: '2 * macs / energyPj', unit: 'TOPS/W', direction: 'maximize' },
      ],
    });
  });

  it('is measured, bounded and reported by them', async () => {
    const { status, stdout } = await sweep(FORMULA);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { total: 2, ok: 2, skipped: 0 } });
    const rows = rowsOf(read('pareto.csv'));
    const kept = measured().filter(({ metrics }) => metrics.cycles / 200e3 <= MAX_MS);
    expect(kept).toHaveLength(1);
    expect([...rows.keys()].sort()).toEqual(kept.map(({ pointId }) => pointId));
    for (const { pointId, metrics } of kept) {
      expect(Number(rows.get(pointId)?.['latencyMs'])).toBeCloseTo(metrics.cycles / 200e3, 12);
      expect(Number(rows.get(pointId)?.['topsPerW'])).toBeCloseTo((2 * metrics.macs) / metrics.energyPj, 12);
    }
    expect(read('report.md')).toMatch(/\d TOPS\/W/);
    expect(pageDataOf(read('report.html'))).toContain('"unit":"TOPS/W"');
  });

  it('evaluates nothing again for another formula, and reports by it', async () => {
    const before = rowsOf(read('pareto.csv'));
    const { stdout } = await sweep(`${FORMULA} / 2`);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { total: 2, ok: 2, skipped: 2 }, changed: [] });
    const after = rowsOf(read('pareto.csv'));
    for (const [id, row] of before) {
      expect(Number(after.get(id)?.['latencyMs'])).toBeCloseTo(Number(row['latencyMs']) / 2, 12);
    }
    await archonHere(['report', out]);
    expect(rowsOf(read('pareto.csv'))).toEqual(after);
  });

  it('shows the units in the terminal', async () => {
    const { stdout } = await archonHere(['sweep', file, '--out', out]);
    expect(stdout).toMatch(/[\d.]+ ms +[\d.]+ TOPS\/W/);
  });

  it('is refused with the place of a misspelt name before anything runs', async () => {
    writeFileSync(file, sweepWith('cycels / (clockMhz * 1e3)'));
    const refused = join(folder.path, 'refused');
    const { status, stderr } = await archonHere(['sweep', file, '--out', refused]);
    expect(status).toBe(2);
    expect(stderr).toContain('no metric of this sweep is called "cycels"');
    expect(stderr).toContain('Did you mean "cycles"?');
    expect(stderr).toMatch(/latencyMs: \{ formula: cycels.*\n.*[^^]\^{6}$/m);
    expect(existsSync(refused)).toBe(false);
  });
});
