import type { AcceleratorRun, LayerRun, Workload } from '@archon-dse/core';
import { packMask } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { checkWork, type Task } from './check-work.js';
import { priceActions } from './price-actions.js';

const price = (macs?: number) => ({ value: 1, source: 'test', ...(macs === undefined ? {} : { macs }) });
const PRICES = {
  ert: { mac: { compute: price(1), idle: price() }, macro: { tile: price(4) }, adder: { add: price() } },
  art: {},
};
const component = (name: string, instances: number) => ({ name, class: 'x', attributes: {}, instances });

const problem = { C: 10, M: 100, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const workload = (name: string, change: Partial<Workload> = {}): Workload => ({
  ...{ name, block: 'b0', role: 'stem', op: 'conv', problem, groups: 1, macs: 1000 },
  ...change,
});

/** 1,000 MACs on 64 multipliers: 15 full cycles and one of 40. */
const layer = (name: string, change: Partial<LayerRun> = {}): LayerRun => ({
  ...{ name, block: 'b0', role: 'stem', macs: 1000, cycles: 16, utilization: 1000 / (16 * 64) },
  actions: [{ component: 'mac', action: 'compute', count: 1000 }],
  ...change,
});
const runOf = (layers: readonly LayerRun[], cycles = layers.reduce((sum, run) => sum + run.cycles, 0)) => ({
  cycles,
  layers,
});
const TASK: Task = {
  workloads: [workload('conv1'), workload('fc')],
  components: [component('mac', 64)],
  prices: PRICES,
};

function refusals(run: AcceleratorRun, change: Partial<Task> = {}): readonly string[] {
  const task = { ...TASK, ...change };
  const priced = run.layers.map(({ actions }) => priceActions(actions, task.prices));
  let texts: readonly string[] = [];
  const check = () => {
    checkWork(run, task, priced);
    texts = ['nothing'];
  };
  try {
    check();
  } catch {
    texts = diagnosticsOf(check).map(({ message, expected }) => `${message}; ${expected ?? ''}`);
  }
  return texts;
}

/** What is said of a run whose first layer is changed. */
const changed = (change: Partial<LayerRun>, task: Partial<Task> = {}): readonly string[] =>
  refusals(runOf([layer('conv1', change), layer('fc')]), task);

describe('checkWork', () => {
  it('lets a run pass that is as fast as its multipliers', () => {
    expect(changed({})).toEqual(['nothing']);
  });

  it('names layer, cycles and bound where a layer is too fast', () => {
    expect(changed({ cycles: 10, utilization: 1 })).toEqual([
      'layer "conv1": takes 10 cycles for 1,000 MACs on mac; at least 16 cycles: 64 MACs are possible in one',
    ]);
    expect(changed({ cycles: 0, utilization: 0 })[0]).toContain('takes 0 cycles');
  });

  it('refuses fewer multiplications than MACs', () => {
    expect(changed({ actions: [{ component: 'mac', action: 'compute', count: 100 }] })).toEqual([
      'layer "conv1": its actions stand for 100 multiplications, and it executes 1,000 MACs; at least 1,000',
    ]);
    expect(changed({ actions: [] })[0]).toContain('stand for 0 multiplications');
  });

  it('refuses an utilization of other cycles', () => {
    expect(changed({ cycles: 32 })).toEqual([
      `layer "conv1": its utilization is ${1000 / 1024}, for 1,000 MACs in 32 cycles on mac; ${1000 / 2048}: 64 MACs are possible in a cycle`,
    ]);
  });

  it('counts one instance where only one is listed', () => {
    const one = { components: [component('mac', 1)] };
    expect(changed({}, one)[0]).toContain('at least 1,000 cycles: 1 MACs');
  });

  it('lets zeros be left out of the actions, by density or mask, and no more', () => {
    const half = (count: number) => ({ actions: [{ component: 'mac', action: 'compute', count }] });
    const values = Uint8Array.from({ length: 1000 }, (_, index) => index % 2);
    const masked = { weightMask: packMask([100, 10, 1, 1], values) };
    for (const sparse of [{ density: { weights: 0.5 } }, { density: { inputs: 0.5 } }, masked]) {
      const task = { workloads: [workload('conv1', sparse), workload('fc')] };
      expect(changed(half(500), task)).toEqual(['nothing']);
      expect(changed({ ...half(500), cycles: 8, utilization: 500 / 512 }, task)).toEqual(['nothing']);
      expect(changed({ ...half(500), macs: 500, cycles: 8, utilization: 500 / 512 }, task)).toEqual(['nothing']);
      expect(changed(half(400), task)[0]).toContain('stand for 400 multiplications');
    }
  });

  it('takes the phases of a layer together where zeros are left out', () => {
    const task = { workloads: [workload('conv1', { density: { weights: 0.5 } })] };
    const phase = (count: number) =>
      layer('conv1', {
        macs: 500,
        cycles: 8,
        utilization: 500 / 512,
        actions: [{ component: 'mac', action: 'compute', count }],
      });
    expect(refusals(runOf([phase(250), phase(250)]), task)).toEqual(['nothing']);
    expect(refusals(runOf([phase(250), phase(100)]), task)).toHaveLength(1);
  });

  it('adds up all that multiplies, each in its own MACs an action', () => {
    const both = { components: [component('mac', 64), component('macro', 16)] };
    const actions = [
      { component: 'mac', action: 'compute', count: 500 },
      { component: 'macro', action: 'tile', count: 125 },
    ];
    expect(changed({ actions, cycles: 8, utilization: 1000 / 1024 }, both)).toEqual(['nothing']);
    expect(changed({ actions, cycles: 7, utilization: 1 }, both)[0]).toContain('on mac and macro; at least 8 cycles');
  });

  it('does not judge layers that say what computes instead, nor hardware that is not known to multiply', () => {
    const adds = { cycles: 1, utilization: 0.1, actions: [{ component: 'adder', action: 'add', count: 1 }] };
    expect(changed({ ...adds, notMultiplied: 'ternary weights' })).toEqual(['nothing']);
    expect(changed(adds, { components: [component('adder', 1)] })).toEqual(['nothing']);
    expect(changed(adds)).toHaveLength(2);
  });

  it('refuses layers left out and layers that are none', () => {
    expect(refusals(runOf([layer('conv1')]))).toEqual([
      'layer "fc": was not run; at least one result for every layer of the network',
    ]);
    const [unknown] = diagnosticsOf(() => {
      const run = runOf([layer('conv1'), layer('fc'), layer('conv2')]);
      checkWork(
        run,
        TASK,
        run.layers.map(({ actions }) => priceActions(actions, PRICES)),
      );
    });
    expect(unknown).toMatchObject({ message: 'layer "conv2": is no layer of the network', layer: 'conv2' });
    expect(unknown?.hint).toBe('Did you mean "conv1"?');
    const relu = {
      name: 'relu',
      block: 'b0',
      role: 'activation',
      op: 'relu',
      inputs: 9,
      parameters: 0,
      outputs: 9,
    } as const;
    const activation = layer('relu', { macs: 0, cycles: 1, utilization: 0, actions: [] });
    const withRelu = runOf([layer('conv1'), activation, layer('fc')]);
    expect(refusals(withRelu, { vectorWork: [relu] })).toEqual(['nothing']);
    expect(refusals(withRelu)[0]).toContain('"relu": is no layer');
  });

  it('bounds the network by its layers, and by the MACs of those that overlap', () => {
    const layers = [layer('conv1', { cycles: 100, utilization: 10 / 64 }), layer('fc')];
    expect(refusals(runOf(layers, 117))).toEqual([
      'the network takes 117 cycles; at most the 116 of its layers together',
    ]);
    expect(refusals(runOf(layers, 99))).toEqual(['the network takes 99 cycles; at least the 100 of layer "conv1"']);
    expect(refusals(runOf(layers, 100))).toEqual(['nothing']);
    expect(refusals(runOf([layer('conv1'), layer('fc')], 16))).toEqual([
      'the network takes 16 cycles for 2,000 MACs on mac; at least 32 cycles: 64 MACs are possible in one',
    ]);
  });
});
