import type { AcceleratorRun, LayerCache, Options, Workload } from '@archon-dse/core';
import { describeAcceleratorContract, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { lowerToWorkloads, NetworkBuilder } from '@archon-dse/workload';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import { publishedPrices as price } from '../../../test/published-prices.js';
import { dense } from './dense.js';
import plugin from './index.js';

const noCache: LayerCache = { get: () => undefined, set: () => undefined };

function run(workloads: readonly Workload[], changes: Options = {}): AcceleratorRun {
  const accelerator = dense.create(changes);
  return accelerator.run({ workloads, prices: price(accelerator.components()), cache: noCache, seed: 0 });
}

/** Small layers, so that thousands of searches stay cheap. */
const layers = fc
  .record({
    op: fc.constantFrom('conv' as const, 'depthwise' as const),
    C: fc.integer({ min: 1, max: 6 }),
    M: fc.integer({ min: 1, max: 12 }),
    kernel: fc.constantFrom(1, 3, 5),
    plane: fc.integer({ min: 1, max: 8 }),
    stride: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ op, C, M, kernel, plane, stride }): Workload => {
    const channels = op === 'depthwise' ? { C: 1, M: 1 } : { C, M };
    const groups = op === 'depthwise' ? M : 1;
    return {
      name: 'layer',
      block: 'b1',
      role: 'pointwise',
      op,
      problem: { ...channels, R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride },
      groups,
      macs: channels.C * channels.M * kernel ** 2 * plane ** 2 * groups,
    };
  });

describeAcceleratorContract(
  plugin,
  { describe, it, expect },
  { price, wordBits: 'dataBits', cases: [{ meshX: 4, meshY: 2, glbKib: 16 }] },
);

describe('the plugin', () => {
  it('provides archon/dense', () => {
    expect(plugin.meta.namespace).toBe('archon');
    expect(plugin.accelerators?.map(({ meta }) => meta.name)).toEqual(['dense']);
  });
});

