import type { Workload } from '@archon-dse/core';
import { priceComponents as price } from '@archon-dse/pricing';
import { describeAcceleratorContract, runAccelerator } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin, { roofline } from './index.js';

describeAcceleratorContract(plugin, { describe, it, expect }, { price, cases: [{ bufferKib: 1, dataBits: 8 }] });

/** 4x4 plane, 1x1 kernel, 32 channels to 64: 2048 weights, 512 inputs, 1024 outputs, 32 768 MACs. */
const POINTWISE: Workload = {
  ...{ name: 'expand', block: 'b1', role: 'expand', op: 'conv', groups: 1, macs: 32768 },
  problem: { C: 32, M: 64, R: 1, S: 1, P: 4, Q: 4, N: 1, strideP: 1, strideQ: 1 },
};

async function layerOf(workload: Workload, options = {}) {
  const { layers } = await runAccelerator(roofline, { workloads: [workload], options, price });
  const [{ cycles, utilization, actions, notes } = {}] = layers;
  return { cycles, utilization, dramRows: actions?.[0]?.count, notes };
}

describe('roofline', () => {
  it('is bound by the slower of multipliers and DRAM', async () => {
    // 3584 values of 2 bytes: 7168 bytes, 896 rows of 8 bytes; 448 cycles at 16 bytes a cycle
    const dram = { cycles: 448, utilization: 32768 / (448 * 256), dramRows: 896, notes: ['bound by DRAM'] };
    expect(await layerOf(POINTWISE)).toEqual(dram);
    const compute = { cycles: 2048, utilization: 1, dramRows: 896, notes: ['bound by the multipliers'] };
    expect(await layerOf(POINTWISE, { macsPerCycle: 16 })).toEqual(compute);
  });

  it('fetches the smaller operand again where neither fits the buffer', async () => {
    // of 8192 bits: 32 768 bits of weights make 4 pieces, 8192 bits of inputs one, so the inputs stay
    expect(await layerOf(POINTWISE, { bufferKib: 1 })).toMatchObject({ dramRows: 896 });
    // 16x16 plane: 131 072 bits of inputs are 16 pieces; weights stay: 4 times the inputs, 262 144 bits of outputs
    const wide = { ...POINTWISE, problem: { ...POINTWISE.problem, P: 16, Q: 16 }, macs: 16 * POINTWISE.macs };
    const bits = 32768 + 4 * 131072 + 262144;
    expect(await layerOf(wide, { bufferKib: 1 })).toMatchObject({ dramRows: bits / 64 });
  });

  it('moves values in their formats', async () => {
    const precision = { weights: 'int4', inputs: 'int8' } as const;
    const bits = 2048 * 4 + 512 * 8 + 1024 * 16;
    expect(await layerOf({ ...POINTWISE, precision })).toMatchObject({ dramRows: bits / 64 });
  });

  it('reads only the inputs that a strided kernel touches', async () => {
    // 4 outputs at stride 2: a 1x1 kernel reads 4 of 7 rows, a 3x3 kernel reads 9
    const problem = { C: 1, M: 1, R: 1, S: 3, P: 4, Q: 4, N: 1, strideP: 2, strideQ: 2 };
    const layer: Workload = { ...POINTWISE, op: 'depthwise', problem, groups: 32, macs: 32 * 3 * 16 };
    expect(await layerOf(layer)).toMatchObject({ dramRows: (32 * 16 * (3 + 4 * 9 + 16)) / 64 });
  });
});
