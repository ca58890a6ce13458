import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedOptions, describeStageContract } from '@archon-dse/testing';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin from './index.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-train-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

/** It has an id with published recipes. */
const net = new NetworkBuilder({ id: 'archon/mobilenet-v2', input: [8, 8, 3], classes: 2 });
const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, stride: 2, role: 'stem' })));
net.softmax(net.dense('fc', net.globalAveragePool('pool', stem), 2));
const state = { network: net.build(), densities: {}, metrics: { other: 1 }, artifacts: { other: 'x' } };

const SMALL = { epochs: 1, images: 32, batch: 8 };

/** The stage with defaults that a test can afford, and backends that need no GPU and no download. */
const options = changedOptions(train.meta.options, {
  defaults: SMALL,
  choices: { backend: ['auto', 'onnx', 'tfjs', 'reference'] },
});
const stages = [{ ...train, meta: { ...train.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, state);

describe('train', () => {
  it('measures accuracy and loss, and leaves every layer dense', async () => {
    const { metrics, densities, artifacts } = await train.apply(state, SMALL, { seed: 1, dir });
    expect(metrics['accuracy']).toBeGreaterThanOrEqual(0);
    expect(metrics['accuracy']).toBeLessThanOrEqual(1);
    expect(metrics['loss']).toBeGreaterThan(0);
    expect(densities).toEqual({});
    expect(artifacts['checkpoint']).toContain(join(dir, 'train-'));
  });

  it('has a folder for each seed and each set of options', async () => {
    const folder = async (seed: number, changes = {}): Promise<unknown> =>
      (await train.apply(state, { ...SMALL, ...changes }, { seed, dir })).artifacts['checkpoint'];
    const first = await folder(1);
    expect(await folder(1)).toBe(first);
    expect(await folder(2)).not.toBe(first);
    expect(await folder(1, { batch: 4 })).not.toBe(first);
  });

  it('refuses a recipe that was not published, and a batch that is too large', async () => {
    const apply = async (network: object, changes: object) =>
      train.apply({ ...state, network: { ...state.network, ...network } }, { ...SMALL, ...changes }, { seed: 1 });
    await expect(apply({}, { batch: 33 })).rejects.toThrow('a batch of 33 images');
    await expect(apply({ id: 'me/net' }, { recipe: 'published' })).rejects.toThrow(
      'no published recipe is known for network "me/net"',
    );
  });
});
