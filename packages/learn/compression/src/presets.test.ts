import type { Layer } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { learningRateAt, scheduleEpochs, type LearningRate } from './learning-rate.js';
import { PREDICTION_PRESETS } from './prediction-presets.js';
import { findPreset, RUNS } from './preset.js';
import { PRUNING_PRESETS } from './pruning-presets.js';
import { TRAINING_PRESETS } from './training-presets.js';
import { decay, l2Of } from './weight-decay.js';

/** Rate with four digits, as the tables print them. */
const rate = (schedule: LearningRate, epoch: number): number => Number(learningRateAt(schedule, epoch).toPrecision(4));

/** The rates of some epochs, the number of epochs, and nothing beyond. */
function expectRates(schedule: LearningRate, epochs: number, rates: Readonly<Record<number, number>>): void {
  expect(scheduleEpochs(schedule)).toBe(epochs);
  const found = Object.keys(rates).map((epoch) => [epoch, rate(schedule, Number(epoch))]);
  expect(Object.fromEntries(found)).toEqual(rates);
  expect(() => learningRateAt(schedule, epochs)).toThrow(RangeError);
}

type Run = keyof typeof RUNS;
const preset = <T extends (typeof TRAINING_PRESETS)[number]>(presets: readonly T[], run: Run): T =>
  findPreset(presets, RUNS[run])!;

/** @source tables of the published scripts: epochs, batch, learning rates of the first epoch, of some between, of the last */
describe('training', () => {
  it.each([
    ['mobileNet', [126, 192], { 0: 1e-3, 4: 0.1, 6: 0.1007, 125: 8.171e-4 }],
    ['mobileNetModified', [126, 192], { 0: 1e-3, 6: 0.1007, 125: 8.171e-4 }],
    ['mnasNet', [150, 192], { 0: 1e-3, 6: 0.1007, 149: 8e-4 }],
    ['mnasNetModified', [150, 192], { 0: 1e-3, 6: 0.1007, 126: 8e-4, 149: 8e-4 }],
    ['shuffleNet', [126, 192], { 0: 1e-3, 6: 0.1007, 125: 8.171e-4 }],
    ['shuffleNetModified', [146, 48], { 0: 1e-3, 6: 0.1004, 126: 4e-4, 145: 4e-4 }],
    ['fusioNet', [146, 48], { 0: 1e-3, 6: 0.1009, 105: 8.361e-3, 106: 8.361e-3, 136: 4e-4, 145: 4e-4 }],
    ['mobileNet100', [140, 64], { 0: 0.5002, 139: 4.629e-4 }],
    ['mnasNet100', [140, 64], { 0: 0.5002, 139: 4.629e-4 }],
    ['fusioNet100', [140, 64], { 0: 0.5002, 139: 4.629e-4 }],
  ] as const)('%s: epochs and batch %j, rates %j', (run, [epochs, batch], rates) => {
    const { learningRate, ...rest } = preset(TRAINING_PRESETS, run);
    expect(rest).toMatchObject({ batch, momentum: 0.9, keep: 'best' });
    expectRates(learningRate, epochs, rates);
  });

  it('goes from cosine to cubic without a step in FusioNet', () => {
    const { learningRate } = preset(TRAINING_PRESETS, 'fusioNet');
    const step = learningRateAt(learningRate, 106) - learningRateAt(learningRate, 105);
    expect(Math.abs(step)).toBeLessThan(1e-7);
  });
});

describe('pruning', () => {
  it.each([
    ['mobileNet', [260, 90, 128], { 0: 2e-2, 239: 8e-5, 240: 8e-5, 259: 8e-5 }],
    ['mobileNetModified', [260, 90, 128], { 0: 2e-2, 259: 8e-5 }],
    ['mnasNet', [80, 30, 128], { 0: 1e-1, 40: 0.01259, 79: 1.002e-4 }],
    ['mnasNetModified', [86, 36, 128], { 0: 1e-3, 4: 8e-2, 5: 1e-1, 85: 1.339e-4 }],
    ['shuffleNet', [80, 30, 64], { 0: 1e-2, 79: 1e-4 }],
    ['shuffleNetModified', [80, 30, 64], { 0: 1e-2, 79: 1e-4 }],
    ['fusioNet', [80, 30, 48], { 0: 1e-1, 79: 1.002e-4 }],
    ['mobileNet100', [88, 38, 64], { 0: 1e-4, 7: 8e-2, 8: 1e-1, 87: 2.069e-4 }],
    ['mnasNet100', [88, 38, 64], { 0: 1e-4, 8: 1e-1, 87: 2.069e-4 }],
    ['fusioNet100', [88, 38, 64], { 0: 1e-4, 8: 1e-1, 87: 2.069e-4 }],
  ] as const)('%s: epochs, ramp and batch %j, rates %j', (run, [epochs, rampEpochs, batch], rates) => {
    const { learningRate, ...rest } = preset(PRUNING_PRESETS, run);
    expect(rest).toMatchObject({ batch, rampEpochs, momentum: 0.9, sparsities: { pointwise: 0.8, depthwise: 0.7 } });
    expectRates(learningRate, epochs, rates);
  });

  it('leaves the tail alone but in FusioNet', () => {
    expect(PRUNING_PRESETS.filter(({ tail }) => tail).map(({ network }) => network)).toEqual([
      'archon/fusionet',
      'archon/fusionet',
    ]);
  });
});

