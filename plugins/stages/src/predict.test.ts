import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackMask, type StageState } from '@archon-dse/core';
import { changedOptions, describeStageContract, sampleState } from '@archon-dse/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin from './index.js';
import { predict } from './predict.js';
import { prune } from './prune.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-predict-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

const untrained = sampleState('archon/fusionet');

const SMALL = { epochs: 2, images: 32, batch: 8 };

/**
 * Options that a test can afford, backends that need no GPU and no download, and the recipes there are: published prediction has one for
 * networks without variants.
 */
const options = changedOptions(predict.meta.options, {
  defaults: SMALL,
  choices: { backend: ['auto', 'onnx', 'tfjs', 'reference'], recipe: ['short', 'published'] },
});
const trained = await train.apply(untrained, SMALL, { seed: 1 });
const toPrune = { ...SMALL, pointwiseDensity: 0.5, depthwiseDensity: 0.5 };
const pruned = await prune.apply(trained, toPrune, { seed: 1 });
const stages = [{ ...predict, meta: { ...predict.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, pruned);

describe('predict', () => {
  const apply = async (from: StageState, changes: object = {}) =>
    predict.apply(from, { ...SMALL, ...changes }, { seed: 1 });

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
      diagnostics: [
        { code: 'ARCHON_CHECKPOINT_INVALID', expected: 'a stage "train" or "import" before the stage "predict"' },
      ],
    });
    await expect(apply(pruned, { microBatch: 3 })).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_BAD_OPTION', path: 'microBatch', expected: 'a divisor of the batch, 8' }],
    });
  });
});