describe('dense', () => {
  it('runs groups one after the other', () => {
    const grouped = SAMPLE_WORKLOADS.find(({ name }) => name === 'grouped')!;
    const one = { ...grouped, groups: 1, macs: grouped.macs / 3 };
    expect(run([grouped]).cycles).toBe(3 * run([one]).cycles);
    expect(run([grouped]).layers[0]?.notes).toEqual(['3 groups, one after the other', '64 of 72 PEs work']);
  });

  it('spreads the columns of a 5x5 kernel over 5 of the 9 PEs of a column', () => {
    const problem = { C: 1, M: 1, R: 5, S: 5, P: 16, Q: 16, N: 1, strideP: 1, strideQ: 1 };
    const macs = 72 * 25 * 256;
    const layer = { name: 'l', block: 'b', role: 'depthwise', op: 'depthwise', problem, groups: 72, macs } as const;
    const [first] = run([layer]).layers;
    expect(first).toMatchObject({ cycles: macs / (8 * 5), macs });
    expect(first?.utilization).toBeCloseTo(40 / 72, 12);
    expect(first?.mapping).toMatch(/^DRAM\[WIO\] .* - DummyBuffer\[\] Q1 S5Y - .* - psum_spad\[O\] /);
  });

  it('refuses a kernel column that does not fit a PE', () => {
    const problem = { C: 1, M: 1, R: 5, S: 5, P: 8, Q: 8, N: 1, strideP: 1, strideQ: 1 };
    const layer = {
      name: 'l',
      block: 'b',
      role: 'depthwise',
      op: 'depthwise',
      problem,
      groups: 8,
      macs: 12800,
    } as const;
    expect(dense.create({ ifmapSpadWords: 4 }).supports(layer)).toEqual({
      ok: false,
      reason: 'a kernel column of 5 needs 5 words of ifmap_spad, which has 4',
    });
  });

  it.each([
    ['meshX', 7, 'Set meshX to 6 or 8.'],
    ['meshY', 11, 'Set meshY to 10 or 12.'],
  ])('refuses %s of %i, which no layer fills', (option, size, hint) => {
    expect(diagnosticsOf(() => dense.create({ [option]: size }).check(SAMPLE_WORKLOADS))).toEqual([
      {
        code: 'ARCHON_BAD_OPTION',
        message: `option ${option} is ${size}, which divides over no layer of the network: some PEs would never work`,
        expected: expect.stringContaining('of a layer'),
        path: `options.${option}`,
        hint,
      },
    ]);
  });

  it('multiplies the inputs of DRAM and global buffer, and nothing else, under ics21', () => {
    const depthwise = SAMPLE_WORKLOADS.find(({ name }) => name === 'depthwise')!;
    const [layer] = run([depthwise], { depthwiseInputs: 'ics21' }).layers;
    const [one] = run([{ ...depthwise, op: 'conv', problem: { ...depthwise.problem, M: 24 }, groups: 1 }]).layers;
    const scaled = one?.actions.map(({ component, dataSpace, count, ...rest }) => {
      const isPatched = dataSpace === 'Inputs' && ['DRAM', 'shared_glb'].includes(component);
      return { component, ...rest, count: isPatched ? 24 * count : count, ...(dataSpace ? { dataSpace } : {}) };
    });
    expect(layer?.actions).toEqual(scaled);
    expect(layer?.cycles).toBe(one?.cycles);
  });

  it('refuses an unknown way to count depthwise inputs', () => {
    expect(() => dense.create({ depthwiseInputs: 'twice' })).toThrow('dense cannot have depthwiseInputs: "twice"');
  });

  it('runs what it supports, and only that', () => {
    const tight = fc.record({
      meshY: fc.integer({ min: 1, max: 6 }),
      ifmapSpadWords: fc.integer({ min: 1, max: 8 }),
      weightsSpadWords: fc.integer({ min: 1, max: 8 }),
      psumSpadWords: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(layers, tight, (layer, changes) => {
        const { ok } = dense.create(changes).supports(layer);
        if (ok) expect(run([layer], changes).layers[0]?.macs).toBe(layer.macs);
        else expect(() => run([layer], changes)).toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('adds up: the layers of a network run as they do alone', () => {
    fc.assert(
      fc.property(layers, layers, (a, b) => {
        expect(run([a, b]).layers).toEqual([...run([a]).layers, ...run([b]).layers]);
        expect(run([a, b]).cycles).toBe(run([a]).cycles + run([b]).cycles);
      }),
      { numRuns: 50 },
    );
  });

  const AXES = [
    ['glbKib', 1, 200],
    ['meshX', 1, 16],
    ['psumSpadWords', 1, 32],
    ['ifmapSpadWords', 5, 32],
    ['weightsSpadWords', 5, 256],
    ['glbReadBandwidth', 1, 64],
    ['glbWriteBandwidth', 1, 64],
  ] as const;
  it.each(AXES)('never takes more cycles with more %s', (axis, min, max) => {
    const value = fc.integer({ min, max });
    fc.assert(
      fc.property(layers, value, value, (layer, x, y) => {
        const cyclesAt = (size: number): number => run([layer], { [axis]: size }).cycles;
        expect(cyclesAt(Math.max(x, y))).toBeLessThanOrEqual(cyclesAt(Math.min(x, y)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('layers of every operation', () => {
  const net = () => new NetworkBuilder({ id: 'me/net', input: [8, 8, 4], classes: 2 });

  /** Where the mapping is the only one there can be, cycles follow from the MACs and the PEs at work. */
  it('run with their multiply-accumulates, whatever they are', () => {
    const layers = net();
    const dilated = layers.conv('dilated', layers.input, { filters: 8, kernel: 3, dilation: 2, role: 'conv' });
    const row = layers.conv('row', dilated, { filters: 8, kernel: [1, 7], stride: [1, 2], role: 'conv' });
    const doubled = layers.depthwise('doubled', row, { kernel: 3, multiplier: 2, padding: 'valid' });
    const up = layers.transposedConv('up', doubled, { filters: 8, kernel: 3, stride: 2, role: 'conv' });
    const tokens = layers.flatten(layers.dense('each', up, 6, { role: 'mlp' }));
    layers.dense('fc', layers.globalAveragePool('pool', layers.attention('attention', tokens, { heads: 3 })), 2);
    const workloads = lowerToWorkloads(layers.build());
    const result = run(workloads);
    expect(workloads.every((workload) => dense.create({}).supports(workload).ok)).toBe(true);
    expect(result.layers.map(({ name, macs }) => [name, macs])).toEqual(
      workloads.map(({ name, macs }) => [name, macs]),
    );
    for (const { macs, cycles, utilization } of result.layers)
      expect(utilization).toBeCloseTo(macs / (72 * cycles), 12);
  });

  it('run a batch in one go, reading weights no more often than for single images', () => {
    const network = (batch: number) => {
      const layers = new NetworkBuilder({ id: 'me/net', input: [8, 8, 4], classes: 2, batch });
      layers.conv('conv', layers.input, { filters: 8, kernel: 3, role: 'conv' });
      return lowerToWorkloads(layers.build());
    };
    const weightReads = (batch: number): number =>
      run(network(batch)).layers[0]?.actions.find(
        ({ component, dataSpace }) => component === 'DRAM' && dataSpace === 'Weights',
      )?.count ?? 0;
    expect(run(network(4)).layers[0]?.macs).toBe(4 * (run(network(1)).layers[0]?.macs ?? 0));
    expect(run(network(4)).cycles).toBe(4 * run(network(1)).cycles);
    expect(weightReads(4)).toBeLessThanOrEqual(4 * weightReads(1));
  });
});
