import { seededRandom } from '@archon-dse/core';
import { DIMS, type Mapping, type Problem } from '@archon-dse/loop-nest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executedPasses } from './executed-passes.js';
import type { ExecutedNest, InputPlanes } from './pass-nest.js';
import { sparsePasses } from './sparse-passes.js';
import { maskWith, nest, readPublished, visit } from './test-fixtures.js';

const bits = (text: string): Uint8Array => Uint8Array.from(text.replaceAll(' ', ''), Number);

/** The layer of a mapping, its strides and dilations given. */
function nestOf(mapping: Mapping, changes: Partial<Problem> = {}, isChannelwise = false): ExecutedNest {
  const bounds = DIMS.map((dim) => {
    const loops = mapping.flat().filter((loop) => loop.dim === dim);
    return [dim, loops.reduce((product, { bound }) => product * bound, 1)] as const;
  });
  const sizes = Object.fromEntries(bounds) as Pick<Problem, (typeof DIMS)[number]>;
  return { mapping, problem: { ...sizes, strideP: 1, strideQ: 1, ...changes }, isChannelwise };
}

/** Rows, columns and values of the inputs of a group, padding included. */
function inputsOf({ problem, isChannelwise }: ExecutedNest) {
  const { P, Q, R, S, C, M, strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  const rows = (P - 1) * strideP + (R - 1) * dilationR + 1;
  const columns = (Q - 1) * strideQ + (S - 1) * dilationS + 1;
  const channels = isChannelwise ? M : C;
  return { rows, columns, channels, values: rows * columns * channels };
}

function planesOf(executed: ExecutedNest, ...images: readonly Uint8Array[]): InputPlanes {
  const { columns, channels } = inputsOf(executed);
  return { images, columns, channels };
}

describe('passes of two PEs by hand', () => {
  // M2 C2, one output channel a PE; two pixels, one a pass: PE 0 has both weights, PE 1 that of channel 1.
  const executed = nestOf(nest('Q2', 'M2X', '', '', 'C2', ''));
  const weights = bits('11 01');

  it('take as long as the PE with most weights whose inputs are not zero', () => {
    // Pixel 0 has channel 0 only: PE 0 multiplies once, PE 1 never. Pixel 1 has both: 2 and 1.
    const run = executedPasses(executed, weights, planesOf(executed, bits('10 11')), 0);
    expect(run).toMatchObject({ pes: 2, passes: 2, density: 0.75, nonZeroMacs: 4, idealCycles: 2, cycles: 1 + 2 });
    expect([...run.histogram.subarray(0, 4)]).toEqual([1, 2, 1, 0]);
  });

  it('are means over the images', () => {
    const run = executedPasses(executed, weights, planesOf(executed, bits('10 11'), bits('00 01')), 0);
    expect(run).toMatchObject({ nonZeroMacs: (4 + 2) / 2, cycles: (3 + 1) / 2 });
  });

  it('read the channels of their group', () => {
    // The same pixels behind two channels of another group.
    const inputs = { images: [bits('11 10  00 11')], columns: 2, channels: 4 };
    expect(executedPasses(executed, weights, inputs, 2)).toMatchObject({ nonZeroMacs: 4, cycles: 3 });
  });

  it('refuse weights of another layer', () => {
    const act = () => executedPasses(executed, bits('11'), planesOf(executed, bits('1111')), 0);
    expect(act).toThrow('a mask of 2 weights for a mapping of 4');
  });

  it('put all counts from 255 on at the end of the histogram', () => {
    const long = nestOf(nest('', 'M2X', '', '', 'C300', ''));
    const ones = new Uint8Array(600).fill(1).fill(0, 300, 599);
    const { histogram } = executedPasses(long, ones, planesOf(long, new Uint8Array(300).fill(1)), 0);
    expect([histogram[1], histogram[255], histogram.length]).toEqual([1, 1, 256]);
  });
});

describe('published sparse layers', () => {
  const layers = readPublished().filter(({ counts }) => counts.length > 0);

  it.each(layers)('$name: sparse cycles, pass by pass', ({ name, mapping, figures, counts }) => {
    const executed = nestOf(mapping, {}, name.endsWith('depthwise'));
    const weights = maskWith(mapping, counts);
    const ones = new Uint8Array(inputsOf(executed).values).fill(1);
    const run = executedPasses(executed, weights, planesOf(executed, ones), 0);
    expect(run).toMatchObject({ nonZeroMacs: figures[4], cycles: figures[6] });
  });
});

describe('properties', () => {
  const bound = fc.integer({ min: 1, max: 2 });
  const small = fc.integer({ min: 1, max: 3 });
  /** Loops of every dimension at every place where any mapping may have them. */
  const nests = fc
    .record({
      ...{ p: bound, m: bound, n: bound, c: bound, mx: small, qx: bound, cy: bound, sy: small },
      ...{ r: small, ci: small, qi: bound, mi: small, si: bound },
      ...{ strideP: bound, strideQ: bound, dilationR: bound, dilationS: bound, isChannelwise: fc.boolean() },
    })
    .map(({ isChannelwise, strideP, strideQ, dilationR, dilationS, ...b }): ExecutedNest => {
      const [c, cy, ci] = isChannelwise ? [1, 1, 1] : [b.c, b.cy, b.ci];
      const mapping = nest(
        `P${b.p} M${b.m} N${b.n}`,
        `C${c} P2 M${b.mx}X Q${b.qx}X`,
        `C${cy}Y S${b.sy}Y`,
        '',
        `R${b.r} C${ci} Q${b.qi}`,
        `M${b.mi} S${b.si}`,
      );
      return nestOf(mapping, { strideP, strideQ, dilationR, dilationS }, isChannelwise);
    });
  const zeros = (length: number) => fc.uint8Array({ minLength: length, maxLength: length, max: 1 });
  const cases = nests.chain((executed) => {
    const { M, C, R, S } = executed.problem;
    return fc.tuple(fc.constant(executed), zeros(M * C * R * S), zeros(inputsOf(executed).values));
  });

  it('what walking the whole nest one multiplication at a time counts', () => {
    fc.assert(
      fc.property(cases, ([executed, weights, inputs]) => {
        const { cycles, nonZeroMacs, histogram } = executedPasses(executed, weights, planesOf(executed, inputs), 0);
        const counts = walk(executed, weights, inputs);
        expect({ cycles, nonZeroMacs }).toEqual({
          cycles: counts.reduce((sum, pes) => sum + Math.max(...pes), 0),
          nonZeroMacs: counts.flat().reduce((sum, count) => sum + count, 0),
        });
        counts.flat().forEach((count) => (histogram[count]! -= 1));
        expect(histogram.every((rest) => rest === 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('without zero inputs the cycles that the weights alone take', () => {
    fc.assert(
      fc.property(cases, ([executed, weights, inputs]) => {
        const run = executedPasses(
          executed,
          weights,
          planesOf(
            executed,
            inputs.map(() => 1),
          ),
          0,
        );
        expect(run).toMatchObject(sparsePasses(executed.mapping, weights));
      }),
    );
  });

  it('never more cycles with another zero, dense ones where nothing is zero', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.boolean(), ([executed, weights, inputs], place, ofWeights) => {
        const cleared = (values: Uint8Array) => values.map((value, at) => (at === place % values.length ? 0 : value));
        const cyclesOf = (ofWeight: Uint8Array, ofInput: Uint8Array): number =>
          executedPasses(executed, ofWeight, planesOf(executed, ofInput), 0).cycles;
        const few = ofWeights ? cyclesOf(cleared(weights), inputs) : cyclesOf(weights, cleared(inputs));
        expect(few).toBeLessThanOrEqual(cyclesOf(weights, inputs));
        const { N, M, C, R, S, P, Q } = executed.problem;
        const all = cyclesOf(
          weights.map(() => 1),
          inputs.map(() => 1),
        );
        expect(cyclesOf(weights, inputs)).toBeLessThanOrEqual(all);
        expect(all).toBe((N * M * C * R * S * P * Q) / pesOf(executed.mapping));
      }),
    );
  });

  it('many outputs of a PE at once as one by one', () => {
    const random = seededRandom(3, 'outputs');
    const draw = (length: number): Uint8Array => Uint8Array.from({ length }, () => (random() < 0.4 ? 1 : 0));
    const executed = nestOf(nest('Q5', 'M2X', 'C3Y', '', 'C4', 'M8'));
    const [weights, inputs] = [draw(16 * 12), draw(5 * 12)];
    const counts = walk(executed, weights, inputs);
    expect(executedPasses(executed, weights, planesOf(executed, inputs), 0).cycles).toBe(
      counts.reduce((sum, pes) => sum + Math.max(...pes), 0),
    );
  });
});

function pesOf(mapping: Mapping): number {
  return mapping
    .flat()
    .filter(({ kind }) => kind !== 'temporal')
    .reduce((product, { bound }) => product * bound, 1);
}

/** The definition, literally: multiplications of each PE in each pass. */
function walk(executed: ExecutedNest, weights: Uint8Array, inputs: Uint8Array): readonly (readonly number[])[] {
  const { strideP, strideQ, dilationR = 1, dilationS = 1 } = executed.problem;
  const { columns, channels } = inputsOf(executed);
  const counts = new Map<string, Map<string, number>>();
  visit(executed.mapping, ({ fullPass, fullPe, weight, index }) => {
    const row = index('P') * strideP + index('R') * dilationR;
    const column = index('Q') * strideQ + index('S') * dilationS;
    const input = (row * columns + column) * channels + index(executed.isChannelwise ? 'M' : 'C');
    const pes = counts.get(fullPass) ?? new Map<string, number>();
    counts.set(fullPass, pes.set(fullPe, (pes.get(fullPe) ?? 0) + weights[weight]! * inputs[input]!));
  });
  return [...counts.values()].map((pes) => [...pes.values()]);
}
