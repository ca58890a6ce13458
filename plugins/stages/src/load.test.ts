import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStageContract, sampleState } from '@archon-dse/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { importStage } from './import.js';
import plugin from './index.js';
import { load } from './load.js';
import { predict } from './predict.js';
import { prune } from './prune.js';
import { quantise } from './quantise.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-load-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

const SMALL = { epochs: 2, images: 32, batch: 8 };
const context = { seed: 1, dir };
const fresh = sampleState('archon/fusionet');
const trained = await train.apply(fresh, SMALL, context);
const pruned = await prune.apply(trained, { ...SMALL, pointwiseDensity: 0.5, depthwiseDensity: 0.5 }, context);
const predicted = await predict.apply(pruned, SMALL, context);
const fileOf = ({ artifacts }: typeof trained): string => String(artifacts['checkpoint']);

const checkpoint = { ...load.meta.options['checkpoint']!, default: fileOf(predicted) };
const stages = [{ ...load, meta: { ...load.meta, options: { checkpoint } } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, fresh);

describe('load', () => {
  const apply = async (file: string, from = fresh) => load.apply(from, { checkpoint: file }, { seed: 7 });

  it.each([
    ['train', trained],
    ['prune', pruned],
    ['predict', predicted],
  ])('leaves what the stage "%s" left, but for what it cost', async (_, state) => {
    const { budgets, ...left } = state;
    expect(budgets?.length).toBeGreaterThan(0);
    expect(await apply(fileOf(state))).toEqual(left);
  });

  it('has the accuracy of imported weights where it was measured', async () => {
    const imported = await importStage.apply(fresh, { file: fileOf(trained), data: 'procedural' }, context);
    expect((await apply(fileOf(imported))).metrics).toEqual(imported.metrics);
    const unmeasured = await importStage.apply(fresh, { file: fileOf(trained) }, context);
    expect((await apply(fileOf(unmeasured))).metrics).toEqual({});
  });

  it('refuses what is no checkpoint of the network, and one that is quantised', async () => {
    const refusal = (diagnostic: object) => ({ diagnostics: [expect.objectContaining(diagnostic)] });
    await expect(apply('')).rejects.toMatchObject(refusal({ code: 'ARCHON_BAD_OPTION', path: 'checkpoint' }));
    const invalid = refusal({
      code: 'ARCHON_CHECKPOINT_INVALID',
      message: expect.stringContaining('trained as') as string,
    });
    await expect(apply(fileOf(trained), sampleState('archon/mobilenet-v2'))).rejects.toMatchObject(invalid);
    const quantised = await quantise.apply(trained, { images: 32, calibrationImages: 8, data: 'procedural' }, context);
    await expect(apply(fileOf(quantised))).rejects.toThrow('it is quantised');
  });
});
