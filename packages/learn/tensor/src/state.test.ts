import { seededRandom } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import type { NamedTensors } from './backend.js';
import { glorotUniform, heNormal } from './initialisers.js';
import { planModel } from './plan-model.js';
import { checkBatch, checkState, checkWholeState, initialState, stateTensors } from './state.js';

const net = new NetworkBuilder({ id: 'me/tiny', input: [4, 4, 4], classes: 2 });
const hidden = net.relu(net.batchNorm(net.conv('a', net.input, { filters: 6, kernel: 3, role: 'expand' })));
net.dense('fc', net.globalAveragePool('pool', hidden), 2);
const network = net.build();
const plan = planModel({ network, batch: 2, masked: ['a/kernel'] });
const predicting = planModel({ network, batch: 2, predictor: { relus: ['a.relu'], kernels: 'straightThrough' } });

describe('initialisers', () => {
  it('heNormal: deviation sqrt(2 / fanIn), nothing beyond two sigma of the uncut distribution', () => {
    const values = heNormal(20_000, 50, seededRandom(1, 'x'));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(0, 2);
    expect(deviation / Math.sqrt(2 / 50)).toBeCloseTo(1, 1);
    expect(Math.max(...values)).toBeLessThanOrEqual((2 * Math.sqrt(2 / 50)) / 0.8796);
  });

  it('glorotUniform: limit 0.0278 for a 3x3 depthwise kernel of 864 channels', () => {
    const values = glorotUniform(20_000, 9 * 865, seededRandom(1, 'x'));
    expect(Math.max(...values)).toBeCloseTo(0.0278, 4);
    expect(Math.min(...values)).toBeCloseTo(-0.0278, 4);
  });
});

describe('initialState', () => {
  it('has every tensor of the plan and repeats itself', () => {
    const state = initialState(plan, 7);
    expect(Object.entries(state).map(([name, { shape }]) => ({ name, shape }))).toEqual(stateTensors(plan));
    expect(initialState(plan, 7)).toEqual(state);
    expect(initialState(plan, 8)['a/kernel']).not.toEqual(state['a/kernel']);
    checkState(plan, state);
  });

  it('starts BatchNorm at 1 0 0 1, biases and momenta at 0, masks at 1', () => {
    const state = initialState(plan, 7);
    const first = (name: string): number | undefined => state[name]?.data[0];
    expect(['gamma', 'beta', 'mean', 'variance'].map((part) => first(`a.bn/${part}`))).toEqual([1, 0, 0, 1]);
    expect([first('fc/bias'), first('a/kernel/momentum'), first('a/kernel/mask')]).toEqual([0, 0, 1]);
  });

  it('keeps what is given and starts the predictor from it', () => {
    const given = { 'a/kernel': { shape: [3, 3, 4, 6], data: new Float32Array(216).fill(0.5) } };
    const state = initialState(predicting, 7, given);
    expect(state['a/kernel']?.data[5]).toBe(0.5);
    expect(state['a.predictor/kernel']?.data[5]).toBe(0.5);
    expect(state['a.predictor/kernel']?.data).not.toBe(state['a/kernel']?.data);
  });

  it('refuses a tensor of another shape', () => {
    const wrong = { shape: [6, 4], data: new Float32Array(24) };
    expect(() => initialState(plan, 7, { 'a/kernel': wrong })).toThrow('"a/kernel" is [6,4] with 24 values');
    expect(() => checkState(plan, { nothing: wrong })).toThrow('no tensor "nothing"');
  });
});

describe('checkBatch', () => {
  const images = new Float32Array(2 * 64);
  it('refuses another size and labels out of range', () => {
    checkBatch(plan, { images, labels: Int32Array.of(0, 1) }, 0);
    checkBatch(plan, { images, labels: Int32Array.of(0, -1) }, -1);
    expect(() => checkBatch(plan, { images, labels: Int32Array.of(0) }, 0)).toThrow('1 labels and 128 values');
    expect(() => checkBatch(plan, { images, labels: Int32Array.of(0, -1) }, 0)).toThrow('label -1 is not within 0..1');
    expect(() => checkBatch(plan, { images, labels: Int32Array.of(2, 0) }, 0)).toThrow('label 2 is not within 0..1');
  });
});

describe('values no model can have', () => {
  const state = initialState(plan, 1);
  const withValue = (name: string, value: number): NamedTensors => {
    const { shape, data } = state[name]!;
    return { ...state, [name]: { shape, data: data.map((old, index) => (index === 1 ? value : old)) } };
  };

  it.each([
    ['a.bn/variance', -1e-3, 'has negative variances'],
    ['a.bn/variance', Number.NaN, 'has values that are infinite or no numbers'],
    ['a/kernel', Infinity, 'has values that are infinite or no numbers'],
  ])('of %s, %s, are refused where a state enters', (name, value, problem) => {
    expect(() => initialState(plan, 1, withValue(name, value))).toThrow(`tensor "${name}" ${problem}`);
    expect(() => checkWholeState(plan, withValue(name, value))).toThrow(RangeError);
    expect(() => checkWholeState(plan, withValue('a.bn/mean', -5))).not.toThrow();
  });
});