describe('prediction', () => {
  it.each([
    ['mobileNetModified', [50, 64, 0.65], { 0: 1e-3, 21: 1.95e-4, 42: 8e-5, 49: 8e-5 }],
    ['mnasNetModified', [50, 128, 0.9], { 0: 1e-3, 42: 8e-5, 49: 8e-5 }],
    ['shuffleNetModified', [30, 24, 0.9], { 0: 1e-3, 7: 1e-3, 8: 8e-4, 17: 8e-4, 18: 4e-4, 29: 4e-4 }],
    ['fusioNet', [50, 32, 0.9], { 0: 1e-3, 42: 8e-5, 49: 8e-5 }],
    ['fusioNet100', [50, 64, 0.9], { 0: 1e-2, 42: 1e-4, 49: 1e-4 }],
  ] as const)('%s: epochs, batch and momentum %j, rates %j', (run, [epochs, batch, momentum], rates) => {
    const { learningRate, ...rest } = preset(PREDICTION_PRESETS, run);
    expect(rest).toMatchObject({ batch, momentum });
    expectRates(learningRate, epochs, rates);
  });
});

describe('weight decay', () => {
  const conv = (block: string, role: 'stem' | 'expand' | 'pointwise' | 'squeeze'): Layer => {
    return { name: 'x', op: 'conv', inputs: [], block, role, kernel: 1, stride: 1, groups: 1, filters: 1, bias: false };
  };
  const dense: Layer = { name: 'fc', op: 'dense', inputs: [], block: 'tail', role: 'classifier', units: 1, bias: true };

  it.each([
    ['mobileNet', TRAINING_PRESETS, [1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4]],
    ['mobileNetModified', TRAINING_PRESETS, [4e-5, 4e-5, 2e-4, 1e-4, 4e-5, 4e-5]],
    ['mobileNetModified', PRUNING_PRESETS, [1e-4, 1e-4, 2e-4, 1e-4, 1e-4, 1e-4]],
    ['mobileNetModified', PREDICTION_PRESETS, [1e-4, 1e-4, 0, 0, 1e-4, 1e-4]],
    ['shuffleNet', PRUNING_PRESETS, [1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4]],
    ['shuffleNetModified', PRUNING_PRESETS, [4e-5, 1e-4, 2e-4, 1e-4, 1e-4, 4e-5]],
    ['fusioNet', PRUNING_PRESETS, [4e-5, 1e-4, 1e-4, 1e-4, 1e-4, 4e-5]],
    ['fusioNet100', TRAINING_PRESETS, [4e-5, 4e-5, 4e-5, 4e-5, 4e-5, 4e-5]],
  ] as const)('%s: stem, b0, b1, b8, tail, dense', (run, presets, expected) => {
    const { decay: groups } = preset(presets, run);
    const layers = [
      conv('head', 'stem'),
      conv('b0', 'expand'),
      conv('b1', 'expand'),
      conv('b8', 'expand'),
      conv('tail', 'pointwise'),
      dense,
    ];
    expect(layers.map((layer) => l2Of(layer, groups))).toEqual(expected);
  });

  it('of the modified MnasNet falls with depth, and is small in squeeze-and-excite', () => {
    const { decay: groups } = preset(TRAINING_PRESETS, 'mnasNetModified');
    const blocks = ['b3', 'b4', 'b9', 'b10', 'b15'].map((block) => l2Of(conv(block, 'expand'), groups));
    expect(blocks).toEqual([8e-4, 4e-4, 4e-4, 1e-4, 1e-4]);
    expect(l2Of(conv('b3', 'squeeze'), groups)).toBe(4e-5);
  });

  it('never acts on depthwise kernels and BatchNorm', () => {
    const depthwise: Layer = {
      name: 'd',
      op: 'depthwise',
      inputs: [],
      block: 'b1',
      role: 'depthwise',
      kernel: 3,
      stride: 1,
      bias: false,
    };
    const norm: Layer = { name: 'n', op: 'batchNorm', inputs: [], block: 'b1', role: 'norm' };
    expect([depthwise, norm].map((layer) => l2Of(layer, decay(1)))).toEqual([0, 0]);
  });
});
