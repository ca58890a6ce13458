import { seededRandom } from '@archon-dse/core';
import type { Mapping } from '@archon-dse/loop-nest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedPasses, passGeometry, sparsePasses } from './sparse-passes.js';
import { maskWith, nest, readPublished, visit } from './test-fixtures.js';

const bits = (text: string): Uint8Array => Uint8Array.from(text.replaceAll(' ', ''), Number);

describe('passes of small masks by hand', () => {
  // M4 C2, one row of the mask for each output channel.
  const mask = bits('11 10 00 01');

  it('take as long as the PE with most non-zero weights', () => {
    // PE 0 has outputs 0 and 1 (3 weights), PE 1 has 2 and 3 (1 weight); P repeats the pass 5 times.
    expect(sparsePasses(nest('P5', 'M2X', '', '', 'C2', 'M2'), mask)).toEqual({
      pes: 2,
      distinctPes: 2,
      passes: 5,
      distinctPasses: 1,
      blockWeights: 4,
      visits: 1,
      density: 0.5,
      nonZeroMacs: 20,
      idealCycles: 10,
      cycles: 15,
    });
  });

  it('add up over passes with other weights', () => {
    // Pass 0: outputs 0 | 2, pass 1: 1 | 3 where M2X is outside; 0 | 1 and 2 | 3 where it is inside.
    expect(sparsePasses(nest('', 'M2X', '', '', 'C2', ''), mask.slice(0, 4)).cycles).toBe(2);
    expect(sparsePasses(nest('M2', 'M2X', '', '', 'C2', ''), mask).cycles).toBe(2 + 1);
    expect(sparsePasses(nest('C2', 'M2X', '', '', '', 'M2'), mask).cycles).toBe(2 + 1);
    expect(sparsePasses(nest('C2', 'M4X', '', '', '', ''), mask).cycles).toBe(1 + 1);
  });

  it('visit the weights again for P, Q and N inside a PE, and share them across P and Q on the mesh', () => {
    const inside = sparsePasses(nest('', 'M2X', '', '', 'C2 Q3', 'M2'), mask);
    expect(inside).toMatchObject({ visits: 3, passes: 1, nonZeroMacs: 12, cycles: 9 });
    const across = sparsePasses(nest('', 'M2X Q3X', '', '', 'C2', 'M2'), mask);
    expect(across).toMatchObject({ pes: 6, distinctPes: 2, nonZeroMacs: 12, idealCycles: 2, cycles: 3 });
  });

  it('split kernels over rows and columns, channels of a depthwise layer over PEs', () => {
    // Two channels of 2 x 2 weights; S on the mesh, R inside.
    const kernels = bits('10 11  01 01');
    expect(sparsePasses(nest('M2', '', 'S2Y', '', 'R2', ''), kernels).cycles).toBe(2 + 2);
    expect(sparsePasses(nest('', 'M2X', 'S2Y', '', 'R2', ''), kernels).cycles).toBe(2);
    expect(sparsePasses(nest('', '', 'M2Y', '', 'R2', 'S2'), kernels).cycles).toBe(3);
  });

  it('refuse a mask of another size', () => {
    expect(() => sparsePasses(nest('', '', '', '', 'C2', 'M2'), bits('11'))).toThrow(
      'a mask of 2 weights for a mapping of 4',
    );
  });
});

describe('published sparse layers', () => {
  const layers = readPublished();

  it('are all there', () => {
    expect(layers).toHaveLength(48 + 45);
    expect(layers.filter(({ counts }) => counts.length > 0)).toHaveLength(61);
  });

  it.each(layers)('$name: PEs, passes, dense and ideal cycles', ({ mapping, figures }) => {
    const [passes, pes, macsPerPass, denseCycles = NaN, nonZeroMacs = NaN, idealCycles] = figures;
    const dense = expectedPasses(mapping, 1);
    expect(dense).toMatchObject({ passes, pes, cycles: denseCycles });
    expect(dense.blockWeights * dense.visits).toBe(macsPerPass);
    const density = nonZeroMacs / (denseCycles * dense.pes);
    expect(Math.floor(expectedPasses(mapping, density).idealCycles + 1e-6)).toBe(idealCycles);
  });

  it.each(layers.filter(({ counts }) => counts.length > 0))('$name: sparse cycles', ({ mapping, figures, counts }) => {
    const [, , , , nonZeroMacs, , sparseCycles] = figures;
    expect(sparsePasses(mapping, maskWith(mapping, counts))).toMatchObject({ nonZeroMacs, cycles: sparseCycles });
  });

  /**
   * The published masks are those of trained networks, in which non-zero weights gather in some channels, so the slowest PEs have more
   * of them than by chance. Published / expected: 1 059 576 / 1 037 379 and 213 360 / 200 001 cycles.
   */
  it.each([
    ['mobilenet-v2', 0.979],
    ['shufflenet', 0.937],
  ])('%s: random masks of 20 % and 30 % take %d of the published cycles', (network, ratio) => {
    const ofNetwork = layers.filter(({ name }) => name.startsWith(`${network} `));
    const expected = ofNetwork.map(({ name, mapping }) => {
      return expectedPasses(mapping, name.endsWith('depthwise') ? 0.3 : 0.2).cycles;
    });
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b);
    expect(sum(expected) / sum(ofNetwork.map(({ figures }) => figures[6] ?? NaN))).toBeCloseTo(ratio, 3);
  });

  it('ShuffleNet b1: 72 PEs and 128 passes of 64 MACs make 8 192 dense cycles', () => {
    const first = layers.find(({ name }) => name === 'shufflenet b1.expand')!;
    expect(expectedPasses(first.mapping, 1)).toMatchObject({ pes: 72, passes: 128, blockWeights: 64, cycles: 8192 });
  });
});

