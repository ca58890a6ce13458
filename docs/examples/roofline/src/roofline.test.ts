import type { VectorWork, Workload } from '@archon-dse/core';
import { priceComponents as price } from '@archon-dse/pricing';
import { describeAcceleratorContract, runAccelerator } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin, { roofline } from './index.ts';

const conditions = { price, cases: [{ bufferKib: 1, dataBits: 8 }], wordBits: 'dataBits' };
describeAcceleratorContract(plugin, { describe, it, expect }, conditions);

/** 4x4 plane, 1x1 kernel, 32 channels to 64: 2048 weights, 512 inputs, 1024 outputs, 32 768 MACs. */
const POINTWISE: Workload = {
  ...{ name: 'expand', block: 'b1', role: 'expand', op: 'conv', groups: 1, macs: 32768 },
  problem: { C: 32, M: 64, R: 1, S: 1, P: 4, Q: 4, N: 1, strideP: 1, strideQ: 1 },
};

async function layerOf(workload: Workload, options = {}) {
  const { layers } = await runAccelerator(roofline, { workloads: [workload], options, price });
  const [{ cycles, utilization, actions, notes } = {}] = layers;
  return { cycles, utilization, dramRows: actions?.find(({ component }) => component === 'DRAM')?.count, notes };
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

  it('moves the operands of every group', async () => {
    const layer: Workload = { ...POINTWISE, groups: 3, macs: 3 * POINTWISE.macs };
    expect(await layerOf(layer)).toMatchObject({ cycles: 3 * 448, dramRows: 3 * 896 });
  });

  it('costs the work that is no MAC by its values, and fetches its parameters', async () => {
    const norm: VectorWork = {
      ...{ name: 'b1.ln', block: 'b1', role: 'norm', op: 'layerNorm' },
      ...{ inputs: 1000, parameters: 64, outputs: 1000 },
    };
    const { cycles, layers } = await runAccelerator(roofline, { workloads: [], vectorWork: [norm], price });
    expect(cycles).toBe(63); // 1000 values in 16 lanes; 128 bytes take 8 cycles meanwhile
    expect(layers[0]).toMatchObject({ name: 'b1.ln', macs: 0, utilization: 0 });
    expect(layers[0]?.actions.map(({ component, count }) => [component, count])).toEqual([
      ...[['lane', 1000]],
      ...[
        ['DRAM', 16],
        ['buffer', 16],
        ['buffer', 16],
      ],
    ]);
  });
});
