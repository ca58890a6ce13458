import { splitTensors } from '@archon-dse/compression';
import { seededRandom } from '@archon-dse/core';
import { NO_AUGMENTATION } from '@archon-dse/data';
import {
  initialState,
  maskName,
  planModel,
  predictorName,
  ternarize,
  type NamedTensors,
  type TensorValue,
} from '@archon-dse/tensor';
import { describe, expect, it } from 'vitest';
import { toOutputsFirst } from '../checkpoints/outputs-first.js';
import { addCounts, scorePredictor } from './predictor-scores.js';
import type { PredictionRecipe } from './recipe.js';
import { TINY_PRUNING, TINY_RECIPE, tinyNetwork, tinyTraining } from '../test-fixtures.js';
import { trainModel } from './train-model.js';

const network = tinyNetwork();
const pruned = await trainModel(tinyTraining({ recipe: TINY_PRUNING }));
const RELUS = ['b1.expand.relu', 'b1.depthwise.relu'];

function predicting(prediction: Partial<PredictionRecipe> = {}, changes: object = {}) {
  const trains = { lastKernels: false, endKernels: true };
  const recipe = { ...TINY_RECIPE, prediction: { kernels: 'frozen', trains, ...prediction } } as const;
  return trainModel(tinyTraining({ stage: 'predict', recipe, epochs: 2, initial: pruned.kept.tensors, ...changes }));
}

const zeros = (tensors: NamedTensors, name: string): number[] =>
  [...(tensors[name]?.data ?? [])].flatMap((value, index) => (value === 0 ? [index] : []));

describe('prediction', () => {
  it('with frozen kernels adapts normalisation and the ends, and leaves the convolutions of the block alone', async () => {
    const before = pruned.kept.tensors;
    const { kept } = await predicting();
    const still = [
      'b1.expand/kernel',
      'b1.depthwise/kernel',
      'b1.project/kernel',
      'b1.expand.bn/gamma',
      'b1.expand.bn/mean',
    ];
    for (const name of still) expect(kept.tensors[name], name).toEqual(before[name]);
    const moved = ['stem/kernel', 'stem.bn/mean', 'b1.project.bn/gamma', 'b1.project.bn/mean', 'fc/kernel'];
    for (const name of moved) expect(kept.tensors[name], name).not.toEqual(before[name]);
    const copy = (part: string) => kept.tensors[`${predictorName('b1.depthwise.bn')}/${part}`];
    for (const part of ['gamma', 'mean']) expect(copy(part), part).not.toEqual(before[`b1.depthwise.bn/${part}`]);
    expect(kept.tensors).not.toHaveProperty([`${predictorName('b1.expand')}/kernel`]);
  });

  it('keeps pruned weights pruned, also where they train, and their masks', async () => {
    const { kept } = await predicting({ trains: { lastKernels: true, endKernels: true } });
    const kernel = 'b1.project/kernel';
    expect(kept.tensors[kernel]).not.toEqual(pruned.kept.tensors[kernel]);
    for (const name of ['b1.expand/kernel', 'b1.depthwise/kernel', kernel]) {
      expect(zeros(kept.tensors, name), name).toEqual(zeros(pruned.kept.tensors, name));
      expect(kept.tensors[maskName(name)], name).toEqual(pruned.kept.tensors[maskName(name)]);
    }
  });

  it('moves kernels of its own straight through, and leaves the actual ones', async () => {
    const { kept } = await predicting({ kernels: 'straightThrough', gradientFactor: 2 });
    for (const layer of ['b1.expand', 'b1.depthwise']) {
      expect(kept.tensors[`${layer}/kernel`]).toEqual(pruned.kept.tensors[`${layer}/kernel`]);
      expect(kept.tensors[`${predictorName(layer)}/kernel`]).not.toEqual(pruned.kept.tensors[`${layer}/kernel`]);
    }
  });

  it('keeps constrained kernels ternary, each group with a scale of its own', async () => {
    const { kept } = await predicting({ kernels: 'constrained' });
    const levels = (values: Float32Array) => new Set([...values].map(Math.abs).filter((value) => value > 0));
    const kernelOf = (layer: string) => kept.tensors[`${predictorName(layer)}/kernel`] as TensorValue;
    const groups = splitTensors(toOutputsFirst(kernelOf('b1.expand'), false), 2);
    expect(groups.map((group) => levels(group).size)).toEqual([1, 1]);
    expect(levels(kernelOf('b1.depthwise').data).size).toBe(1);
    expect(kept.tensors['b1.expand/kernel']).toEqual(pruned.kept.tensors['b1.expand/kernel']);
  });

  it('counts what its predictors did on the test images', async () => {
    const { kept, history } = await predicting();
    expect(Object.keys(kept.info.prediction?.gates ?? {})).toEqual(RELUS);
    const [expand, depthwise] = RELUS.map((relu) => kept.info.prediction?.gates[relu]);
    expect([expand?.values, depthwise?.values]).toEqual([21 * 4 * 4 * 8, 21 * 4 * 4 * 8]);
    expect(history).toHaveLength(2);
  });

  it('refuses a network without blocks', async () => {
    const plain = { ...network, layers: network.layers.map((layer) => ({ ...layer, block: 'head' })) };
    await expect(predicting({}, { network: plain })).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_NETWORK_INVALID' }],
    });
  });
});

