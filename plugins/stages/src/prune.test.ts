import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackMask, type StageState } from '@archon-dse/core';
import { changedOptions, describeStageContract, sampleState } from '@archon-dse/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin from './index.js';
import { prune } from './prune.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-prune-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

const untrained = sampleState('archon/mobilenet-v2');

const SMALL = { epochs: 2, images: 32, batch: 8 };

/** The stage with defaults that a test can afford, and backends that need no GPU and no download. */
const options = changedOptions(prune.meta.options, {
  defaults: SMALL,
  choices: { backend: ['auto', 'onnx', 'tfjs', 'reference'] },
});
const state = await train.apply(untrained, SMALL, { seed: 1 });
const stages = [{ ...prune, meta: { ...prune.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, state);

describe('prune', () => {
  const apply = async (from: StageState, changes: object) => prune.apply(from, { ...SMALL, ...changes }, { seed: 1 });

  it('gives the densities the ramp ends with, and the masks they are measured on', async () => {
    const changes = { rampEpochs: 2, pointwiseDensity: 0.5, depthwiseDensity: 0.75 };
    const { densities, masks, metrics } = await apply(state, changes);
    // the ramp ends a hair below the share of zeros: 4 of 8 weights in each group stay, 54 of 72, 16 of 32
    expect(densities).toEqual({
      'b1.expand': { weights: 8 / 16 },
      'b1.depthwise': { weights: 54 / 72 },
      'b1.project': { weights: 16 / 32 },
    });
    expect(masks?.['b1.expand']?.shape).toEqual([8, 2, 1, 1]);
    expect(masks?.['b1.depthwise']?.shape).toEqual([8, 1, 3, 3]);
    const kept = [...unpackMask(masks?.['b1.expand'] ?? { shape: [0, 0, 0, 0], bits: '' })];
    expect([kept.slice(0, 8), kept.slice(8)].map((group) => group.filter((bit) => bit === 1).length)).toEqual([4, 4]);
    expect(metrics['accuracy']).toBeGreaterThanOrEqual(0);
  });

  it('refuses an untrained network and a ramp longer than the stage', async () => {
    await expect(apply(untrained, {})).rejects.toMatchObject({
      diagnostics: [
        { code: 'ARCHON_CHECKPOINT_INVALID', expected: 'a stage "train" or "import" before the stage "prune"' },
      ],
    });
    await expect(apply(state, { rampEpochs: 3 })).rejects.toThrow('a ramp of 3 epochs');
  });
});
