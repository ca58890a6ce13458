import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const json = async (...args: string[]): Promise<unknown> => JSON.parse((await archonHere([...args, '--json'])).stdout);

describe('archon describe', () => {
  it('counts the published parameters and MACs', async () => {
    expect(
      await json('describe', 'mobilenet-v2', '--set', 'variant=baseline', '--set', 'dataset=cifar10'),
    ).toMatchObject({
      network: 'archon/mobilenet-v2',
      parameters: 2_271_946,
      trainableParameters: 2_237_770,
      macs: 297_521_664,
    });
    expect(await json('describe', 'mobilenet-v2', '--set', 'variant=modified')).toMatchObject({
      parameters: 1_174_442,
      macs: 273_799_680,
    });
  });

  it('counts what fusing saves, as published', async () => {
    const fusionet = (await json('describe', 'fusionet', '--set', 'dataset=cifar10')) as {
      fusion: { total: { ratio: number } };
    };
    expect(fusionet).toMatchObject({ parameters: 2_725_770, macs: 413_988_224 });
    expect(fusionet.fusion.total).toMatchObject({ layerwise: 410_079_232, fused: 27_721_728 });
    expect(fusionet.fusion.total.ratio).toBeCloseTo(14.79, 2);
    expect((await archonHere(['describe', 'fusionet'])).stdout).toMatch(/sum +410,079,232 +27,721,728 +14\.79/);
    expect(await archonHere(['describe', 'fusionet', '--pointwise-density', '2'])).toMatchObject({ status: 2 });
  });

  it('has the documented fields for every layer', async () => {
    const { layers } = (await json('describe', 'mobilenet-v2')) as { layers: object[] };
    for (const layer of layers) {
      expect(Object.keys(layer)).toEqual([
        'name',
        'op',
        'block',
        'role',
        'in',
        'out',
        'kernel',
        'stride',
        'groups',
        'parameters',
        'macs',
      ]);
    }
  });
});

describe('archon simulate', () => {
  it('gives the published cycles of the first bottleneck, with the documented fields', async () => {
    const result = (await json(
      'simulate',
      '--network',
      'mobilenet-v2',
      '--accelerator',
      'dense',
      '--set',
      'dataset=cifar10',
    )) as {
      totals: Record<string, number>;
      layers: { name: string; cycles: number; mapping: string; utilization: number; energyPj: number }[];
    };
    const cycles = Object.fromEntries(result.layers.map((layer) => [layer.name, layer.cycles]));
    expect([cycles['b1.expand'], cycles['b1.depthwise'], cycles['b1.project']]).toEqual([24576, 12288, 32768]);
    expect(result.totals['areaUm2']).toBeCloseTo(1_440_017.2, 1);
    expect(result.totals['cycles']).toBe(result.layers.reduce((sum, layer) => sum + layer.cycles, 0));
    expect(result.totals['energyPj']).toBeCloseTo(
      result.layers.reduce((sum, layer) => sum + layer.energyPj, 0),
      0,
    );
    for (const layer of result.layers) expect(layer.mapping).toMatch(/DRAM/);
  });

  const shown = async (...more: readonly string[]) =>
    (await archonHere(['simulate', '--network', 'mobilenet-v2', '--accelerator', 'dense', ...more])).stdout;

  it('fits a page, with options in full and energy by component', async () => {
    for (const accelerator of ['dense', 'archon']) {
      const text = await shown('--accelerator', accelerator, '--set', 'width=0.5');
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(text).toMatch(/^mobilenet-v2 on \w+, seed 1\n {2}variant=baseline .*width=0\.5 /);
      expect(text).toMatch(/ glbKib=10[08] /);
      const shares = [...text.matchAll(/^(?:DRAM|[a-z_]+) +[\d.]+ [a-z]J +([\d.]+)%/gm)].map(([, share]) =>
        Number(share),
      );
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
    }
  });

  it('draws the mapping of a layer, one loop a line, with what each level holds', async () => {
    // Weights 16 x 96, inputs 16 x 32 x 32, outputs 96 x 32 x 32; the buffer holds a column pair of 8 or 96 channels.
    const text = await shown('--layer', 'b1.expand');
    expect(text).toContain(`
level         loops                      holds at once, in words
DRAM          for Q in 0:16              W 1,536 + I 16,384 + O 98,304
shared_glb     for P in 0:32             I 1,024 + O 6,144 = 7,168 of 55,296 (13.0%)
                for M in 0:4 across X
                 for Q in 0:2 across X
DummyBuffer       for C in 0:8 across Y  nothing; it spreads the loops
ifmap_spad                               I 2 of 16 (12.5%)
weights_spad       for C in 0:2          W 48 of 224 (21.4%)
psum_spad           for M in 0:24        O 24 of 24 (100.0%)
`);
    expect(text).toContain('P, Q     rows and columns of the outputs');
    const { layers } = JSON.parse(await shown('--layer', 'b1.expand', '--json')) as { layers: { name: string }[] };
    expect(layers.map(({ name }) => name)).toEqual(['b1.expand']);
  });
});