describe('a predictor computed layer by layer', () => {
  const random = seededRandom(1, 'images');
  const images = Float32Array.from({ length: 8 * 8 * 3 }, () => 4 * random() - 2);
  const plan = planModel({ network, batch: 1, predictor: { relus: RELUS, kernels: 'frozen' } });
  const state = initialState(plan, 0, pruned.kept.tensors);
  const channels = 8;

  /** BatchNorm with moving statistics. */
  const norm = (values: readonly number[], owner: string, channels = 8): number[] => {
    const at = (part: string, c: number) => state[`${owner}/${part}`]?.data[c] ?? Number.NaN;
    return values.map((value, index) => {
      const c = index % channels;
      return (at('gamma', c) * (value - at('mean', c))) / Math.sqrt(at('variance', c) + 1e-3) + at('beta', c);
    });
  };
  const ternaryOf = (values: Float32Array): Float32Array => {
    const signs = new Int8Array(values.length);
    const { alpha } = ternarize(values, signs);
    return Float32Array.from(signs, (sign) => alpha * sign);
  };
  const quantised = (values: readonly number[]): Float32Array => {
    const [low, high, step] = [-6.4, 5.6, 0.8].map(Math.fround) as [number, number, number];
    return Float32Array.from(values, (value) => {
      const above = Math.fround(Math.min(high, Math.max(low, Math.fround(value))) - low);
      return Math.fround(step * Math.floor(Math.fround(Math.fround(above / step) + 0.5))) + low;
    });
  };

  /** 3x3 with stride 2 on 8 x 8 x 3, padded at the end only. */
  const stem = (x: Float32Array): number[] =>
    Array.from({ length: 16 * 4 }, (_, index) => {
      const [row, column, out] = [Math.floor(index / 16), Math.floor(index / 4) % 4, index % 4];
      let sum = 0;
      for (let tap = 0; tap < 27; tap += 1) {
        const [y, z, c] = [2 * row + Math.floor(tap / 9), 2 * column + (Math.floor(tap / 3) % 3), tap % 3];
        if (y > 7 || z > 7) continue;
        sum += (x[(y * 8 + z) * 3 + c] ?? 0) * (state['stem/kernel']?.data[tap * 4 + out] ?? 0);
      }
      return sum;
    });
  /** Two groups of 2 inputs and 4 outputs at each of 16 cells. */
  const expand = (x: ArrayLike<number>, kernel: Float32Array): number[] =>
    Array.from({ length: 16 * channels }, (_, index) => {
      const [cell, out] = [Math.floor(index / channels), index % channels];
      const group = Math.floor(out / 4);
      return [0, 1].reduce((sum, i) => sum + (x[cell * 4 + group * 2 + i] ?? 0) * (kernel[i * channels + out] ?? 0), 0);
    });
  const depthwise = (x: ArrayLike<number>, kernel: Float32Array): number[] =>
    Array.from({ length: 16 * channels }, (_, index) => {
      const [row, column, c] = [Math.floor(index / channels / 4), Math.floor(index / channels) % 4, index % channels];
      let sum = 0;
      for (let tap = 0; tap < 9; tap += 1) {
        const [y, z] = [row + Math.floor(tap / 3) - 1, column + (tap % 3) - 1];
        if (y < 0 || y > 3 || z < 0 || z > 3) continue;
        sum += (x[(y * 4 + z) * channels + c] ?? 0) * (kernel[tap * channels + c] ?? 0);
      }
      return sum;
    });
  const groupwiseTernary = (kernel: Float32Array): Float32Array => {
    const made = new Float32Array(kernel.length);
    for (const group of [0, 1]) {
      const isIn = (index: number) => Math.floor((index % channels) / 4) === group;
      const ternary = [...ternaryOf(kernel.filter((_, index) => isIn(index)))];
      made.forEach((_, index) => {
        if (isIn(index)) made[index] = ternary.shift() ?? 0;
      });
    }
    return made;
  };

  it('gives the counts of the model', async () => {
    const { backend } = tinyTraining();
    const model = await backend.compile(plan, state);
    const { gates } = await model.evaluate({ images, labels: Int32Array.of(0) });
    await model.dispose();
    const x = norm(stem(images), 'stem.bn', 4).map((value) => Math.max(value, 0));
    const [w1, w2] = ['b1.expand', 'b1.depthwise'].map((layer) => state[`${layer}/kernel`]?.data ?? new Float32Array());
    const relu = (value: number) => Math.max(value, 0);
    const r1 = norm(expand(quantised(x), groupwiseTernary(w1!)), predictorName('b1.expand.bn')).map(relu);
    const a1 = norm(expand(x, w1!), 'b1.expand.bn');
    const r2 = norm(depthwise(quantised(r1), ternaryOf(w2!)), predictorName('b1.depthwise.bn')).map(relu);
    const y1 = a1.map((value, index) => ((r1[index] ?? 0) > 0 ? value : 0));
    const a2 = norm(depthwise(y1, w2!), 'b1.depthwise.bn');
    const count = (a: number[], r: number[]) => ({
      values: a.length,
      positive: a.filter((value) => value > 0).length,
      predicted: r.filter((value) => value > 0).length,
      both: a.filter((value, index) => value > 0 && (r[index] ?? 0) > 0).length,
    });
    expect(gates).toEqual({ 'b1.expand.relu': count(a1, r1), 'b1.depthwise.relu': count(a2, r2) });
  });
});

