import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@archon-dse/core';
import mobileNetPlugin from '@archon-dse/net-mobilenetv2';
import vitPlugin from '@archon-dse/net-vit';
import { importOnnx } from '@archon-dse/network-files';
import { buildNetwork } from '@archon-dse/testing';
import { describeNetwork, lowerToWorkloads } from '@archon-dse/workload';
import { afterAll, describe, expect, it } from 'vitest';
import { mobileNetV2 } from '../packages/model/network-files/test/mobile-net.js';
import { resNet50 } from '../packages/model/network-files/test/res-net.js';
import { BASE, vit } from '../packages/model/network-files/test/vit.js';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const fileOf = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder.path, name), bytes);
  return `./${name}`;
};
const MOBILE = fileOf('mobile.onnx', mobileNetV2().encode());
fileOf('residual.onnx', resNet50().encode());

const run = async (...args: readonly string[]) => {
  const { status, stdout, stderr } = await archonHere(args, folder.path);
  const document: Readonly<Record<string, unknown>> = { ...(JSON.parse(stdout) as object), status, stderr };
  return document;
};

describe('networks of ONNX files beside those of our own plugins', () => {
  const weighed = (network: Network) => {
    const { layers } = describeNetwork(network);
    return layers.filter(({ macs }) => macs > 0);
  };

  it('MobileNetV2 has the bottlenecks of the published table, layer by layer, on planes of its own image', () => {
    const imported = weighed(importOnnx(mobileNetV2().encode(), { id: 'me/file' }).network);
    const built = weighed(buildNetwork(mobileNetPlugin.networks![0]!, { classes: 1000 }));
    const rows = (layers: typeof built) =>
      layers
        .filter(({ block }) => block !== 'head' && block !== 'b0')
        .map(({ block, role, op, in: read, out, kernel, groups, parameters }) => [
          ...[block, block === 'tail' ? '' : role, op, read[2], out[2], kernel, groups, parameters],
        ]);
    expect(rows(imported)).toEqual(rows(built));
    expect(rows(imported)).toHaveLength(16 * 3 + 2);
    // The plane of CIFAR is a seventh of ours from the stride of b6 on, where both have halved it as often.
    const late = (layers: typeof built) =>
      layers.filter(({ role, block }) => role === 'project' && block !== 'b0').slice(12);
    expect(late(imported).map(({ out }) => out[0])).toEqual(late(built).map(({ out }) => (out[0] * 7) / 8));
  });

  it('ViT-B/16 has the same workloads', () => {
    const sizes = (network: Network) =>
      lowerToWorkloads(network).map(({ op, problem: { C, M, R, P, Q }, groups }) =>
        [op, C, M, R, P * Q, groups].join(' '),
      );
    const imported = sizes(importOnnx(vit({ ...BASE, depth: 2 }).encode(), { id: 'me/file' }).network);
    const built = sizes(buildNetwork(vitPlugin.networks![0]!, { variant: 'base', depth: 2 }));
    // Queries, keys and values are one dense layer in the file.
    const packed = (all: readonly string[]): string[] =>
      all
        .join('\n')
        .replaceAll(/(dense 768) 768 (1 197 1)\n\1 768 \2\n\1 768 \2/g, '$1 2304 $2')
        .split('\n');
    expect(imported).toEqual(packed(built));
  });
});

describe('archon import-network', () => {
  it('says what a file holds and writes it as YAML, which is the same network', async () => {
    const found = await run('import-network', MOBILE, '--out', 'mobile.yaml', '--json');
    expect(found).toMatchObject({
      ...{ status: 0, opset: 13, assumed: { N: 1 }, macs: 300_774_272, trainableParameters: 3_504_872, layers: 152 },
      ...{ workloads: { conv: 35, depthwise: 17, dense: 1 }, notCosted: { relu6: 35, add: 10, globalAveragePool: 1 } },
    });
    const [onnx, yaml] = await Promise.all([
      run('describe', MOBILE, '--json'),
      run('describe', './mobile.yaml', '--json'),
    ]);
    expect(yaml['layers']).toEqual(onnx['layers']);
    const text = (await archonHere(['import-network', MOBILE], folder.path)).stdout;
    expect(text).toContain('MACs        300,774,272 in conv 35, depthwise 17, dense 1\n');
    expect(text).toContain('refused     none\n');
  });

  it('tells all nodes it refuses, and writes nothing', async () => {
    const bytes = mobileNetV2().encode();
    const text = Buffer.from(bytes).toString('latin1').replace('GlobalAveragePool', 'GlobalAveragePoul');
    const { status, stderr } = await archonHere(
      ['import-network', fileOf('odd.onnx', Buffer.from(text, 'latin1')), '--out', 'odd.yaml'],
      folder.path,
    );
    expect(status).toBe(2);
    expect(stderr).toContain('node "pool" (GlobalAveragePoul): there is no operator "GlobalAveragePoul" here');
    expect(() => readFileSync(join(folder.path, 'odd.yaml'))).toThrow();
  });

  it.each([
    [['import-network', MOBILE, '--dim', 'N'], '--dim N is no size'],
    [['import-network', MOBILE, '--dim', 'M=2'], 'no input leaves a dimension "M" open'],
    [['import-network', './none.onnx'], 'none.onnx'],
    [['describe', './none.onnx'], 'none.onnx'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await archonHere(args, folder.path);
    expect([status, stderr.includes(message)]).toEqual([2, true]);
  });
});

describe('networks of files in sweeps and simulations', () => {
  it('are points by their content, with the batch as an axis', async () => {
    fileOf('copy.onnx', readFileSync(join(folder.path, MOBILE)));
    const sweep = fileOf(
      'sweep.yaml',
      `apiVersion: archon/v1
name: files
networks:
  - use: file
    options: { file: ./mobile.onnx }
    axes: { batch: [1, 4] }
  - { use: file, options: { file: ./copy.onnx, batch: 4 } }
  - { use: file, options: { file: ./residual.onnx } }
accelerators: [{ use: dense }]
objectives: [cycles, energyPj]
executor: { kind: serial }
`,
    );
    const { points } = (await run('expand', sweep, '--json')) as unknown as { points: readonly { id: string }[] };
    expect(new Set(points.map(({ id }) => id)).size).toBe(3);
    expect(await run('sweep', sweep, '--out', 'out', '--json')).toMatchObject({ status: 0, counts: { failed: 0 } });
    const records = readFileSync(join(folder.path, 'out', 'results', '0001.jsonl'), 'utf8');
    expect(records).toContain('"macs":300774272');
    expect(records).toContain('"macs":1203097088');
    expect(records).toContain('"macs":4089184256');
  });

  it('YAML networks are simulated as they are', async () => {
    const found = await run(
      'simulate',
      '--network',
      join(root, 'sweeps/networks/residual.yaml'),
      '--accelerator',
      'dense',
      '--json',
    );
    expect(found).toMatchObject({ status: 0, totals: { macs: 2_125_984 }, notCosted: { relu: 7, add: 3 } });
  });

  it('mistakes in them are located', async () => {
    const { status, stderr } = await archonHere(
      ['describe', fileOf('wrong.yaml', 'input: [8, 8, 3]\nlayers:\n  - { op: cnov, filters: 3 }\n')],
      folder.path,
    );
    expect(status).toBe(2);
    expect(stderr).toContain('wrong.yaml:3:11');
    expect(stderr).toContain('Did you mean "conv"?');
  });
});
