import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';

interface Record {
  readonly status: string;
  readonly labels: unknown;
  readonly metrics: Readonly<{ cycles: number; energyPj: number; macs: number; parameters: number }>;
  readonly notCosted?: Readonly<{ [operation: string]: number }>;
  readonly layers: readonly unknown[];
}

/** The guide's accelerators, loaded by path, on networks that are no classical CNNs. */
describe('docs/examples/beyond-cnns.yaml', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  let records: readonly Record[] = [];
  beforeAll(async () => {
    const { status } = await archonHere(['sweep', 'docs/examples/beyond-cnns.yaml', '--out', folder.path]);
    expect(status).toBe(0);
    records = journalOf(join(folder.path)) as unknown as readonly Record[];
  });

  it('runs every network on every accelerator', () => {
    expect(records.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'ok'));
  });

  it('counts the same parameters and MACs on all of them, those published for ConvNeXt-T', () => {
    const counts = new Set(records.map(({ metrics }) => `${metrics.parameters} ${metrics.macs}`));
    expect(counts.size).toBe(3);
    const convNext = records.filter(({ metrics }) => metrics.parameters === 28_589_128);
    expect(convNext).toHaveLength(3);
    for (const { metrics } of convNext) expect(metrics.macs / 1e9).toBeCloseTo(4.456, 3);
  });

  it('takes no fewer cycles than 1024 multipliers need', () => {
    const tooFast = records.filter(({ metrics }) => metrics.cycles < metrics.macs / 1024);
    expect(tooFast).toEqual([]);
  });

  it('costs LayerNorm, softmax and GELU on the roofline alone, and says so elsewhere', () => {
    const costed = records.filter(({ notCosted }) => notCosted === undefined);
    expect(costed).toHaveLength(3);
    const others = records.filter(({ notCosted }) => notCosted !== undefined);
    for (const { notCosted } of others) expect(notCosted).toMatchObject({ layerNorm: expect.any(Number) });
  });
});

/** A strategy of the guide, loaded by path. */
describe('docs/examples/neighbours/sweep.yaml', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const file = 'docs/examples/neighbours/sweep.yaml';
  const sweep = async (...flags: readonly string[]) => {
    const { status, stdout } = await archonHere(['sweep', file, '--out', folder.path, '--json', ...flags]);
    return { status, ...(JSON.parse(stdout) as { counts: object; interrupted: boolean }) };
  };

  it('searches with as many points as its budget has, and again takes those it has', async () => {
    expect(await sweep('--limit', '7')).toMatchObject({ status: 0, counts: { total: 40, ok: 7, skipped: 0 } });
    expect(await sweep('--workers', '2')).toMatchObject({ status: 0, counts: { total: 40, ok: 40, skipped: 7 } });
    const points = (
      journalOf(folder.path) as unknown as readonly { point: { accelerator: { options: object } } }[]
    ).map(({ point }) => point.accelerator.options as { meshX: number; meshY: number });
    expect(points).toHaveLength(40);
    expect(points.filter(({ meshX, meshY }) => meshX * meshY > 256)).toEqual([]);
    expect(await sweep('--executor', 'serial')).toMatchObject({ counts: { ok: 40, skipped: 40 } });
  });

  it('says what it will do, and that it has no list of points', async () => {
    const { stdout } = await archonHere(['validate', file]);
    expect(stdout).toContain('"neighbours", guide/neighbours searches up to 40 points');
    const { status, stderr } = await archonHere(['expand', file]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('guide/neighbours finds up to 40 of them')]);
  });
});
