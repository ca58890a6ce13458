import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackMask } from '@archon-dse/core';
import { describeStageContract, sampleState } from '@archon-dse/testing';
import { readCheckpoint } from '@archon-dse/training';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin from './index.js';
import { importStage } from './import.js';
import { prune } from './prune.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-import-'));
vi.stubEnv('ARCHON_CACHE_DIR', join(dir, 'cache'));
afterAll(() => rmSync(dir, { recursive: true }));

const fresh = sampleState('archon/mobilenet-v2');

const small = { epochs: 2, images: 32, batch: 8 };
const trained = await train.apply(fresh, small, { seed: 1, dir });
const toPrune = { ...small, rampEpochs: 2, pointwiseDensity: 0.5 };
const pruned = await prune.apply(trained, toPrune, { seed: 1, dir });
const file = String(pruned.artifacts['checkpoint']);

const options = { ...importStage.meta.options, file: { ...importStage.meta.options['file']!, default: file } };
const stages = [{ ...importStage, meta: { ...importStage.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, fresh, [{ names: 'ours', data: 'procedural' }]);

describe('import', () => {
  const apply = async (changes: object, from = fresh) => importStage.apply(from, { file, ...changes }, { seed: 1 });

  it('brings the masks and densities of a pruned model, and no accuracy without data', async () => {
    const { densities, masks, metrics } = await apply({});
    expect(densities).toEqual(pruned.densities);
    expect(masks).toEqual(pruned.masks);
    const kept = unpackMask(masks!['b1.expand']!).reduce((sum, bit) => sum + bit, 0);
    expect(densities['b1.expand']).toEqual({ weights: kept / 16 });
    expect(metrics).toEqual({});
  });

  it('measures accuracy and loss where it has data', async () => {
    const { metrics } = await apply({ data: 'procedural' });
    expect(metrics['accuracy']).toBeGreaterThanOrEqual(0);
    expect(metrics['loss']).toBeGreaterThan(0);
  });

  it('is a start for the stage "prune"', async () => {
    const state = await prune.apply(await apply({}), toPrune, { seed: 1, dir });
    const { info } = await readCheckpoint(String(state.artifacts['checkpoint']));
    expect(info.origin?.parent?.stage).toBe('import');
  });

  it('refuses to guess, and leaves nothing behind', async () => {
    const folders = (): number => readdirSync(join(dir, 'cache')).length;
    const before = folders();
    const code = (diagnostic: object) => ({ diagnostics: [expect.objectContaining(diagnostic)] });
    await expect(apply({ file: '' })).rejects.toMatchObject(code({ code: 'ARCHON_BAD_OPTION', path: 'file' }));
    const missing = { code: 'ARCHON_FILE_NOT_FOUND', hint: 'Did you mean "keras"?' };
    await expect(apply({ names: 'kears' })).rejects.toMatchObject(code(missing));
    await expect(apply({ data: dir })).rejects.toMatchObject(code({ code: 'ARCHON_DATA_NOT_FOUND' }));
    const other = new NetworkBuilder({ id: 'me/other', input: [8, 8, 3], classes: 2 });
    other.softmax(other.dense('fc', other.globalAveragePool('pool', other.input), 2));
    const network = other.build();
    await expect(apply({}, { ...fresh, network })).rejects.toThrow('no place for');
    expect(folders()).toBe(before);
  });
});
