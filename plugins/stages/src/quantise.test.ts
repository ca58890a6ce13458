import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackMask, type StageState } from '@archon-dse/core';
import { changedOptions, describeStageContract, sampleState } from '@archon-dse/testing';
import { checkpointOf } from '@archon-dse/training';
import { lowerToWorkloads } from '@archon-dse/workload';
import { afterAll, describe, expect, it, vi } from 'vitest';
import plugin from './index.js';
import { predict } from './predict.js';
import { prune } from './prune.js';
import { quantise } from './quantise.js';
import { train } from './train.js';

const dir = mkdtempSync(join(tmpdir(), 'stage-quantise-'));
vi.stubEnv('ARCHON_CACHE_DIR', dir);
afterAll(() => rmSync(dir, { recursive: true }));

const SMALL = { epochs: 2, images: 32, batch: 8 };
const QUANTISED = { images: 32, calibrationImages: 8 };
const context = { seed: 1, dir };
const untrained = sampleState('archon/fusionet');
const trained = await train.apply(untrained, SMALL, context);
const pruned = await prune.apply(trained, { ...SMALL, pointwiseDensity: 0.5, depthwiseDensity: 0.5 }, context);

/** Options that a test can afford, and backends that need no GPU and no download. */
const options = changedOptions(quantise.meta.options, {
  defaults: QUANTISED,
  choices: {
    weights: ['int2', 'int8', 'full'],
    activations: ['int4', 'int8', 'full'],
    backend: ['auto', 'tfjs', 'reference'],
  },
});
const stages = [{ ...quantise, meta: { ...quantise.meta, options } }];
describeStageContract({ ...plugin, stages }, { describe, expect, it }, pruned, [
  { mixed: { b1: 'int4', 'b1.project': { weights: 'int16' } } },
  { data: '' },
]);

/** Weights times what the BatchNorm behind them multiplies with, written apart from what is tested. */
function foldedByHand(tensors: Awaited<ReturnType<typeof checkpointOf>>['tensors'], layer: string): Float32Array {
  const { data: gamma } = tensors[`${layer}.bn/gamma`]!;
  const { data: variance } = tensors[`${layer}.bn/variance`]!;
  return tensors[`${layer}/kernel`]!.data.map((weight, index) => {
    const channel = index % gamma.length;
    return (weight * gamma[channel]!) / Math.sqrt(variance[channel]! + 0.001);
  });
}

const apply = async (from: StageState, changes: object = {}, more: object = {}) =>
  quantise.apply(from, { ...QUANTISED, ...changes }, { ...context, ...more });

