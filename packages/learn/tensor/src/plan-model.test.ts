import type { Network } from '@archon-dse/core';
import { describeNetwork, NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { planModel } from './plan-model.js';
import { stateTensors } from './state.js';

function block(): Network {
  const net = new NetworkBuilder({ id: 'me/tiny', input: [5, 6, 4], classes: 3 });
  const a = net.channelShuffle(
    net.relu(net.batchNorm(net.conv('a', net.input, { filters: 8, groups: 2, role: 'expand' }))),
    2,
  );
  const b = net.relu(net.batchNorm(net.depthwise('b', a, { kernel: 3, stride: 2 })));
  const c = net.batchNorm(net.conv('c', b, { filters: 4, role: 'project' }));
  net.softmax(net.dense('fc', net.globalAveragePool('pool', c), 3));
  return net.build();
}

describe('planModel', () => {
  it('has the weights the network counts, in Keras layouts', () => {
    const network = block();
    const { weights, nodes } = planModel({ network, batch: 2 });
    const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
    const counts = describeNetwork(network);
    expect(weights.reduce((sum, { shape }) => sum + size(shape), 0)).toBe(counts.parameters);
    const trainable = weights.filter((weight) => weight.trainable);
    expect(trainable.reduce((sum, { shape }) => sum + size(shape), 0)).toBe(counts.trainableParameters);
    const shapes = Object.fromEntries(weights.map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'a/kernel': [1, 1, 2, 8],
      'b/kernel': [3, 3, 8, 1],
      'fc/kernel': [4, 3],
      'fc/bias': [3],
    });
    expect(nodes.at(-1)).toMatchObject({ name: 'fc', shape: [1, 1, 3] });
    expect(nodes.every(({ differentiable, op }) => differentiable === (op !== 'input'))).toBe(true);
  });

  it('pads rows and columns on their own', () => {
    const { nodes } = planModel({ network: block(), batch: 1 });
    expect(nodes.find(({ name }) => name === 'b')).toMatchObject({
      window: { rows: [1, 1], columns: [0, 1] },
      groups: 8,
    });
  });

  it('takes what the specification says about weights and norms', () => {
    const plan = planModel({
      network: block(),
      batch: 1,
      l2: { a: 1e-4, fc: 2e-4 },
      frozen: ['a/kernel', 'a.bn/gamma', 'a.bn/beta'],
      masked: ['b/kernel'],
      inferenceNorms: ['a.bn'],
    });
    expect(plan.weights.filter(({ l2 }) => l2 > 0).map(({ name, l2 }) => [name, l2])).toEqual([['fc/kernel', 2e-4]]);
    expect(plan.weights.filter(({ masked }) => masked).map(({ name }) => name)).toEqual(['b/kernel']);
    expect(plan.nodes.flatMap((node) => (node.op === 'batchNorm' ? [node.training] : []))).toEqual([false, true, true]);
    expect(plan.nodes.filter(({ differentiable }) => !differentiable).map(({ name }) => name)).toEqual([
      'input', 'a', 'a.bn', 'a.relu', 'a.shuffle',
    ]); // prettier-ignore
    const names = stateTensors(plan).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('b/'))).toEqual(['b/kernel', 'b/kernel/momentum', 'b/kernel/mask']);
    expect(names).not.toContain('a/kernel/momentum');
  });

  it.each([
    ['frozen', { frozen: ['a/kernal'] }, 'a/kernel'],
    ['masked', { masked: ['fc/bias'] }, 'names of kernels'],
    ['inferenceNorms', { inferenceNorms: ['a'] }, 'names of BatchNorm layers'],
    ['l2', { l2: { pool: 1 } }, 'names of layers with a kernel'],
  ])('refuses an unknown name in %s', (list, part, expected) => {
    const plan = (): unknown => planModel({ network: block(), batch: 1, ...part });
    expect(plan).toThrow(`of ${list} is not there`);
    expect(plan).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ expected: expect.stringContaining(expected) })],
      }),
    );
  });

  it('refuses a batch of none, an early softmax and an end that gives no scores', () => {
    expect(() => planModel({ network: block(), batch: 0 })).toThrow('batch is 0');
    const early = new NetworkBuilder({ id: 'me/early', input: [1, 1, 3], classes: 3 });
    early.relu(early.softmax(early.input));
    expect(() => planModel({ network: early.build(), batch: 1 })).toThrow(
      'softmax "input.softmax" is not its last layer',
    );
    const open = new NetworkBuilder({ id: 'me/open', input: [2, 2, 3], classes: 3 });
    open.relu(open.input);
    expect(() => planModel({ network: open.build(), batch: 1 })).toThrow('its last layer gives [2,2,3]');
  });
});

