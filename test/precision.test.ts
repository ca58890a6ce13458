import {
  packMask,
  type AcceleratorContribution,
  type AcceleratorRun,
  type Options,
  type Workload,
} from '@archon-dse/core';
import archon from '@archon-dse/accel-archon';
import dense from '@archon-dse/accel-dense';
import sparse from '@archon-dse/accel-sparse';
import { priceComponents } from '@archon-dse/pricing';
import { runAccelerator } from '@archon-dse/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What formats of values do to traffic, energy and cycles of the accelerators, in figures worked out by hand. */

const DENSE = dense.accelerators![0]!;
const SPARSE = sparse.accelerators![0]!;
const ARCHON = archon.accelerators![0]!;

/** 16 x 16 outputs of 16 channels from 16: 65,536 MACs, 256 weights, 4,096 inputs and 4,096 outputs. */
const POINTWISE: Workload = {
  ...{ name: 'layer', block: 'b1', role: 'pointwise', op: 'conv', groups: 1, macs: 65_536 },
  problem: { C: 16, M: 16, R: 1, S: 1, P: 16, Q: 16, N: 1, strideP: 1, strideQ: 1 },
};

const int = (weights: number, inputs = weights, outputs = inputs): Workload['precision'] => ({
  weights: `int${weights}`,
  inputs: `int${inputs}`,
  outputs: `int${outputs}`,
});

async function layerOf(
  model: AcceleratorContribution,
  precision?: Workload['precision'],
  options: Options = {},
  more: Partial<Workload> = {},
) {
  const workload = { ...POINTWISE, ...(precision === undefined ? {} : { precision }), ...more };
  const { layers }: AcceleratorRun = await runAccelerator(model, {
    workloads: [workload],
    options,
    price: priceComponents,
  });
  const { ert } = priceComponents(model.create(options).components());
  const layer = layers[0]!;
  const energyPj = layer.actions.reduce(
    (sum, { component, action, count }) => sum + count * ert[component]![action]!.value,
    0,
  );
  const accesses = (component: string, dataSpace?: string): number =>
    layer.actions
      .filter((action) => action.component === component && action.dataSpace === dataSpace)
      .reduce((sum, { count }) => sum + count, 0);
  return { ...layer, energyPj, accesses };
}

