import { MAC } from '@archon-dse/pe-array';
import { changedOptions, describeAcceleratorContract, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archon } from './archon.js';
import plugin from './index.js';
import { bottleneck, countOf, diagnosticOf, phaseOf, price, run } from './test-fixtures.js';

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
