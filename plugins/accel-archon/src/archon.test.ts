import { MAC } from '@archon-dse/pe-array';
import {
  type AcceleratorRun,
  type LayerCache,
  type LayerRun,
  type Options,
  type PriceComponents,
  type Workload,
} from '@archon-dse/core';
import { changedOptions, describeAcceleratorContract, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import { archon } from './archon.js';
import plugin from './index.js';

/** One price for every action of every component, so that only counts and cycles vary. */
const ACTIONS = ['access', 'compute', 'add', 'op', 'read', 'write', 'readOneBank', 'writeOneBank'];
const ONE = { value: 1, source: 'test' };
const price: PriceComponents = (components) => ({
  ert: Object.fromEntries(
    components.map(({ name }) => [name, Object.fromEntries(ACTIONS.map((action) => [action, ONE]))]),
  ),
  art: Object.fromEntries(components.map(({ name }) => [name, ONE])),
});

const noCache: LayerCache = { get: () => undefined, set: () => undefined };

function run(workloads: readonly Workload[], changes: Options = {}): AcceleratorRun {
  const accelerator = archon.create(changes);
  return accelerator.run({
    workloads,
    prices: price(accelerator.components()),
    cache: noCache,
    seed: 0,
  }) as AcceleratorRun;
}

interface Shape {
  readonly inChannels: number;
  readonly mid: number;
  readonly out: number;
  readonly kernel: number;
  /** Of the output. */
  readonly plane: number;
  readonly stride: number;
  readonly groups: number;
  readonly mixes: boolean;
  readonly depthwiseLast: boolean;
}

const SMALL: Shape = {
  inChannels: 8,
  mid: 16,
  out: 8,
  kernel: 3,
  plane: 8,
  stride: 1,
  groups: 1,
  mixes: false,
  depthwiseLast: false,
};

/** The three layers of a bottleneck; channels are multiplied by the groups. */
function bottleneck(changes: Partial<Shape> = {}, block = 'b1'): readonly [Workload, Workload, Workload] {
  const { inChannels, mid, out, kernel, plane, stride, groups, mixes, depthwiseLast } = { ...SMALL, ...changes };
  const fusedGroups = mixes ? 1 : groups;
  const layer = (role: 'expand' | 'depthwise' | 'project', C: number, M: number, P: number): Workload => {
    const isDepthwise = role === 'depthwise';
    const [R, step] = isDepthwise ? [kernel, stride] : [1, 1];
    const repeats = isDepthwise ? M * groups : groups;
    const channels = isDepthwise ? { C: 1, M: 1 } : { C, M };
    const problem = { ...channels, R, S: R, P, Q: P, N: 1, strideP: step, strideQ: step };
    const macs = channels.C * channels.M * R * R * P * P * repeats;
    const op = isDepthwise ? 'depthwise' : 'conv';
    return {
      name: `${block}.${role}`,
      block,
      role,
      op,
      problem,
      groups: repeats,
      macs,
      facts: { 'archon/fusedGroups': fusedGroups },
    };
  };
  const expand = layer('expand', inChannels, mid, plane * stride);
  return depthwiseLast
    ? [expand, layer('project', mid, out, plane * stride), layer('depthwise', 1, out, plane)]
    : [expand, layer('depthwise', 1, mid, plane), layer('project', mid, out, plane)];
}

function withoutFacts(layer: Workload): Workload {
  const copy: { -readonly [K in keyof Workload]: Workload[K] } = { ...layer };
  delete copy.facts;
  return copy;
}

const phaseOf = ({ layers }: AcceleratorRun, phase: string): LayerRun => layers.find((layer) => layer.phase === phase)!;
const countOf = ({ actions }: LayerRun, component: string, dataSpace?: string): number =>
  actions
    .filter((action) => action.component === component && (dataSpace === undefined || action.dataSpace === dataSpace))
    .reduce((sum, { count }) => sum + count, 0);

const diagnosticOf = (action: () => unknown) => diagnosticsOf(action)[0]!;

const analytical = changedOptions(archon.meta.options, { choices: { fidelity: ['analytical'] } });
describeAcceleratorContract(
  { ...plugin, accelerators: [{ ...archon, meta: { ...archon.meta, options: analytical } }] },
  { describe, it, expect },
  {
    price,
    exceptions: {
      everyMac: 'predictions and the fused convolution replace those of three layers',
      inTurn: 'with overlapped phases a block takes the cycles of the longer ones',
      traffic: 'no layer runs alone: a network without a fused block is refused',
    },
    workloads: [
      ...SAMPLE_WORKLOADS,
      ...bottleneck(),
      ...bottleneck({ groups: 2, mixes: true, depthwiseLast: true }, 'b2'),
    ],
    cases: [
      { meshX: 4, meshY: 2, glbKib: 16 },
      { method: 'ics21', rules: ['lastCycle=corrected', 'areaAdders=corrected'] },
    ],
  },
);

describe('a block of 8 -> 16 -> 8 channels on 8 x 8 pixels', () => {
  const small = run(bottleneck());

  it('has four phases under the names of the layers whose outputs they make', () => {
    expect(small.layers.map(({ name, role, phase }) => [name, role, phase])).toEqual([
      ['b1.expand', 'expand', 'predict-expand'],
      ['b1.depthwise', 'depthwise', 'predict-second'],
      ['b1.project', 'project', 'main'],
      ['b1.project', 'project', 'overhead'],
    ]);
  });

  it('takes its additions over 64 PEs x 6 adders x 4 lanes, then its fused MACs over 64 PEs', () => {
    const [expand, depthwise, main] = [8 * 16 * 64, 16 * 9 * 64, 8 * 8 * 9 * 64];
    expect(small.layers.map(({ macs }) => macs)).toEqual([expand, depthwise, main, 0]);
    const cycles = [Math.ceil(expand / 64 / 24), Math.ceil(depthwise / 64 / 24), main / 64, 0];
    expect(small.layers.map((layer) => layer.cycles)).toEqual(cycles);
    expect(small.cycles).toBe(6 + 6 + 576);
    expect(phaseOf(small, 'predict-expand').utilization).toBeCloseTo(expand / (6 * 64 * 24), 12);
    expect(phaseOf(small, 'main').utilization).toBe(1);
  });

  it('takes the longer of predictions and main phase when they overlap', () => {
    expect(run(bottleneck(), { phases: 'overlapped' }).cycles).toBe(576);
    const oneAdder = { phases: 'overlapped', addersPerPe: 1, adderLanes: 1 };
    expect(run(bottleneck({ out: 1 }), oneAdder).cycles).toBe(8 * 16 + 16 * 9);
  });

  it('reads its kept weights with their indices from DRAM, by the densities of layers, stages or options', () => {
    const overhead = phaseOf(small, 'overhead');
    // triples x taps x kept x words of a weight with its index, 4 words an access, one tile of 64 pixels
    const accesses = (kept: number): number => (8 * 16 * 8 * 9 * kept * (26 / 16)) / 4;
    expect(countOf(overhead, 'DRAM', 'Weights')).toBeCloseTo(accesses(1), 9);
    const asPublished = phaseOf(run(bottleneck(), { pointwiseDensity: 0.2, depthwiseDensity: 0.3 }), 'overhead');
    expect(countOf(asPublished, 'DRAM', 'Weights')).toBeCloseTo(accesses(0.2 * 0.3 * 0.2), 9);
    const declared = phaseOf(run(bottleneck(), { pointwiseDensity: 0.5, depthwiseDensity: 1 }), 'overhead');
    expect(countOf(declared, 'DRAM', 'Weights')).toBeCloseTo(accesses(0.25), 9);
    const [expand, depthwise, project] = bottleneck();
    const pruned = [expand, { ...depthwise, density: { weights: 0.5 } }, { ...project, density: { weights: 0.1 } }];
    expect(countOf(phaseOf(run(pruned), 'overhead'), 'DRAM', 'Weights')).toBeCloseTo(accesses(0.05), 9);
    const masked = { ...project, weightMask: { shape: [8, 16, 1, 1] as const, bits: 'f000'.repeat(8) } };
    const withMask = phaseOf(run([expand, depthwise, masked]), 'overhead');
    expect(countOf(withMask, 'DRAM', 'Weights')).toBeCloseTo(accesses(0.25), 9);
    const published = phaseOf(run(pruned, { rules: ['keptFraction=published'] }), 'overhead');
    expect(countOf(published, 'DRAM', 'Weights')).toBeCloseTo(accesses(0.013), 9);
  });

  it('multiplies once a predicted output, and adds in every adder in every cycle of the main phase', () => {
    expect(countOf(phaseOf(small, 'predict-expand'), MAC)).toBe(16 * 64);
    expect(countOf(phaseOf(small, 'overhead'), 'adder')).toBe(6 * 576 * 64);
  });
});

describe('blocks that are too large', () => {
  it('split their channels where not all of them fit the global buffer', () => {
    const wide = phaseOf(run(bottleneck({ inChannels: 16, mid: 8, out: 16 }), { glbKib: 2 }), 'main');
    expect(wide.cycles).toBe(16 * 16 * 9);
    expect(wide.mapping).toMatch(/^DRAM\[WIO\] .*[CM]\d+ - shared_glb/);
  });

  it('are refused with the reason where not even a part of them fits', () => {
    const small = { glbKib: 1, dataBits: 32, adderBits: 40, ifmapSpadWords: 121, psumSpadWords: 121 };
    const tooSmall = diagnosticOf(() => run(bottleneck({ kernel: 11 }), small));
    expect(tooSmall).toMatchObject({ code: 'ARCHON_NO_MAPPING', layer: 'b1' });
    expect(tooSmall.message).toContain('shared_glb holds 256 words');
  });
});

describe('groups', () => {
  const grouped = { groups: 2, inChannels: 4, mid: 8, out: 4 };

  it('divide the fused convolution, and run one after the other', () => {
    const main = phaseOf(run(bottleneck(grouped)), 'main');
    expect(main).toMatchObject({ macs: (8 * 8 * 9 * 64) / 2, cycles: 288 });
    expect(main.notes).toEqual(['2 groups, one after the other']);
  });

  it('do not divide it where a shuffle mixes them', () => {
    expect(phaseOf(run(bottleneck({ ...grouped, mixes: true })), 'main')).toMatchObject({
      macs: 8 * 8 * 9 * 64,
      cycles: 576,
    });
    const published = run(bottleneck({ ...grouped, mixes: true }), { method: 'ics21' });
    expect(phaseOf(published, 'main').cycles).toBe(288);
  });
});

describe('what is not fused', () => {
  it('runs layer by layer, and says why', () => {
    const [expand, depthwise, project] = bottleneck({}, 'b2').map((layer) => withoutFacts(layer));
    const stem = SAMPLE_WORKLOADS[0]!;
    const { layers } = run([stem, ...bottleneck({}, 'b0'), ...bottleneck(), expand!, depthwise!, project!]);
    const outside = layers.filter(({ phase }) => phase === 'layerwise');
    expect(outside.map(({ name, macs }) => [name, macs])).toEqual(
      [stem, ...bottleneck({}, 'b0'), ...bottleneck({}, 'b2')].map(({ name, macs }) => [name, macs]),
    );
    expect(outside.map(({ notes }) => notes?.at(-1)?.replace('layer by layer: ', ''))).toEqual([
      'not part of a bottleneck that can be fused',
      ...Array(3).fill('block b0 is listed under unfused'),
      ...Array(3).fill(
        'its block is not a bottleneck of "same" padding with nothing but BatchNorm, ReLU and shuffles between its layers',
      ),
    ]);
    const [plain] = outside.slice(1);
    expect(plain).toMatchObject({ cycles: (8 * 16 * 64) / 64, utilization: 1 });
  });

  it.each([
    ['its expanding and projecting layers are not 1x1', { R: 3, S: 3 }, 0],
    ['its planes, kernel or strides are not square', { Q: 4 }, 1],
  ])('%s', (reason, change, index) => {
    const odd = bottleneck({}, 'b2').map((layer, i) =>
      i === index ? { ...layer, problem: { ...layer.problem, ...change } } : layer,
    );
    const { layers } = run([...bottleneck(), ...odd]);
    expect(layers.at(-1)?.notes?.at(-1)).toContain(reason);
  });

  it.each<[string, { M?: number; dilationR?: number; dilationS?: number }]>([
    ['its kernels are dilated', { dilationR: 2, dilationS: 2 }],
    ['its depthwise layer has several filters a channel', { M: 2 }],
  ])('%s', (reason, change) => {
    const odd = bottleneck({}, 'b2').map((layer) => {
      const { problem, macs, op } = layer;
      return withoutFacts(
        op === 'depthwise' ? { ...layer, problem: { ...problem, ...change }, macs: macs * (change.M ?? 1) } : layer,
      );
    });
    const { layers } = run([...bottleneck(), ...odd]);
    expect(layers.slice(-3).map(({ notes }) => notes?.at(-1))).toEqual(Array(3).fill(`layer by layer: ${reason}`));
  });

  it('is refused in batches, and where dilation spreads a window over more than the buffer of inputs', () => {
    const [first] = bottleneck();
    const supports = (problem: object) =>
      archon.create({}).supports({ ...first, problem: { ...first.problem, ...problem } });
    expect(supports({ N: 2 })).toEqual({ ok: false, reason: 'it computes one image at a time, not a batch of 2' });
    expect(supports({ R: 3, S: 3, dilationR: 2 })).toEqual({ ok: true });
    expect(supports({ R: 3, S: 3, dilationR: 4, dilationS: 4 })).toMatchObject({
      reason: expect.stringMatching(/^a 3x3 window takes 81 words and psumSpadWords/) as string,
    });
  });

  it('is refused where there is nothing else', () => {
    expect(diagnosticOf(() => run(bottleneck({}, 'b0')))).toMatchObject({
      code: 'ARCHON_WORKLOAD_UNSUPPORTED',
      message: 'ARCHON finds no block to fuse in this network (b0: block b0 is listed under unfused)',
    });
    expect(diagnosticOf(() => run(SAMPLE_WORKLOADS.slice(0, 1))).message).toBe(
      'ARCHON finds no block to fuse in this network',
    );
  });
});

describe('5x5 kernels', () => {
  const layers = bottleneck({ kernel: 5 });
  const supports = (options: Options) => layers.map((layer) => archon.create(options).supports(layer));

  it('are refused by the published input scratchpad, with the option that makes room', () => {
    expect(supports({}).map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(supports({})[1]).toEqual({
      ok: false,
      reason:
        'a 5x5 window takes 25 words and ifmapSpadWords, which keeps the inputs of the fused convolution, is 12; ' +
        'set it to 25 or more, or list b1 under unfused',
    });
  });

  it('run with 25 words, or layer by layer', () => {
    expect(supports({ ifmapSpadWords: 25 }).every(({ ok }) => ok)).toBe(true);
    expect(phaseOf(run(layers, { ifmapSpadWords: 25 }), 'main').cycles).toBe(8 * 8 * 25);
    expect(supports({ unfused: ['b1'] }).every(({ ok }) => ok)).toBe(true);
    expect(run([...layers, ...bottleneck({}, 'b2')], { unfused: ['b1'] }).layers).toHaveLength(3 + 4);
  });

  it('need room in the buffers of the predictions too', () => {
    const [, depthwise] = supports({ ifmapSpadWords: 25, psumSpadWords: 24 });
    expect(depthwise).toMatchObject({ ok: false, reason: expect.stringContaining('psumSpadWords') });
    const [, weights] = supports({ ifmapSpadWords: 25, predictionBufferWords: 16 });
    expect(weights).toMatchObject({ ok: false, reason: expect.stringContaining('predictionBufferWords') });
  });
});

describe('options', () => {
  it('have no lanes that do not fit an adder', () => {
    expect(diagnosticOf(() => run(bottleneck(), { activationBits: 8 }))).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      path: 'options.adderLanes',
      message: expect.stringContaining('adderLanes is 4: additions of 8 bit side by side need 32 bit'),
      hint: expect.stringContaining('adderLanes to 2'),
    });
    expect(diagnosticOf(() => run(bottleneck(), { activationBits: 32, adderLanes: 1 })).path).toBe(
      'options.activationBits',
    );
  });

  it('name rules that exist', () => {
    expect(diagnosticOf(() => run(bottleneck(), { rules: ['lastCycles=published'] }))).toMatchObject({
      path: 'options.rules[0]',
      hint: 'Did you mean "lastCycle=published"?',
    });
  });

  it('switch single rules', () => {
    expect(phaseOf(run(bottleneck(), { rules: ['lastCycle=published'] }), 'predict-expand').cycles).toBe(5);
    expect(
      phaseOf(run(bottleneck(), { method: 'ics21', rules: ['lastCycle=corrected'] }), 'predict-expand').cycles,
    ).toBe(6);
  });

  it('that nobody knows are named', () => {
    expect(diagnosticOf(() => archon.create({ meshx: 4 }))).toMatchObject({
      code: 'ARCHON_UNKNOWN_OPTION',
      hint: 'Did you mean "meshX"?',
    });
  });
});