describe('scores', () => {
  it('are shares of the activations above 0, of the others, and of all', () => {
    const counts = { values: 100, positive: 40, predicted: 50, both: 30 };
    const scores = scorePredictor(network, { 'b1.expand.relu': counts, 'b1.depthwise.relu': counts });
    const shares = { falseNegative: 0.25, falsePositive: 20 / 60, maskDensity: 0.5 };
    expect(scores).toEqual({
      ...shares,
      layers: [
        { layer: 'b1.expand', ...shares },
        { layer: 'b1.depthwise', ...shares },
      ],
    });
    expect(addCounts([counts, counts]).both).toBe(60);
    expect(scorePredictor(network, {})).toEqual({ falseNegative: 0, falsePositive: 0, maskDensity: 0, layers: [] });
  });
});

describe('parts of a batch', () => {
  it('train like batches whose BatchNorm sees one part at a time', async () => {
    const options = { epochs: 1, batch: 8, augmentation: NO_AUGMENTATION } as const;
    const whole = await trainModel(tinyTraining(options));
    const same = await trainModel(tinyTraining({ ...options, microBatch: 8 }));
    const parts = await trainModel(tinyTraining({ ...options, microBatch: 4 }));
    expect(same).toEqual(whole);
    expect(parts.history).not.toEqual(whole.history);
    expect(parts.history[0]?.trainLoss).toBeCloseTo(whole.history[0]?.trainLoss ?? 0, 0);
  });
});