describe('archon plugins', () => {
  it('lists component classes with their actions, as the plugin guide says', async () => {
    const { plugins, contributions, componentClasses } = JSON.parse(
      (await archonHere(['plugins', '--json'])).stdout,
    ) as {
      plugins: object[];
      contributions: object[];
      componentClasses: { name: string; actions: Record<string, string>; attributes: object }[];
    };
    expect([plugins.length, contributions.length]).toEqual([14, 24]);
    const actions = Object.fromEntries(componentClasses.map(({ name, actions }) => [name, Object.keys(actions)]));
    expect(actions).toMatchObject({
      intmac: ['compute', 'reused', 'gated', 'idle', 'accumulate', 'bitProduct'],
      fifo: ['access', 'idle'],
    });
    expect(componentClasses.find(({ name }) => name === 'intmac')?.attributes).toHaveProperty('dataBits');
    expect((await archonHere(['plugins'])).stdout).toMatch(
      /^intmac +compute, reused, gated, idle, accumulate, bitProduct +built in +Integer multiplier/m,
    );
  });

  it('shows one, by any of its names', async () => {
    const shown = async (name: string) => (await archonHere(['plugins', name])).stdout;
    const text = await shown('mobilenet-v2');
    expect(text).toMatch(/^network archon\/mobilenet-v2: MobileNetV2\n[^]*^source {2}Sandler[^]*^ {2}width +1 /m);
    expect(text).not.toContain('archon/dense');
    expect(await shown('archon/mobilenet-v2')).toBe(text);
    expect(await shown('@archon-dse/net-mobilenetv2')).toBe(text);
  });

  it('shows what a stage measures, and what it needs for that', async () => {
    const text = (await archonHere(['plugins', 'import'])).stdout;
    expect(text).toMatch(/^ {2}metric +better +unit +needs +description\n {2}accuracy +larger +data +Share of test/m);
    expect((await archonHere(['plugins', 'dense'])).stdout).not.toContain('better');
  });
});

describe('archon validate-model', () => {
  it('prints tables that fit a page', async () => {
    const text = (await archonHere(['validate-model'])).stdout;
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text).toMatch(/^time, ms {2}published {2}model +error\nCONV1 +16\.5 +14\.2 +-14\.0%$/m);
  });
});

describe('archon data', () => {
  it('describes a folder of CIFAR files', async () => {
    const folder = temporaryFolder();
    const record = (label: number, value: number): Uint8Array =>
      Uint8Array.from([label, ...Array<number>(3072).fill(value)]);
    writeFileSync(join(folder.path, 'train.bin'), Buffer.concat([record(3, 10), record(9, 30)]));
    expect(await json('data', 'info', folder.path)).toEqual({
      name: 'cifar10',
      folder: folder.path,
      splits: {
        train: { files: 1, count: 2, classes: 10, perClass: [0, 0, 0, 1, 0, 0, 0, 0, 0, 1], mean: 20, std: 10 },
      },
    });
    folder.remove();
  });

  it('says why nothing could be fetched', async () => {
    const folder = temporaryFolder();
    const { status, stderr } = await archonHere([
      'data',
      'fetch',
      'cifar10',
      '--dir',
      folder.path,
      '--mirror',
      'http://127.0.0.1:1',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_DATA_DOWNLOAD');
    expect(stderr).toContain('"http://127.0.0.1:1/cifar-10-binary.tar.gz"');
    folder.remove();
  });

  it.each(['fetch', 'info'])('%s --help has examples', async (command) => {
    expect(await archonHere(['data', command, '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Examples:'),
    });
  });
});

describe('archon doctor', () => {
  it('finds this machine fit', async () => {
    const { ok, backends } = (await json('doctor')) as { ok: boolean; backends: Record<string, unknown>[] };
    expect(ok).toBe(true);
    expect(backends.filter(({ chosen }) => chosen)).toMatchObject([{ id: 'onnx', automatic: true }]);
    for (const { description, imagesPerSecond, problem, advice } of backends) {
      if (description === null)
        expect([imagesPerSecond, problem, advice]).toEqual([null, ...Array(2).fill(expect.any(String))]);
      else expect(imagesPerSecond).toBeGreaterThan(0);
    }
  });
});

describe('archon reproduce', () => {
  it('matches every published cell of a table', async () => {
    const { tables, totals } = (await json(
      'reproduce',
      'ics21',
      '--network',
      'mobilenet-v2',
      '--dataset',
      'cifar10',
    )) as {
      tables: { cells: number; matched: number }[];
      totals: object[];
    };
    expect(tables.map(({ cells, matched }) => cells - matched)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    const published = { dense: { cycles: 4_132_672 }, sparse: { cycles: 1_512_504 }, archon: { cycles: 718_116 } };
    expect(totals).toMatchObject([{ method: 'ics21', ...published }, { method: 'corrected' }]);
  });

  it('takes rules', async () => {
    const { totals } = (await json(
      'reproduce',
      'ics21',
      '--network',
      'shufflenet',
      '--rules',
      'skippedMainBlocks=corrected',
    )) as {
      totals: object[];
    };
    expect(totals).toMatchObject([{ method: 'custom', archon: { cycles: 295_535 - 14_256 } }, { method: 'corrected' }]);
  });

  it('shows tables, totals and rules to people', async () => {
    const { status, stdout } = await archonHere([
      'reproduce',
      'ics21',
      '--network',
      'mobilenet-v2',
      '--dataset',
      'cifar10',
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/result +407 +407 +11/);
    expect(stdout).toContain('those of 11 were overwritten in the publication');
    expect(stdout).toMatch(/5\.755x +2\.106x/);
    expect(stdout).toContain('This is an inference');
  });
});