describe('dense', () => {
  /** Each input, weight and output passes DRAM once, in rows of 64 bit: 4 words of 16 bit or 8 of 8. */
  it('halves the traffic of DRAM from int16 to int8', async () => {
    const [wide, narrow] = [await layerOf(DENSE, int(16)), await layerOf(DENSE, int(8))];
    expect(wide.accesses('DRAM', 'Inputs')).toBe(4096 / 4);
    expect(narrow.accesses('DRAM', 'Inputs')).toBe(4096 / 8);
    expect(wide.accesses('DRAM', 'Outputs')).toBe(4096 / 4);
    expect(narrow.accesses('DRAM', 'Outputs')).toBe(4096 / 8);
    expect(narrow.accesses('DRAM', 'Weights')).toBe(wide.accesses('DRAM', 'Weights') / 2);
  });

  it('does with int16 exactly what it does without a format', async () => {
    for (const precision of ['fixed', 'scaled']) {
      const [plain, wide] = [await layerOf(DENSE), await layerOf(DENSE, int(16), { precision })];
      expect({ ...wide, accesses: 0 }).toEqual({ ...plain, accesses: 0 });
    }
  });

  /** Scratchpads hold a word of 16 bit, or two values of 8, or four of 4: as many fewer accesses; with fixed PEs as many as ever. */
  it.each([
    [8, 2],
    [4, 4],
  ])('reads and fills scratchpads of operands in words of int%i where PEs are scaled', async (bits, values) => {
    for (const [component, dataSpace] of [
      ['weights_spad', 'Weights'],
      ['ifmap_spad', 'Inputs'],
    ] as const) {
      const wide = (await layerOf(DENSE)).accesses(component, dataSpace);
      expect(wide).toBeGreaterThan(0);
      expect((await layerOf(DENSE, int(bits))).accesses(component, dataSpace)).toBe(wide);
      const scaled = await layerOf(DENSE, int(bits), { precision: 'scaled' });
      expect(scaled.accesses(component, dataSpace)).toBe(wide / values);
      expect(scaled.accesses('DRAM', dataSpace)).toBe((await layerOf(DENSE)).accesses('DRAM', dataSpace) / values);
    }
  });

  /**
   * 65,536 MACs. fixed: 2.2 pJ each, 144,179.2 pJ. scaled: `bits x bits` bit products of 8.63 / 1024 pJ and an addition of 0.043 pJ each,
   * 65,536 x 0.582375 = 38,166.528 pJ with 8 bit and 65,536 x 0.17784375 = 11,655.168 pJ with 4.
   */
  it.each([
    [8, 38_166.528],
    [4, 11_655.168],
  ])('spends on the MACs of int%i what its mode says', async (bits, scaledPj) => {
    const macPj = async (precision: string) => {
      const { actions } = await layerOf(DENSE, int(bits), { precision });
      const { ert } = priceComponents(DENSE.create({ precision }).components());
      return actions.reduce(
        (sum, { component, action, count }) => sum + (component === 'mac' ? count * ert['mac']![action]!.value : 0),
        0,
      );
    };
    expect(await macPj('fixed')).toBeCloseTo(144_179.2, 6);
    expect(await macPj('scaled')).toBeCloseTo(scaledPj, 6);
  });

  it('keeps its cycles where the global buffer does not limit it, and its area', async () => {
    const cycles = async (bits: number) => (await layerOf(DENSE, int(bits), { precision: 'scaled' })).cycles;
    expect(await cycles(4)).toBe(await cycles(16));
    expect(DENSE.create({ precision: 'scaled' }).components()).toEqual(DENSE.create({}).components());
  });

  it('never spends more on fewer bits', async () => {
    const bits = fc.integer({ min: 1, max: 16 });
    await fc.assert(
      fc.asyncProperty(
        bits,
        bits,
        bits,
        fc.constantFrom('fixed', 'scaled'),
        async (weights, inputs, outputs, precision) => {
          const energyPj = async (w: number, i: number, o: number) =>
            (await layerOf(DENSE, int(w, i, o), { precision })).energyPj;
          const spent = await energyPj(weights, inputs, outputs);
          const [w, i, o] = [weights, inputs, outputs].map((each) => Math.min(16, each + 1)) as [
            number,
            number,
            number,
          ];
          expect(spent).toBeLessThanOrEqual((await energyPj(w, i, o)) * (1 + 1e-12));
        },
      ),
      { numRuns: 25, seed: 10 },
    );
  });

  it.each([
    [int(16), 8, 'weights are int16'],
    [int(8, 8, 32), 16, 'outputs are int32'],
  ])('refuses %j in words of %i bit', (precision, dataBits, reason) => {
    const answer = DENSE.create({ dataBits }).supports({
      ...POINTWISE,
      ...(precision === undefined ? {} : { precision }),
    });
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('sparse', () => {
  /** A quarter of the weights with an index of 10 bit each: 0.25 x 26 / 16 of the words of 16 bit, 0.25 x 18 / 8 of those of 8 bit. */
  it('keeps an index with each narrow weight', async () => {
    const options = { pointwiseDensity: 0.25, masks: 'expected' };
    const share = async (bits: number) => {
      const [thin, full] = [await layerOf(SPARSE, int(bits), options), await layerOf(SPARSE, int(bits))];
      return thin.accesses('DRAM', 'Weights') / full.accesses('DRAM', 'Weights');
    };
    expect(await share(16)).toBeCloseTo((0.25 * 26) / 16, 12);
    expect(await share(8)).toBeCloseTo((0.25 * 18) / 8, 12);
  });

  /**
   * Of each four weights two stay, others for each output so that all PEs have as many; each with a place of 2 bit: 0.5 x 18 / 16 of the
   * words of 16 bit, 0.5 x 10 / 8 of those of 8, 0.5 x 6 / 4 of those of 4.
   */
  it('keeps 2 bit with each weight of 2:4', async () => {
    const weightMask = packMask(
      [16, 16, 1, 1],
      Uint8Array.from({ length: 256 }, (_, at) => (at + Math.floor(at / 16)) % 2),
    );
    const options = { indexBits: 2, precision: 'scaled' };
    for (const bits of [16, 8, 4]) {
      const [pruned, full] = [
        await layerOf(SPARSE, int(bits), options, { weightMask }),
        await layerOf(SPARSE, int(bits), options),
      ];
      const share = (of: string): number => pruned.accesses(of, 'Weights') / full.accesses(of, 'Weights');
      expect(share('DRAM')).toBeCloseTo((0.5 * (bits + 2)) / bits, 12);
      expect(share('weights_spad')).toBeCloseTo((0.5 * (bits + 2)) / bits, 12);
      expect(pruned.cycles).toBeLessThan(full.cycles);
      expect(pruned.macs).toBe(POINTWISE.macs / 2);
    }
  });

  it('is the dense array where nothing is zero', async () => {
    for (const precision of ['fixed', 'scaled']) {
      const [ofSparse, ofDense] = [
        await layerOf(SPARSE, int(8), { precision }),
        await layerOf(DENSE, int(8), { precision }),
      ];
      expect(ofSparse.energyPj).toBeCloseTo(ofDense.energyPj, 6);
      expect(ofSparse.cycles).toBe(ofDense.cycles);
    }
  });
});

describe('archon', () => {
  it('refuses words other than those of its hardware, and says why', () => {
    const accelerator = ARCHON.create({});
    expect(accelerator.supports({ ...POINTWISE, precision: { weights: 'int8' } })).toEqual({
      ok: false,
      reason:
        'its weights are int8, and it works in words of 16 bit only: products of weights, which fused convolutions multiply with, are wider than the weights',
    });
    expect(accelerator.supports({ ...POINTWISE, precision: { weights: 'int16' } })).toEqual({ ok: true });
  });
});