describe('a mesh', () => {
  const planes = (...widths: readonly number[]) =>
    widths.flatMap((plane, index) => bottleneck({ plane }, `b${index + 1}`));

  const check = (layers: readonly Workload[], changes: Options = {}): void => archon.create(changes).check(layers);

  it.each([
    ['meshX', 3, 'Set meshX to 2 or 4.'],
    ['meshY', 12, 'Set meshY to 8 or 16.'],
  ])('refuses %s of %i, which divides over no plane of a fused block', (option, size, hint) => {
    expect(diagnosticOf(() => check(planes(16, 8), { [option]: size }))).toEqual({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${option} is ${size}, which divides over no layer of the network: some PEs would never work`,
      expected: expect.stringContaining('divide the output plane of a fused block (16, 8 px wide)'),
      path: `options.${option}`,
      hint,
    });
  });

  it('that is published is taken for any plane, and for the small ones of a network', () => {
    expect(() => check(planes(7))).not.toThrow();
    expect(() => check(planes(8, 4, 2), { meshX: 16 })).not.toThrow();
  });

  it('says where PEs are idle', () => {
    // 8 channels of 7 x 7 px on 8 x 8 PEs: a row of 7 pixels over 8 columns of channels, or the like.
    expect(phaseOf(run(planes(7)), 'main').notes).toEqual(['56 of 64 PEs work']);
    expect(phaseOf(run(planes(8)), 'main').notes).toBeUndefined();
  });
});

describe('area', () => {
  const leftOut = (changes: Options): readonly string[] =>
    archon
      .create(changes)
      .components()
      .filter(({ inArea }) => inArea === false)
      .map(({ name }) => name);

  it('leaves out what the publication leaves out, by method and rule', () => {
    expect(leftOut({})).toEqual([]);
    expect(leftOut({ method: 'ics21' })).toEqual(['DRAM', 'DummyBuffer', 'weights_spad', 'prediction_glb']);
    expect(leftOut({ rules: ['predictionGlbArea=published'] })).toEqual(['prediction_glb']);
  });
});

describe('any bottleneck', () => {
  const shapes = fc.record({
    inChannels: fc.integer({ min: 1, max: 6 }),
    mid: fc.integer({ min: 1, max: 12 }),
    out: fc.integer({ min: 1, max: 6 }),
    kernel: fc.constantFrom(1, 3, 5, 7),
    plane: fc.integer({ min: 1, max: 9 }),
    stride: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 3 }),
    mixes: fc.boolean(),
    depthwiseLast: fc.boolean(),
  });
  const hardware = fc.record({
    meshX: fc.integer({ min: 1, max: 9 }),
    meshY: fc.integer({ min: 1, max: 9 }),
    addersPerPe: fc.integer({ min: 1, max: 40 }),
    method: fc.constantFrom('corrected', 'ics21'),
    phases: fc.constantFrom('added', 'overlapped'),
    ifmapSpadWords: fc.constant(49),
    psumSpadWords: fc.constant(64),
  });

  it('has finite counts, whole cycles and a utilisation of at most one', () => {
    fc.assert(
      fc.property(shapes, hardware, (shape, options) => {
        const { cycles, layers } = run(bottleneck(shape), options);
        expect(layers).toHaveLength(4);
        expect(Number.isSafeInteger(cycles) && cycles > 0).toBe(true);
        for (const layer of layers) {
          expect(Number.isSafeInteger(layer.cycles) && layer.cycles >= 0).toBe(true);
          expect(layer.utilization >= 0 && layer.utilization <= 1).toBe(true);
          expect(layer.actions.every(({ count }) => Number.isFinite(count) && count > 0)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never takes more cycles with more adders', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 20 }), (shape, adders) => {
        const cyclesOf = (addersPerPe: number): number =>
          run(bottleneck(shape), { addersPerPe, ifmapSpadWords: 49, psumSpadWords: 64 }).cycles;
        expect(cyclesOf(2 * adders)).toBeLessThanOrEqual(cyclesOf(adders));
      }),
      { numRuns: 20 },
    );
  });
});
