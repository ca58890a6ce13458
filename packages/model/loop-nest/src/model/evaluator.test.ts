import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampledFills, walk, walkedFills } from '../../test/brute-force.js';
import type { Architecture } from './architecture.js';
import { checkMapping } from './check.js';
import { evaluate } from './evaluate.js';
import { Evaluator } from './evaluator.kernel.js';
import type { Loop, LoopKind, Mapping } from './mapping.js';
import { DATA_SPACES, DIMS, type Dim, type Problem } from './problem.js';

interface Case {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
}

const KINDS: readonly LoopKind[] = ['temporal', 'temporal', 'spatialX', 'spatialY'];

const anArchitecture: fc.Arbitrary<Architecture> = fc
  .array(
    fc.record({
      keeps: fc.subarray([...DATA_SPACES]),
      blockSize: fc.constantFrom(1, 4),
      bandwidth: fc.constantFrom(Infinity, 1, 2, 3, 16),
      accessEnergyPj: fc.integer({ min: 1, max: 100 }),
      packed: fc.constantFrom(
        {},
        {},
        { packing: { Weights: 2, Inputs: 4 } },
        { packing: { Inputs: 3, Outputs: 1.25 } },
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((levels) => ({
    macs: 64,
    macEnergyPj: 2.2,
    completePacking: (levels.length % 3) + 1,
    levels: levels.map(({ bandwidth, packed, ...level }, l) => ({
      name: `level${l}`,
      meshX: Infinity,
      meshY: Infinity,
      ...level,
      ...packed,
      keeps: l === 0 ? DATA_SPACES : level.keeps,
      readBandwidth: bandwidth,
      writeBandwidth: bandwidth,
    })),
  }));

/** A bound as prime factors, at most `most` of them. */
const factors = (most: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.constantFrom(2, 2, 3), { maxLength: most });

/** Any problem small enough to walk, any architecture, and its factors dealt out over levels and kinds in any order. */
const aCase: fc.Arbitrary<Case> = fc
  .record({
    architecture: anArchitecture,
    kernel: fc.constantFrom([], [3], [5], [2, 2], [2, 3]),
    strides: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2, 3)),
    dilations: fc.tuple(fc.constantFrom(1, 1, 2), fc.constantFrom(1, 1, 2)),
    depthwise: fc.boolean(),
    C: factors(2),
    M: factors(2),
    P: factors(3),
    Q: factors(3),
    N: factors(1),
    G: factors(1),
    places: fc.array(fc.tuple(fc.nat(99), fc.constantFrom(...KINDS), fc.nat(999)), { minLength: 16, maxLength: 16 }),
  })
  .map(({ architecture, kernel, strides, dilations, depthwise, places, C, ...bounds }) => {
    const split: Readonly<Record<Dim, readonly number[]>> = {
      ...bounds,
      C: depthwise ? [] : C,
      R: kernel,
      S: kernel,
    };
    const loops = DIMS.flatMap((dim) => split[dim].map((bound) => ({ dim, bound })));
    const size = (dim: Dim): number => split[dim].reduce((product, factor) => product * factor, 1);
    const placed = loops.map((loop, i) => ({ ...loop, kind: places[i]![1], place: places[i]! }));
    const mapping = architecture.levels.map((_, l) =>
      placed
        .filter(({ place }) => place[0] % architecture.levels.length === l)
        .sort((a, b) => Number(a.kind !== 'temporal') - Number(b.kind !== 'temporal') || a.place[2] - b.place[2])
        .map(({ dim, bound, kind }): Loop => ({ dim, bound, kind })),
    );
    const problem: Problem = {
      ...(Object.fromEntries(DIMS.map((dim) => [dim, size(dim)])) as Record<Dim, number>),
      strideP: strides[0],
      strideQ: strides[1],
      dilationR: dilations[0],
      dilationS: dilations[1],
      depthwise,
    };
    return { problem, architecture, mapping };
  });

describe('Evaluator', () => {
  test('agrees with a literal walk of the nest', () => {
    fc.assert(
      fc.property(aCase, ({ problem, architecture, mapping }) => {
        const expected = walk(problem, architecture, mapping);
        const result = evaluate(problem, architecture, mapping);
        for (const [key, tile] of Object.entries(expected.tiles)) {
          const [level, space] = key.split(':') as [string, (typeof DATA_SPACES)[number]];
          expect({ key, ...result.levels[Number(level)]!.accesses[space] }).toMatchObject({ key, ...tile });
        }
        expect(result.cycles).toBe(expected.cycles);
        expect(result.energyPj).toBeCloseTo(expected.energyPj, 4);
      }),
      { numRuns: 400 },
    );
  });

  test('for tiles that never overlap the sampled walk equals the real one', () => {
    fc.assert(
      fc.property(aCase, ({ problem, architecture, mapping }) => {
        for (const space of DATA_SPACES) {
          if (space === 'Inputs' && problem.R * problem.S > 1) continue;
          const level = architecture.levels.length - 1;
          const outside = mapping.slice(0, level).flat();
          fc.pre(outside.reduce((points, loop) => points * loop.bound, 1) < 20_000);
          const walked = walkedFills(problem, space, mapping, level);
          expect(sampledFills(problem, space, mapping, level)).toBe(walked);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('checkMapping finds nothing where the tiles of the walk fit', () => {
    const sizes = fc.array(fc.integer({ min: 10, max: 2000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(aCase, sizes, ({ problem, architecture, mapping }, words) => {
        const { tiles } = walk(problem, architecture, mapping);
        const used = architecture.levels.map(({ packing = {} }, l) =>
          DATA_SPACES.reduce((sum, space) => sum + (tiles[`${l}:${space}`]?.tileWords ?? 0) / (packing[space] ?? 1), 0),
        );
        const levels = architecture.levels.map((level, l) => ({ ...level, sizeWords: words[l]! }));
        const fits = used.every((own, l) => own <= words[l]!);
        expect(checkMapping(problem, { ...architecture, levels }, mapping) === undefined).toBe(fits);
      }),
      { numRuns: 200 },
    );
  });

  test('a used evaluator gives what a fresh one gives', () => {
    fc.assert(
      fc.property(aCase, fc.nat(), ({ problem, architecture, mapping }, turn) => {
        const kernel = new Evaluator(problem, architecture);
        const last = mapping.length - 1;
        const rotated = mapping.map((_, l) => mapping[(l + turn) % (last + 1)]!);
        kernel.evaluate(rotated);
        kernel.evaluate(mapping);
        const fresh = evaluate(problem, architecture, mapping);
        expect([kernel.cost.cycles, kernel.cost.energyPj]).toEqual([fresh.cycles, fresh.energyPj]);
      }),
      { numRuns: 100 },
    );
  });

  test('refuses an outermost level that does not keep everything', () => {
    const levels = [
      { name: 'DRAM', keeps: ['Weights', 'Inputs'], blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 },
    ];
    const architecture = { levels, macs: 1, macEnergyPj: 1 } as Architecture;
    const problem = { C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
    expect(() => new Evaluator(problem, architecture)).toThrow('Outputs is missing');
  });
});