describe('properties', () => {
  const bound = fc.integer({ min: 1, max: 3 });
  const mappings = fc
    .record({
      dram: bound,
      glb: bound,
      x: bound,
      qx: bound,
      cy: bound,
      sy: bound,
      r: bound,
      c: bound,
      q: bound,
      m: bound,
    })
    .map((b) =>
      nest(
        `P2 M${b.dram}`,
        `C${b.glb} M${b.x}X Q${b.qx}X`,
        `C${b.cy}Y S${b.sy}Y`,
        '',
        `R${b.r} C${b.c} Q${b.q}`,
        `M${b.m}`,
      ),
    );
  const cases = mappings.chain((mapping) => {
    const { distinctPes, distinctPasses, blockWeights } = passGeometry(mapping);
    const length = distinctPes * distinctPasses * blockWeights;
    return fc.tuple(fc.constant(mapping), fc.uint8Array({ minLength: length, maxLength: length, max: 1 }));
  });

  it('never fewer cycles than ideal, nor more than dense; dense where nothing is zero', () => {
    fc.assert(
      fc.property(cases, ([mapping, mask]) => {
        const { cycles, idealCycles } = sparsePasses(mapping, mask);
        const dense = expectedPasses(mapping, 1).cycles;
        expect(cycles).toBeGreaterThanOrEqual(idealCycles);
        expect(cycles).toBeLessThanOrEqual(dense);
        expect(
          sparsePasses(
            mapping,
            mask.map(() => 1),
          ).cycles,
        ).toBe(dense);
      }),
    );
  });

  it('never fewer cycles with more non-zero weights', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ([mapping, mask], place) => {
        const fuller = mask.map((value, index) => (index === place % mask.length ? 1 : value));
        expect(sparsePasses(mapping, fuller).cycles).toBeGreaterThanOrEqual(sparsePasses(mapping, mask).cycles);
      }),
    );
  });

  it('the same cycles when the PEs, or the channels within a PE, trade places', () => {
    const mapping = nest('', 'M3X', 'C2Y', '', 'C2', 'M2');
    const masks = fc.uint8Array({ minLength: 24, maxLength: 24, max: 1 });
    fc.assert(
      fc.property(masks, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), fc.boolean(), (mask, order, swap) => {
        // Weight m, c comes from PE column order[m / 2] and, if swapped, from its other input channel.
        const source = (m: number, c: number): number =>
          (2 * order[Math.floor(m / 2)]! + (m % 2)) * 4 + (swap ? c ^ 1 : c);
        const moved = mask.map((_, index) => mask[source(Math.floor(index / 4), index % 4)]!);
        expect(sparsePasses(mapping, moved)).toEqual(sparsePasses(mapping, mask));
      }),
    );
  });

  it('what walking the whole nest one iteration at a time counts', () => {
    fc.assert(
      fc.property(cases, ([mapping, mask]) => {
        expect(sparsePasses(mapping, mask)).toMatchObject(walk(mapping, mask));
      }),
      { numRuns: 60 },
    );
  });

  it('on average what is expected', () => {
    const mapping = nest('M2', 'M3X Q2X', 'C3Y', '', 'C4', 'M2');
    const random = seededRandom(5, 'masks');
    const samples = Array.from({ length: 3000 }, () => {
      return sparsePasses(
        mapping,
        Uint8Array.from({ length: 12 * 12 }, () => (random() < 0.3 ? 1 : 0)),
      ).cycles;
    });
    const mean = samples.reduce((a, b) => a + b) / samples.length;
    const deviation = Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length);
    const { cycles } = expectedPasses(mapping, 0.3);
    expect(Math.abs(mean - cycles)).toBeLessThan((4 * deviation) / Math.sqrt(samples.length));
  });
});

/** The definition, literally: non-zero iterations of each PE in each pass, the most of each pass summed up. */
function walk(mapping: Mapping, mask: Uint8Array): { readonly cycles: number; readonly nonZeroMacs: number } {
  const counts = new Map<string, Map<string, number>>();
  visit(mapping, ({ fullPass, fullPe, weight }) => {
    const pes = counts.get(fullPass) ?? new Map<string, number>();
    counts.set(fullPass, pes.set(fullPe, (pes.get(fullPe) ?? 0) + mask[weight]!));
  });
  const passes = [...counts.values()].map((pes) => [...pes.values()]);
  return {
    cycles: passes.reduce((sum, pes) => sum + Math.max(...pes), 0),
    nonZeroMacs: passes.flat().reduce((a, b) => a + b, 0),
  };
}
