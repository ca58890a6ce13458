import {
  type AcceleratorRun,
  type LayerCache,
  type LayerRun,
  type Options,
  packMask,
  parseOptions,
  type Workload,
} from '@archon-dse/core';
import { arrayArchitecture, denseMapspace, groupProblem, layerRun, mapNest } from '@archon-dse/pe-array';
import { changedOptions, describeAcceleratorContract, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import { PUBLISHED_ACCESS_PJ, publishedPrices as price } from '../../../test/published-prices.js';
import plugin from './index.js';
import { SPARSE_OPTIONS } from './options.js';
import { sparse } from './sparse.js';

const noCache: LayerCache = { get: () => undefined, set: () => undefined };

function run(workloads: readonly Workload[], changes: Options = {}, seed = 1): AcceleratorRun {
  const accelerator = sparse.create(changes);
  const prices = price(accelerator.components());
  return accelerator.run({ workloads, prices, cache: noCache, seed }) as AcceleratorRun;
}

/** The same layers on the same array, zeros and all. */
function denseLayers(workloads: readonly Workload[], changes: Options = {}): readonly LayerRun[] {
  const options = parseOptions({ ...sparse.meta, options: SPARSE_OPTIONS }, changes);
  const architecture = arrayArchitecture(options, price(sparse.create(changes).components()));
  return workloads.map((workload) => {
    const { problem, repeats } = groupProblem(workload);
    return layerRun(
      workload,
      mapNest({ problem, architecture, constraints: denseMapspace(problem, options) }, noCache),
      repeats,
    );
  });
}

function energyPj({ actions }: LayerRun): number {
  const { ert } = price(sparse.create({}).components());
  return actions.reduce(
    (sum, { component, action, count }) => sum + count * (ert[component]?.[action]?.value ?? NaN),
    0,
  );
}

function countOf(layer: LayerRun | undefined, component: string, dataSpace?: string): number {
  const found = layer?.actions.filter((action) => action.component === component && action.dataSpace === dataSpace);
  return found?.reduce((sum, { count }) => sum + count, 0) ?? NaN;
}

/** Densities of the pruned networks of the publication. */
const PUBLISHED = { pointwiseDensity: 0.2, depthwiseDensity: 0.3 } as const;

/** In a block of its own, since b0 is never pruned without being asked. */
const BLOCK: readonly Workload[] = SAMPLE_WORKLOADS.map((workload) => ({ ...workload, block: 'b1' }));
const named = (name: string): Workload => BLOCK.find((workload) => workload.name === name)!;

const analytical = changedOptions(sparse.meta.options, { choices: { fidelity: ['analytical'] } });
describeAcceleratorContract(
  { ...plugin, accelerators: [{ ...sparse, meta: { ...sparse.meta, options: analytical } }] },
  { describe, it, expect },
  {
    price,
    workloads: BLOCK,
    wordBits: 'dataBits',
    exceptions: {
      everyMac: 'those of zero weights are skipped',
      names: 'a random mask is drawn by the name of its layer',
    },
    cases: [{ meshX: 4, meshY: 2, glbKib: 16 }, PUBLISHED, { pointwiseDensity: 0 }],
  },
);

describe('the plugin', () => {
  it('provides archon/sparse', () => {
    expect(plugin.meta.namespace).toBe('archon');
    expect(plugin.accelerators?.map(({ meta }) => meta.name)).toEqual(['sparse']);
  });
});

describe('layers without zeros', () => {
  const ones = BLOCK.map((workload) => {
    const { M, C, R, S } = workload.problem;
    const shape = [M * workload.groups, C, R, S] as const;
    return { ...workload, weightMask: packMask(shape, new Uint8Array(shape.reduce((a, b) => a * b, 1)).fill(1)) };
  });

  it.each([
    ['by mask', ones, {}],
    ['by declared density', BLOCK, { pointwiseDensity: 1, depthwiseDensity: 1 }],
    ['where neither a stage nor an option says otherwise', BLOCK, {}],
    ['by density of a stage', BLOCK.map((workload) => ({ ...workload, density: { weights: 1 } })), {}],
    ['where the buffers throttle', ones, { glbReadBandwidth: 0.7, spadWriteBandwidth: 0.3 }],
  ])('run as on the dense array: %s', (_, workloads, changes: Options) => {
    const throttled = { ...changes, depthwiseInputs: 'per-channel-throttled' };
    expect(run(workloads, throttled).layers).toEqual(denseLayers(BLOCK, throttled));
  });
});

describe('which layers have zeros', () => {
  const densityOf = (workloads: readonly Workload[], changes: Options = {}): object => {
    const { layers } = run(workloads, { masks: 'expected', ...changes });
    return Object.fromEntries(
      layers.map((layer, i) => [layer.name, Number((layer.macs / workloads[i]!.macs).toFixed(9))]),
    );
  };

  it.each(['conv', 'expand', 'pointwise', 'stem'] as const)(
    'the convolutions, by what they compute, role %s',
    (role) => {
      const anyRole = BLOCK.map((workload) => ({ ...workload, role }));
      expect(densityOf(anyRole, PUBLISHED)).toEqual({
        stem: 0.2,
        expand: 0.2,
        depthwise: 0.3,
        depthwise5: 0.3,
        project: 0.2,
        grouped: 0.2,
        classifier: 1,
        oblong: 0.2,
        dilated: 0.2,
        multiplied: 0.3,
        tokens: 1,
        scores: 1,
        batch: 0.2,
      });
      expect(run(anyRole).cycles).toBe(run(BLOCK).cycles);
      expect(densityOf([{ ...named('expand'), role: 'squeeze' }], PUBLISHED)).toEqual({ expand: 1 });
    },
  );

  it('none unless an option says so', () => {
    expect(Object.values(densityOf(BLOCK))).toEqual(BLOCK.map(() => 1));
    expect(densityOf([named('expand')], { pointwiseDensity: 0.5 })).toEqual({ expand: 0.5 });
  });

  it.each(['head', 'b0', 'tail'])('none in block %s', (block) => {
    expect(densityOf([{ ...named('expand'), block }], PUBLISHED)).toEqual({ expand: 1 });
  });

  it('refuses a declared density that no layer has', () => {
    const check = (workloads: readonly Workload[], changes: Options): void => sparse.create(changes).check(workloads);
    const head = BLOCK.map((workload) => ({ ...workload, block: 'head' }));
    expect(() => check(head, PUBLISHED)).toThrow('pointwiseDensity is 0.2, and the network has no layer');
    expect(() => check([named('expand')], { depthwiseDensity: 0.3 })).toThrow('depthwiseDensity is 0.3');
    expect(() => check([{ ...named('expand'), density: { weights: 0.5 } }], PUBLISHED)).not.toThrow();
    expect(() => check(BLOCK, PUBLISHED)).not.toThrow();
    expect(() => check(head, {})).not.toThrow();
  });

  it('only those a stage names, as soon as it names one', () => {
    const grouped = { ...named('grouped'), density: { weights: 0.4 } };
    expect(densityOf([named('expand'), grouped])).toEqual({ expand: 1, grouped: 0.4 });
  });

  it('never products of two activations, whatever their operands hold', () => {
    const product = { ...SAMPLE_WORKLOADS.find(({ name }) => name === 'grouped')!, op: 'matmul' } as const;
    const [plain] = run([product]).layers;
    expect(run([{ ...product, density: { weights: 0.5 } }]).layers[0]).toEqual(plain);
  });

  it('refuses densities that are no shares', () => {
    const wrong = { ...named('expand'), density: { weights: 1.5 } };
    expect(() => run([wrong])).toThrow('the density of the weights of layer "expand" is 1.5');
    expect(diagnosticsOf(() => run([wrong]))).toMatchObject([{ code: 'ARCHON_RESULT_INVALID', layer: 'expand' }]);
    expect(() => run([named('expand')], { pointwiseDensity: -1 })).toThrow('sparse cannot have pointwiseDensity: -1');
    expect(() => run([named('expand')], { masks: 'none' })).toThrow('sparse cannot have masks: "none"');
  });
});

describe('masks', () => {
  const layer = named('expand');
  const masked = (values: Uint8Array, workload = layer): Workload => {
    const { M, C, R, S } = workload.problem;
    return { ...workload, weightMask: packMask([M * workload.groups, C, R, S], values) };
  };

  it('of a pruned model decide the cycles', () => {
    // Outputs of the first half only: half the MACs; the PEs with these outputs are as busy as before.
    const [half] = run([masked(new Uint8Array(24 * 8).fill(1, 0, 12 * 8))]).layers;
    const [dense] = denseLayers([layer]);
    expect(half?.macs).toBe(layer.macs / 2);
    expect(half?.cycles).toBeLessThanOrEqual(dense!.cycles);
    expect(half?.notes?.slice(0, 2)).toEqual([
      '64 of 72 PEs work',
      '50.0 % of the weights are not zero, of the pruned model',
    ]);
    expect(half?.utilization).toBeCloseTo(half!.macs / (half!.cycles * 72), 12);
  });

  it('of groups are run one by one', () => {
    const grouped = named('grouped');
    const size = 8 * 4;
    const values = new Uint8Array(3 * size).fill(1, 0, size);
    const [some] = run([masked(values, grouped)]).layers;
    const one = (group: Uint8Array): number => {
      return run([masked(group, { ...grouped, groups: 1, macs: grouped.macs / 3 })]).cycles;
    };
    expect(some?.macs).toBe(grouped.macs / 3);
    expect(some?.cycles).toBe(one(values.subarray(0, size)) + 2 * one(values.subarray(size, 2 * size)));
    expect(some?.notes?.[0]).toBe('3 groups, one after the other');
  });

  it('at random depend on the seed and the name of the layer alone', () => {
    const [first] = run([layer], PUBLISHED, 7).layers;
    expect(run([named('stem'), layer], { ...PUBLISHED, glbKib: 64 }, 7).layers[1]?.macs).toBe(first?.macs);
    const seeds = [1, 2, 3, 4, 5, 6].map((seed) => run([layer], PUBLISHED, seed).layers[0]!.macs);
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it('expected lie in the middle of random ones', () => {
    const cycles = Array.from({ length: 200 }, (_, seed) => run([layer], PUBLISHED, seed).cycles);
    const mean = cycles.reduce((a, b) => a + b) / cycles.length;
    const expected = run([layer], { ...PUBLISHED, masks: 'expected' }).cycles;
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.05);
  });

  it('with fewer zeros never take less', () => {
    const values = fc.uint8Array({ minLength: 192, maxLength: 192, max: 1 });
    fc.assert(
      fc.property(values, fc.nat(191), (mask, place) => {
        const fuller = mask.map((value, index) => (index === place ? 1 : value));
        const [less, more] = [run([masked(mask)]), run([masked(fuller)])];
        expect(more.cycles).toBeGreaterThanOrEqual(less.cycles);
        expect(energyPj(more.layers[0]!)).toBeGreaterThanOrEqual(energyPj(less.layers[0]!));
        expect(less.cycles).toBeLessThanOrEqual(denseLayers([layer])[0]!.cycles);
      }),
      { numRuns: 20 },
    );
  });
});

describe('cycles', () => {
  it('do not fall below what the global buffer delivers', () => {
    const slow = { glbReadBandwidth: 0.5, masks: 'expected' };
    const [few] = run([named('expand')], { ...slow, pointwiseDensity: 0.01 }).layers;
    const [fewer] = run([named('expand')], { ...slow, pointwiseDensity: 0 }).layers;
    expect(few?.cycles).toBe(fewer?.cycles);
    expect(few?.notes?.at(-1)).toBe('limited by the bandwidth of shared_glb');
  });
});

describe('energy', () => {
  const layer = named('expand');
  const [dense] = denseLayers([layer]);

  it('follows the zeros', () => {
    const [thin] = run([layer], { ...PUBLISHED, masks: 'expected' }).layers;
    const spared = (1 - 0.2) * layer.macs;
    expect(countOf(thin, 'mac')).toBeCloseTo(0.2 * layer.macs, 6);
    // 16-bit weights with 10-bit indices, a fifth of them.
    for (const level of ['DRAM', 'weights_spad']) {
      expect(countOf(thin, level, 'Weights')).toBeCloseTo(countOf(dense, level, 'Weights') * 0.2 * (26 / 16), 6);
    }
    // Each MAC spared saves one read of an input, and one update and one read of a partial sum, but for the first update of a word.
    expect(countOf(dense, 'ifmap_spad', 'Inputs') - countOf(thin, 'ifmap_spad', 'Inputs')).toBeCloseTo(spared, 6);
    const psums = countOf(dense, 'psum_spad', 'Outputs') - countOf(thin, 'psum_spad', 'Outputs');
    expect(psums).toBeLessThanOrEqual(2 * spared);
    expect(psums).toBeGreaterThan(spared - 1e-6);
    for (const [level, space] of [
      ['DRAM', 'Inputs'],
      ['DRAM', 'Outputs'],
      ['shared_glb', 'Inputs'],
      ['shared_glb', 'Outputs'],
    ] as const) {
      expect(countOf(thin, level, space)).toBe(countOf(dense, level, space));
    }
  });

  it('stores weights plain where indices would make them larger', () => {
    const at = (pointwiseDensity: number, indexBits = 10): number =>
      countOf(run([layer], { masks: 'expected', pointwiseDensity, indexBits }).layers[0], 'DRAM', 'Weights');
    const plain = countOf(dense, 'DRAM', 'Weights');
    expect(at(0.7)).toBe(plain);
    expect(at(0.5)).toBeCloseTo((plain * 0.5 * 26) / 16, 6);
    expect(at(0.5, 0)).toBeCloseTo(plain / 2, 6);
  });

  it('as published: 91 % of weights as indices and of input reads gone in sparse pointwise layers', () => {
    const [published] = run([layer], { ...PUBLISHED, energy: 'ics21' }).layers;
    const pj = (component: string, dataSpace: string): number =>
      countOf(dense, component, dataSpace) * (PUBLISHED_ACCESS_PJ[component] ?? NaN);
    const saved =
      0.91 * (1 - 10 / 16) * (pj('DRAM', 'Weights') + pj('weights_spad', 'Weights')) +
      0.91 * pj('ifmap_spad', 'Inputs');
    expect(energyPj(published!)).toBeCloseTo(energyPj(dense!) - saved, 3);
  });

  it('as published: dense elsewhere', () => {
    const others = [named('depthwise'), { ...named('stem'), block: 'head' }];
    expect(run(others, { ...PUBLISHED, energy: 'ics21' }).layers.map(energyPj)).toEqual(
      denseLayers(others).map(energyPj),
    );
    const [shared] = run([named('depthwise')], { ...PUBLISHED, energy: 'ics21', depthwiseInputs: 'ics21' }).layers;
    expect(shared?.notes?.at(-1)).toBe('inputs counted as published: one mapped channel times the channels');
  });
});