describe('quantise', () => {
  it('measures the quantised network beside the one before, and hands formats to workloads', async () => {
    const { metrics, precisions, ...state } = await apply(trained);
    expect(metrics['fullWidthAccuracy']).toBe(trained.metrics['accuracy']);
    expect(metrics['loss']).toBeGreaterThan(0);
    expect(metrics['loss']).not.toBe(trained.metrics['loss']);
    const int8 = { weights: 'int8', inputs: 'int8', outputs: 'int8' };
    const workloads = lowerToWorkloads(state.network, { precisions: precisions! });
    expect(workloads.map(({ precision }) => precision)).toEqual(workloads.map(() => int8));
  });

  it('comes near the network before with many bits, and is what it was with all of them', async () => {
    const before = trained.metrics['loss']!;
    const loss = async (format: string): Promise<number> =>
      (await apply(trained, { weights: format, activations: format, calibrationImages: 32 })).metrics['loss']!;
    expect(await loss('full')).toBeCloseTo(before, 4);
    const [int16, int8, int2] = [await loss('int16'), await loss('int8'), await loss('int2')];
    expect(Math.abs(int16 - before)).toBeLessThan(0.01);
    expect(Math.abs(int8 - before)).toBeLessThan(0.1);
    expect(Math.abs(int2 - before)).toBeGreaterThan(Math.abs(int16 - before));
  });

  it('keeps weights in a checkpoint that are whole numbers of their scales, and zeros that were pruned', async () => {
    const state = await apply(pruned, { weights: 'int4' });
    const { info, tensors } = await checkpointOf(state, 'test');
    expect(info.stage).toBe('quantise');
    const [kernel, scales] = [tensors['b1.project/kernel']!, tensors['b1.project/kernel/scale']!];
    kernel.data.forEach((weight, index) => {
      const code = weight / scales.data[index % scales.data.length]!;
      expect(code).toBeCloseTo(Math.round(code), 4);
      expect(Math.abs(Math.round(code))).toBeLessThanOrEqual(7);
    });
    for (const [layer, mask] of Object.entries(pruned.masks!)) {
      const [before, after] = [unpackMask(mask), unpackMask(state.masks![layer]!)];
      expect(
        after.every((bit, index) => bit <= before[index]!),
        layer,
      ).toBe(true);
    }
  });

  it.each(['int16', 'int8', 'int4'])('leaves each weight at most half a scale off in %s', async (weights) => {
    const before = (await checkpointOf(trained, 'test')).tensors;
    const { tensors } = await checkpointOf(await apply(trained, { weights }), 'test');
    const bits = Number(weights.slice(3));
    for (const layer of ['stem', 'b1.depthwise', 'b1.project']) {
      const [folded, rounded] = [foldedByHand(before, layer), tensors[`${layer}/kernel`]!.data];
      const scales = tensors[`${layer}/kernel/scale`]!.data;
      scales.forEach((scale, channel) => {
        const own = (values: Float32Array) => values.filter((_, index) => index % scales.length === channel);
        const largest = own(folded).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
        expect(scale * (2 ** (bits - 1) - 1)).toBeCloseTo(largest, 5);
        own(folded).forEach((weight, index) => {
          // 32-bit floats hold a weight to 2^-24 of itself, and so its product with the scale of a BatchNorm
          const most = scale / 2 + Math.abs(weight) * 2 ** -22;
          expect(Math.abs(own(rounded)[index]! - weight)).toBeLessThanOrEqual(most);
        });
      });
    }
  });

  it('says formats alone without data, of a network that need not be trained', async () => {
    const { metrics, precisions, artifacts } = await apply(untrained, { data: '', weights: 'int4' });
    expect([metrics, artifacts]).toEqual([untrained.metrics, untrained.artifacts]);
    expect(Object.values(precisions!).every(({ weights }) => weights === 'int4')).toBe(true);
    expect((await apply(trained, { data: '' })).metrics).toEqual(trained.metrics);
  });

  it('has its formats forgotten where its weights are trained on', async () => {
    const state = await train.apply(await apply(trained), SMALL, context);
    expect(state.precisions).toEqual({});
    expect(state.metrics['fullWidthAccuracy']).toBeUndefined();
  });

  it('leaves nothing when it is stopped, and ends then as if it had not been', async () => {
    const [stopped, whole] = [join(dir, 'stopped'), join(dir, 'whole')];
    await expect(apply(trained, {}, { dir: stopped, signal: { aborted: true } })).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_INTERRUPTED' }],
    });
    const files = readdirSync(stopped, { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith('.safetensors'))).toEqual([]);
    const [resumed, other] = [await apply(trained, {}, { dir: stopped }), await apply(trained, {}, { dir: whole })];
    expect(resumed.metrics).toEqual(other.metrics);
    expect((await checkpointOf(resumed, 'test')).tensors).toEqual((await checkpointOf(other, 'test')).tensors);
    expect(await apply(trained, {}, { dir: stopped })).toEqual(resumed);
  });

  it('has a folder for all that decides the result', async () => {
    const folder = async (changes: object) => (await apply(trained, changes)).artifacts['checkpoint'];
    const first = await folder({});
    expect(existsSync(String(first))).toBe(true);
    expect(await folder({})).toBe(first);
    const others = [{ weights: 'int4' }, { calibrationImages: 4 }, { range: 'percentile' }, { mixed: { b1: 'int4' } }];
    const folders = await Promise.all(others.map(folder));
    expect(new Set([first, ...folders]).size).toBe(others.length + 1);
  });

  it('refuses an untrained network, one that predicts, and layers that are not there', async () => {
    const refused = (diagnostic: object) => ({ diagnostics: [expect.objectContaining(diagnostic)] });
    await expect(apply(untrained)).rejects.toMatchObject(
      refused({
        code: 'ARCHON_CHECKPOINT_INVALID',
        expected: 'a stage "train" or "import" before the stage "quantise"',
      }),
    );
    await expect(apply(await predict.apply(pruned, SMALL, context))).rejects.toMatchObject(
      refused({ code: 'ARCHON_CHECKPOINT_INVALID', message: expect.stringContaining('predicts its ReLUs') as unknown }),
    );
    await expect(apply(trained, { mixed: { 'b1.expnad': 'int4' } })).rejects.toMatchObject(
      refused({ code: 'ARCHON_BAD_OPTION', path: 'mixed', hint: 'Did you mean "b1.expand"?' }),
    );
  });
});