describe('predictors', () => {
  const plan = planModel({
    network: block(),
    batch: 2,
    predictor: { relus: ['a.relu', 'b.relu'], kernels: 'frozen' },
    l2: { c: 1e-4, a: 1e-4 },
  });

  it('runs a chain of its own beside the predicted layers', () => {
    const reads = Object.fromEntries(plan.nodes.map(({ name, inputs }) => [name, inputs]));
    expect(reads).toMatchObject({
      'a.predictor.input': ['input'],
      'a.predictor': ['a.predictor.input'],
      'a.bn.predictor': ['a.predictor'],
      'a.relu.predictor': ['a.bn.predictor'],
      'a.relu': ['a.bn', 'a.relu.predictor'],
      'a.shuffle': ['a.relu'],
      b: ['a.shuffle'],
      'a.shuffle.predictor': ['a.relu.predictor'],
      'b.predictor.input': ['a.shuffle.predictor'],
      'b.relu': ['b.bn', 'b.relu.predictor'],
    });
    const order = plan.nodes.map(({ name }) => name);
    for (const { name, inputs } of plan.nodes) {
      for (const input of inputs) expect(order.indexOf(input)).toBeLessThan(order.indexOf(name));
    }
  });

  it('trains only the norms of the predictor and what is not predicted', () => {
    expect(plan.weights.filter(({ trainable }) => trainable).map(({ name }) => name)).toEqual([
      'c/kernel', 'c.bn/gamma', 'c.bn/beta', 'fc/kernel', 'fc/bias',
      'a.bn.predictor/gamma', 'a.bn.predictor/beta', 'b.bn.predictor/gamma', 'b.bn.predictor/beta',
    ]); // prettier-ignore
    const training = plan.nodes.flatMap((node) => (node.op === 'batchNorm' && node.training ? [node.name] : []));
    expect(training).toEqual(['a.bn.predictor', 'b.bn.predictor', 'c.bn']);
    expect(plan.weights.filter(({ l2 }) => l2 > 0).map(({ name }) => name)).toEqual(['c/kernel']);
  });

  it('carries no gradient through the predicted layers', () => {
    const dead = plan.nodes.filter(({ differentiable }) => !differentiable).map(({ name }) => name);
    expect(dead).toEqual(['input', 'a', 'a.bn', 'a.predictor.input', 'a.predictor']);
  });

  it('ternarises a depthwise kernel as one, a grouped one group by group', () => {
    const kernels = Object.fromEntries(
      plan.nodes.flatMap((node) => (node.op === 'conv' || node.op === 'depthwise' ? [[node.name, node.kernel]] : [])),
    );
    expect(kernels['a.predictor']).toEqual({ weight: 'a/kernel', ternary: { groups: 2, factor: 1 } });
    expect(kernels['b.predictor']).toEqual({ weight: 'b/kernel', ternary: { groups: 1, factor: 1 } });
  });

  it('moves the ternary kernels straight through when asked', () => {
    const relus = ['a.relu'];
    const moving = planModel({
      network: block(),
      batch: 1,
      predictor: { relus, kernels: 'straightThrough', gradientFactor: 2 },
    });
    expect(moving.weights.find(({ name }) => name === 'a.predictor/kernel')?.trainable).toBe(true);
  });

  it.each([
    ['nothing', 'there is no such layer'],
    ['a.bn', 'it is a batchNorm'],
  ])('refuses to predict %s', (name, problem) => {
    const predictor = { relus: [name], kernels: 'frozen' as const };
    expect(() => planModel({ network: block(), batch: 1, predictor })).toThrow(problem);
  });
});
