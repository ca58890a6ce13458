import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root } from './workspace.js';

/** `archon export` and `archon diff` on real sweeps of a few points. */

const SWEEP = `apiVersion: archon/v1
name: small
networks:
  - use: archon/mobilenet-v2
    options: { variant: baseline, dataset: cifar10, width: 0.25 }
accelerators:
  - use: archon/dense
    axes: { meshX: [8, 16], glbKib: [64, 128] }
metrics:
  latency: { formula: cycles / 2e5, unit: ms }
objectives:
  - { metric: cycles, direction: minimize }
  - { metric: energyPj, direction: minimize }
`;

const folder = mkdtempSync(join(tmpdir(), 'archon-export-'));
const run = (...args: string[]) => archonHere(args, folder);

/** Runs a changed sweep into a folder. */
async function sweepInto(out: string, change: (text: string) => string = (text) => text): Promise<void> {
  writeFileSync(join(folder, `${out}.yaml`), change(SWEEP));
  const { status, stderr } = await run('sweep', `${out}.yaml`, '--out', out, '--executor', 'serial');
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
}

beforeAll(async () => {
  await sweepInto('a');
  await sweepInto('fewer', (text) => text.replace('[64, 128]', '[64]').replace('[8, 16]', '[8]'));
  await sweepInto('other', (text) => text.replace('metric: energyPj', 'metric: areaUm2'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const recordsOf = async (): Promise<readonly EvaluationRecord[]> =>
  JSON.parse((await run('export', 'a', '--format', 'json')).stdout) as EvaluationRecord[];

describe('archon export', () => {
  it('writes whole records as an array or one a line, the same ones', async () => {
    const records = await recordsOf();
    expect(records).toHaveLength(4);
    expect(records.every(({ status, layers }) => status === 'ok' && layers.length > 10)).toBe(true);
    const { stdout } = await run('export', 'a', '--format', 'jsonl');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(records);
  });

  it('writes a row a point, with derived metrics and their units, into a file', async () => {
    const { status, stdout } = await run('export', 'a', '--out', 'points.csv');
    expect([status, stdout]).toEqual([0, '']);
    const [header = '', ...rows] = readFileSync(join(folder, 'points.csv'), 'utf8').trimEnd().split('\n');
    const names = header.split(',');
    expect(names.slice(0, 4)).toEqual(['pointId', 'status', 'cycles', 'energyPj']);
    expect(names).toEqual(expect.arrayContaining(['latency [ms]', 'accelerator.options.meshX']));
    expect(rows).toHaveLength(4);
    const cells = rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i], cell])));
    for (const cell of cells) expect(Number(cell['latency [ms]'])).toBeCloseTo(Number(cell['cycles']) / 2e5, 12);
  });

  it('writes layers as typed Parquet columns that read back as the records have them', async () => {
    await run('export', 'a', '--what', 'layers', '--format', 'parquet', '--out', 'layers.parquet');
    const { buffer, byteOffset, byteLength } = readFileSync(join(folder, 'layers.parquet'));
    const file = buffer.slice(byteOffset, byteOffset + byteLength);
    const rows = (await parquetReadObjects({ file })) as Readonly<Record<string, unknown>>[];
    const layers = (await recordsOf()).flatMap((record) =>
      record.layers.map((layer) => ({ ...layer, id: record.pointId })),
    );
    expect(rows).toHaveLength(layers.length);
    expect(rows.map((row) => [row['pointId'], row['name'], row['cycles'], row['energyPj']])).toEqual(
      layers.map(({ id, name, cycles, energyPj }) => [id, name, cycles, energyPj]),
    );
    const [component = ''] = Object.keys(layers[0]?.energyByComponentPj ?? {});
    expect(rows[0]?.[`energyPj ${component}`]).toBe(layers[0]?.energyByComponentPj[component]);
    const csv = await run('export', 'a', '--what', 'layers');
    expect(csv.stdout.trimEnd().split('\n')).toHaveLength(layers.length + 1);
  });

  it.each(['csv', 'json', 'jsonl'])('writes the same %s through a pipe as into a file', async (format) => {
    await run('export', 'a', '--format', format, '--out', 'same');
    expect((await run('export', 'a', '--format', format)).stdout).toBe(readFileSync(join(folder, 'same'), 'utf8'));
  });

  it('has the columns of layers where no point has any', async () => {
    const tiny = join(root, 'packages/host/runner/fixtures/tiny');
    const networks = '[{ use: fixture/tiny, options: { width: 0 } }]';
    const text = `{ apiVersion: archon/v1, name: none, plugins: [${JSON.stringify(tiny)}], networks: ${networks}, accelerators: [{ use: fixture/mac }], objectives: [cycles] }`;
    writeFileSync(join(folder, 'none.yaml'), text);
    expect((await run('sweep', 'none.yaml', '--out', 'none', '--executor', 'serial')).status).toBe(3);
    expect((await run('export', 'none', '--what', 'layers')).stdout).toBe('pointId,layer\n');
  });

  it('refuses Parquet on stdout, a folder without a sweep, and a format that is none', async () => {
    await expect(run('export', 'a', '--format', 'parquet')).resolves.toMatchObject({ status: 2 });
    const missing = await run('export', 'nowhere');
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('holds no sweep')]);
    await expect(run('export', 'a', '--format', 'xlsx')).resolves.toMatchObject({ status: 2 });
  });
});

describe('archon diff', () => {
  interface Found {
    readonly ratio: number;
    readonly worse: boolean;
    readonly changed: readonly unknown[];
    readonly onlyIn: unknown;
    readonly b: { readonly dominated: number };
  }
  const diff = async (...args: string[]): Promise<readonly [number | null, Found]> => {
    const { status, stdout } = await run('diff', ...args, '--json');
    return [status, JSON.parse(stdout) as Found];
  };

  it('of a sweep with itself is equal, and ends well', async () => {
    const [status, found] = await diff('a', 'a');
    expect(status).toBe(0);
    expect(found).toMatchObject({ ratio: 1, worse: false, changed: [], onlyIn: { a: 0, b: 0 } });
    expect((await run('diff', 'a', 'a')).stdout).toContain('B has 100.00 % of the hypervolume of A');
  });

  it('says that a smaller sweep is worse, unless that is tolerated; the other way round it is better', async () => {
    const [status, found] = await diff('a', 'fewer');
    expect(status).toBe(3);
    expect(found).toMatchObject({ worse: true, onlyIn: { a: 3, b: 0 } });
    expect(found.ratio).toBeGreaterThan(0);
    expect(found.ratio).toBeLessThan(1);
    const lost = 1 - found.ratio;
    expect((await diff('a', 'fewer', '--tolerance', String(Math.min(0.999, lost + 1e-6))))[0]).toBe(0);
    expect((await diff('a', 'fewer', '--tolerance', String(lost - 1e-6)))[0]).toBe(3);
    expect((await diff('fewer', 'a'))[0]).toBe(0);
  });

  it('refuses sweeps of other objectives and says which they have', async () => {
    const { status, stderr } = await run('diff', 'a', 'other');
    expect(status).toBe(2);
    expect(stderr).toContain('"other" has other objectives: minimize cycles, minimize areaUm2');
    await expect(run('diff', 'a', 'a', '--tolerance', 'x')).resolves.toMatchObject({ status: 2 });
  });
});
