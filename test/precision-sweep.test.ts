import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, root, temporaryFolder } from './workspace.js';

interface Record {
  readonly status: string;
  readonly point: {
    readonly stages: readonly { readonly options: Readonly<{ kept?: number; weights?: string; mixed?: object }> }[];
    readonly accelerator: { readonly use: string };
  };
  readonly metrics: Readonly<{ accuracy: number; fullWidthAccuracy: number; energyPj: number; cycles: number }>;
  readonly layers: readonly Readonly<{ name: string; macs: number; precision: object }>[];
}

/** The sweep with a budget for tests: what it trains is worth nothing, what it costs is the same but for the width. */
const SMALLER: readonly (readonly [string, string])[] = [
  ['./two-four', join(root, 'docs/examples/two-four')],
  ['width: 0.25', 'width: 0.1'],
  ['images: 1600, epochs: 10', 'images: 32, epochs: 1'],
  ['images: 1600, epochs: 3', 'images: 32, epochs: 1'],
  ['images: 1600, range', 'images: 32, calibrationImages: 4, range'],
  ['activations: [int16, int8, int4]', 'activations: [int8]'],
];

function smaller(): string {
  return SMALLER.reduce(
    (text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    },
    readFileSync(join(root, 'docs/examples/precision.yaml'), 'utf8'),
  );
}

describe('docs/examples/precision.yaml', () => {
  const folder = temporaryFolder();
  vi.stubEnv('ARCHON_CACHE_DIR', join(folder.path, 'cache'));
  afterAll(folder.remove);
  let records: readonly Record[] = [];
  beforeAll(async () => {
    const file = join(folder.path, 'precision.yaml');
    writeFileSync(file, smaller());
    const out = join(folder.path, 'out');
    const { status } = await archonHere(['sweep', file, '--out', out, '--workers', '1', '--json']);
    expect(status).toBe(0);
    records = journalOf(out) as unknown as readonly Record[];
  });

  const at = (accelerator: string, kept: number, weights: string, isMixed = false): Record =>
    records.find(({ point }) => {
      const [, structure, formats] = point.stages.map(({ options }) => options);
      const isSame = point.accelerator.use === `archon/${accelerator}` && structure!.kept === kept;
      return isSame && formats!.weights === weights && Object.keys(formats!.mixed!).length > 0 === isMixed;
    })!;

  it('is valid as it stands', async () => {
    expect(await archonHere(['validate', 'docs/examples/precision.yaml'])).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    [
      '{ stem: int99, b0',
      /:\d+:\d+ +ARCHON_BAD_OPTION\n +quantise cannot have mixed\.stem: "int99"[^]*> \d+ \|.*int99/,
    ],
    ['{ stem: { weight: int8 }, b0', /:\d+:\d+ +ARCHON_BAD_OPTION\n +quantise cannot have mixed\.stem/],
  ])('with %s is refused at its place, before anything is trained', async (mixed, message) => {
    const file = join(folder.path, 'refused.yaml');
    writeFileSync(file, smaller().replace('{ stem: int16, b0', mixed));
    const { status, stderr } = await archonHere(['validate', file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('measures every network that it costs', () => {
    expect(records.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 'ok'));
    for (const { metrics } of records) expect(metrics.accuracy).toBeGreaterThanOrEqual(0);
    const before = new Set(records.map(({ metrics }) => metrics.fullWidthAccuracy));
    expect(before.size).toBeLessThanOrEqual(2); // of 4 of 4 and of 2 of 4, whatever they are quantised to
  });

  it.each(['dense', 'sparse'])('spends less on fewer bits, on the %s array', (accelerator) => {
    for (const kept of [4, 2]) {
      const pj = ['int16', 'int8', 'int4'].map((weights) => at(accelerator, kept, weights).metrics.energyPj);
      expect(pj).toEqual([...pj].sort((a, b) => b - a));
      expect(new Set(pj).size).toBe(3);
    }
  });

  it('takes fewer cycles for zeros where they are skipped, and for nothing else', () => {
    const dense = records.filter(({ point }) => point.accelerator.use === 'archon/dense');
    expect(new Set(dense.map(({ metrics }) => metrics.cycles)).size).toBe(1);
    for (const weights of ['int16', 'int8', 'int4']) {
      expect(at('sparse', 2, weights).metrics.cycles).toBeLessThan(at('sparse', 4, weights).metrics.cycles);
    }
  });

  it('has the zeros of 2:4 after quantisation, but in layers whose inputs cannot be grouped', () => {
    const macs = (kept: number, name: string) =>
      at('sparse', kept, 'int16').layers.find((layer) => layer.name === name)!.macs;
    expect(macs(2, 'b1.expand') / macs(4, 'b1.expand')).toBeCloseTo(0.5, 2);
    expect(macs(2, 'b1.depthwise')).toBe(macs(4, 'b1.depthwise'));
  });

  it('has the ends of the mixed networks in more bits than the rest', () => {
    const { layers } = at('dense', 4, 'int4', true);
    const weights = Object.fromEntries(
      layers.map(({ name, precision }) => [name, (precision as { weights: string }).weights]),
    );
    expect(weights).toMatchObject({ stem: 'int16', 'b0.expand': 'int8', 'b2.project': 'int8', fc: 'int16' });
    expect(weights).toMatchObject({ 'b3.expand': 'int4', 'b3.depthwise': 'int4', 'b16.project': 'int4' });
  });
});
