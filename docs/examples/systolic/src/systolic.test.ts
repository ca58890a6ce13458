import { Registry, type ActionCount, type Workload } from '@archon-dse/core';
import { pricerOf } from '@archon-dse/pricing';
import { describeAcceleratorContract, describeComponentContract, runAccelerator } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin, { systolic, systolicPe } from './index.ts';

const price = pricerOf(new Registry([plugin]), { namespace: plugin.meta.namespace });

const conditions = {
  price,
  cases: [{ rows: 5, columns: 3, bufferKib: 1 }],
  wordBits: 'dataBits',
  exceptions: { growth: 'weights and sums cross all rows, also those that a small layer leaves idle' },
};
describeAcceleratorContract(plugin, { describe, it, expect }, conditions);
describeComponentContract(plugin, { describe, it, expect });

/** 3x3 kernel, 4 channels to 6, 5x5 plane: 36 x 6 weights, 7x7x4 inputs, 25 positions. */
const LAYER: Workload = {
  ...{ name: 'conv', block: 'b1', role: 'conv', op: 'conv', groups: 1, macs: 36 * 6 * 25 },
  problem: { C: 4, M: 6, R: 3, S: 3, P: 5, Q: 5, N: 1, strideP: 1, strideQ: 1 },
};
const ARRAY = { rows: 8, columns: 4, sumsPerColumn: 32 };

async function layerOf(workload: Workload, options = {}) {
  const { layers } = await runAccelerator(systolic, {
    workloads: [workload],
    options: { ...ARRAY, ...options },
    price,
  });
  return layers[0]!;
}

const countOf = (actions: readonly ActionCount[], component: string, action: string, dataSpace?: string) =>
  actions.find((each) => each.component === component && each.action === action && each.dataSpace === dataSpace)?.count;

describe('systolic', () => {
  it('takes the cycles of its folds', async () => {
    const { cycles, utilization } = await layerOf(LAYER);
    // 36 products are 5 folds of 8 rows, 6 outputs 2 folds of 4 columns
    expect(cycles).toBe(5 * 2 * (2 * 8 + 4 + 25 - 2));
    expect(utilization).toBeCloseTo(5400 / (430 * 32), 12);
  });

  it('counts what its components do', async () => {
    const { actions } = await layerOf(LAYER);
    expect(countOf(actions, 'pe', 'compute')).toBe(5400);
    // 4 full folds of 1 + 2 + ... + 8 shifts a column, and one of 4 weights that go down to rows 5 to 8
    expect(countOf(actions, 'pe', 'load', 'Weights')).toBe(6 * (4 * 36 + 5 + 6 + 7 + 8));
    expect(countOf(actions, 'buffer', 'read', 'Inputs')).toBe((2 * 36 * 25) / 8);
    expect(countOf(actions, 'sums', 'write', 'Outputs')).toBe(5 * 6 * 25);
    expect(countOf(actions, 'adder', 'add', 'Outputs')).toBe(4 * 6 * 25);
    expect(countOf(actions, 'DRAM', 'access', 'Weights')).toBe(216 / 8);
    expect(countOf(actions, 'DRAM', 'access', 'Inputs')).toBe(Math.ceil(196 / 8));
    expect(countOf(actions, 'DRAM', 'access', 'Outputs')).toBe(Math.ceil(150 / 8));
  });

  it('fetches inputs that do not fit the buffer for each fold of the columns', async () => {
    const wide = { ...LAYER, problem: { ...LAYER.problem, C: 64 }, macs: 16 * LAYER.macs };
    const inputs = async (bufferKib: number) =>
      countOf((await layerOf(wide, { bufferKib })).actions, 'DRAM', 'access', 'Inputs');
    expect(await inputs(4)).toBe((64 * 49) / 8);
    expect(await inputs(1)).toBe((2 * 64 * 49) / 8);
  });

  it('is no faster than its DRAM', async () => {
    const { cycles } = await layerOf(LAYER, { dramBytesPerCycle: 0.5 });
    expect(cycles).toBe(2 * (216 + 196 + 150));
  });

  it('runs the channels of a depthwise layer one after the other, in one column each', async () => {
    const problem = { ...LAYER.problem, C: 1, M: 1 };
    const { cycles } = await layerOf({ ...LAYER, op: 'depthwise', problem, groups: 6, macs: 9 * 6 * 25 });
    expect(cycles).toBe(6 * 2 * (2 * 8 + 4 + 25 - 2));
  });

  it('refuses operands that its PEs cannot multiply', () => {
    const supports = (weights: 'int4' | 'int16') => systolic.create({}).supports({ ...LAYER, precision: { weights } });
    expect(supports('int4')).toEqual({ ok: true });
    expect(supports('int16')).toEqual({ ok: false, reason: 'PEs multiply 8 bit, not int16' });
  });
});

describe('systolic-pe', () => {
  it('costs its multiplier, adder and registers', () => {
    const { energyPj, areaUm2 } = systolicPe.price({});
    expect(energyPj['compute']?.value).toBeCloseTo(0.2 + 0.1 + 40 * 0.009, 12);
    expect(energyPj['load']?.value).toBeCloseTo(8 * 0.009, 12);
    expect(areaUm2.value).toBeCloseTo(282 + 137 + 48 * 5.98, 9);
  });

  it('has registers that cost what the built-in ones cost', () => {
    const { ert, art } = price([{ name: 'weight', class: 'register', attributes: { dataBits: 8 }, instances: 1 }]);
    const registerUm2 = (dataBits: 8 | 32) => systolicPe.price({ dataBits }).areaUm2.value;
    expect(systolicPe.price({}).energyPj['load']?.value).toBeCloseTo(ert['weight']!['access']!.value, 12);
    // of 32 bit: 24 bits more of weight and input each, and another multiplier
    expect(registerUm2(32) - registerUm2(8) - (3495 - 282)).toBeCloseTo(6 * art['weight']!.value, 9);
  });
});
