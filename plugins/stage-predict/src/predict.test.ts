import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackMask, type StageState } from '@archon-dse/core';
import { describeStageContract } from '@archon-dse/testing';
import { applyPruning, applyTraining, PRUNING_OPTIONS } from '@archon-dse/training';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin, { predict } from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-predict-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

/** It has an id with published recipes. */
const net = new NetworkBuilder({ id: 'archon/fusionet', input: [8, 8, 3], classes: 2 });
const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, stride: 2, role: 'stem' })));
net.block('b1');
const wide = net.relu(net.batchNorm(net.conv('b1.expand', stem, { filters: 8, groups: 2, role: 'expand' })));
const deep = net.relu(net.batchNorm(net.depthwise('b1.depthwise', wide, { kernel: 3 })));
const narrow = net.batchNorm(net.conv('b1.project', deep, { filters: 4, role: 'project' }));
net.block('tail');
net.softmax(net.dense('fc', net.globalAveragePool('pool', narrow), 2));
const untrained: StageState = { network: net.build(), densities: {}, metrics: {}, artifacts: {} };

/** Options that a test can afford, for any stage. */
const small: Readonly<Record<string, number>> = { epochs: 2, images: 32, batch: 8 };
const affordable = (options: typeof predict.meta.options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, { ...option, default: small[name] ?? option.default }]),
  );
const defaultsOf = (options: typeof predict.meta.options) =>
  Object.fromEntries(Object.entries(affordable(options)).map(([name, option]) => [name, option.default]));

const trained = await applyTraining(untrained, defaultsOf(PRUNING_OPTIONS), { seed: 1 });
const pruned = await applyPruning(trained, defaultsOf(PRUNING_OPTIONS), { seed: 1 });
// Published prediction has one recipe, whose networks have no variants.
const recipe = { ...predict.meta.options['recipe']!, enum: ['short', 'published'] };
const options = affordable({ ...predict.meta.options, recipe });
const stages = [{ ...predict, meta: { ...predict.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, pruned);

describe('predict', () => {
  const apply = async (from: StageState, changes: object = {}) =>
    predict.apply(from, { ...defaultsOf(predict.meta.options), ...changes }, { seed: 1 });

  it('measures predictions, keeps what was pruned, and gives the share that passes as density of outputs', async () => {
    const { metrics, densities, masks } = await apply(pruned);
    for (const name of ['accuracy', 'falseNegative', 'falsePositive', 'maskDensity']) {
      expect(metrics[name] ?? -1, name).toBeGreaterThanOrEqual(0);
      expect(metrics[name], name).toBeLessThanOrEqual(1);
    }
    for (const layer of ['b1.expand', 'b1.depthwise']) {
      expect(densities[layer]?.weights, layer).toBe(pruned.densities[layer]?.weights);
      expect(densities[layer]?.outputs, layer).toBeGreaterThan(0);
      expect(unpackMask(masks![layer]!), layer).toEqual(unpackMask(pruned.masks![layer]!));
    }
    expect(densities['b1.project']).toEqual(pruned.densities['b1.project']);
    const [expand = 0, depthwise = 0] = ['b1.expand', 'b1.depthwise'].map((layer) => densities[layer]?.outputs);
    expect((expand + depthwise) / 2).toBeCloseTo(metrics['maskDensity'] ?? 0, 12);
  });

  it('follows training without pruning too', async () => {
    const { masks, densities } = await apply(trained);
    expect(masks).toEqual({});
    expect(Object.keys(densities)).toEqual(['b1.expand', 'b1.depthwise']);
  });

  it('refuses an untrained network, and parts that do not divide a batch', async () => {
    await expect(apply(untrained)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_CHECKPOINT_INVALID', expected: 'a stage "train" before the stage "predict"' }],
    });
    await expect(apply(pruned, { microBatch: 3 })).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_BAD_OPTION', path: 'microBatch', expected: 'a divisor of the batch, 8' }],
    });
  });
});
