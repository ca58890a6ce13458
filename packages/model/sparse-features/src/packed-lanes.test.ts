import { evaluate, parseMapping, type Architecture, type Problem } from '@archon-dse/loop-nest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateSparse } from './evaluate-sparse.js';
import type { ComputeSkipping } from './features.js';

const ALL = ['Weights', 'Inputs', 'Outputs'] as const;
const level = { blockSize: 1, accessEnergyPj: 1, meshX: 8, meshY: 8 };
const architecture: Architecture = {
  levels: ['DRAM', 'buffer', 'PE'].map((name) => ({ ...level, name, keeps: ALL })),
  macs: 8,
  macEnergyPj: 1,
};

function cycles(
  problem: Problem,
  mapping: string,
  skipping: ComputeSkipping,
  masks: readonly [Uint8Array, Uint8Array],
): { cycles: number; macs: number } {
  const parsed = parseMapping(mapping, architecture);
  const evaluation = evaluate(problem, architecture, parsed);
  const zeros = {
    Weights: { kind: 'mask', values: masks[0] },
    Inputs: { kind: 'mask', values: masks[1] },
  } as const;
  const dense = { problem, architecture, mapping: parsed, evaluation };
  const sparse = evaluateSparse(dense, { compute: { skipping } }, zeros, 8);
  return { cycles: sparse.computeCycles, macs: sparse.macs.full };
}

const mask = (words: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: words, maxLength: words, max: 1 });
const ones = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0);
const slice = (values: Uint8Array, from: number, step: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, at) => values[from + at * step]!);

describe('packed lanes', () => {
  it('hold products of the words of a channel that are not zero', () => {
    // An outer product a channel: 6 x 4 on 2 x 2 lanes.
    const problem: Problem = { C: 3, M: 6, R: 1, S: 1, P: 4, Q: 1, N: 1, strideP: 1, strideQ: 1 };
    const skipping = { level: 'PE', on: ['Weights', 'Inputs'], pack: { Weights: ['M'], Inputs: ['P'] } } as const;
    fc.assert(
      fc.property(mask(18), mask(12), (weights, inputs) => {
        const own = [0, 1, 2].map((c) => [ones(slice(weights, c, 3, 6)), ones(slice(inputs, 4 * c, 1, 4))] as const);
        const run = cycles(problem, 'L2[WIO] - L1[WIO] C3 - L0[WIO] M3 P2 M2X P2Y', skipping, [weights, inputs]);
        expect(run.cycles).toBe(own.reduce((sum, [w, i]) => sum + Math.ceil(w / 2) * Math.ceil(i / 2), 0));
        expect(run.macs).toBeCloseTo(
          own.reduce((sum, [w, i]) => sum + w * i, 0),
          9,
        );
      }),
    );
  });

  it('hold what a neuron adds up, along all it adds', () => {
    // Three outputs of 2 x 4 products on four multipliers, at two places.
    const problem: Problem = { C: 4, M: 3, R: 2, S: 1, P: 2, Q: 1, N: 1, strideP: 1, strideQ: 1 };
    const skipping = { level: 'PE', on: ['Weights'], pack: { Weights: ['C', 'R'] } } as const;
    fc.assert(
      fc.property(mask(24), (weights) => {
        const turns = [0, 1, 2].map((m) => Math.ceil(ones(weights.subarray(8 * m, 8 * m + 8)) / 4));
        const slowest = cycles(problem, 'L2[WIO] P2 - L1[WIO] M3X - L0[WIO] R2 C4X', skipping, [
          weights,
          new Uint8Array(12),
        ]);
        expect(slowest.cycles).toBe(2 * Math.max(...turns));
        const after = cycles(problem, 'L2[WIO] P2 - L1[WIO] M3 - L0[WIO] R2 C4X', skipping, [
          weights,
          new Uint8Array(12),
        ]);
        expect(after.cycles).toBe(2 * turns.reduce((a, b) => a + b, 0));
      }),
    );
  });

  it('hold Cartesian products: each input in the middle of a kernel meets all of its weights', () => {
    // Two channels, kernels of 3 with one row of padding on each side: inputs 1 to 4 are real.
    const problem: Problem = { C: 2, M: 2, R: 3, S: 1, P: 4, Q: 1, N: 1, strideP: 1, strideQ: 1 };
    const skipping = { level: 'PE', on: ['Weights', 'Inputs'], pack: { Weights: ['M', 'R'], Inputs: ['P'] } } as const;
    fc.assert(
      fc.property(mask(12), mask(8), (weights, real) => {
        const inputs = Uint8Array.from([0, ...real.subarray(0, 4), 0, 0, ...real.subarray(4), 0]);
        const own = [0, 1].map((c) => {
          const taps = [...weights.subarray(3 * c, 3 * c + 3), ...weights.subarray(6 + 3 * c, 9 + 3 * c)];
          return [ones(Uint8Array.from(taps)), ones(real.subarray(4 * c, 4 * c + 4))] as const;
        });
        const run = cycles(problem, 'L2[WIO] - L1[WIO] - L0[WIO] C2 R3 P2 M2X P2Y', skipping, [weights, inputs]);
        expect(run.cycles).toBe(own.reduce((sum, [w, i]) => sum + Math.ceil(w / 2) * Math.ceil(i / 2), 0));
        expect(run.macs).toBeCloseTo(
          own.reduce((sum, [w, i]) => sum + w * i, 0),
          9,
        );
      }),
    );
  });
});
