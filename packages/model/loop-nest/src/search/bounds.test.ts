import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Architecture } from '../model/architecture.js';
import { evaluate } from '../model/evaluate.js';
import { divisors } from '../mapspace/factor.js';
import type { Loop, Mapping } from '../model/mapping.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { mapspaceSlots } from '../mapspace/slots.js';
import { DATA_SPACES, DIMS, type DataSpace, type Dim, type Problem } from '../model/problem.js';
import { FillCost } from '../model/cost.kernel.js';
import { FillBounds } from './fill-bounds.kernel.js';
import { SplitNest } from './split-nest.kernel.js';
import { TileBounds } from './tile-bounds.kernel.js';
import { extentsAt, Geometry } from '../model/geometry.kernel.js';

const KEEPS: readonly (readonly DataSpace[])[] = [
  DATA_SPACES,
  ['Inputs', 'Outputs'],
  ['Inputs'],
  ['Weights', 'Outputs'],
];
const architecture: Architecture = {
  levels: KEEPS.map((keeps, l) => ({
    ...{ name: `L${l}`, keeps, blockSize: l < 2 ? 4 : 1, accessEnergyPj: 100 / (l + 1), meshX: 1e9, meshY: 1 },
    ...(l > 0 ? { readBandwidth: 1, writeBandwidth: 0.5 } : {}),
  })),
  macs: 64,
  macEnergyPj: 2.2,
};
const PLACES = DIMS.map((_, place) => place);
const constraints: MapspaceConstraints = KEEPS.map(() => ({ spatialX: { dims: DIMS } }));

interface Case {
  readonly problem: Problem;
  /** Per dimension: bounds of the temporal, then the spatial loops of every level. */
  readonly factors: readonly (readonly number[])[];
  readonly orders: readonly (readonly number[])[];
  /** How many times the words of its tiles a level holds. */
  readonly spare: number;
  /** Whether capacities count. */
  readonly tight: boolean;
}

/** The architecture with levels that hold the tiles of a mapping and little more. */
function fitting(problem: Problem, mapping: Mapping, spare: number): Architecture {
  const geometry = new Geometry(problem);
  const sizeOf = (keeps: readonly DataSpace[], l: number): number =>
    keeps.reduce((sum, space) => sum + geometry.words(DATA_SPACES.indexOf(space), extentsAt(mapping, l)), 0);
  const levels = architecture.levels.map((level, l) =>
    l === 0 ? level : { ...level, sizeWords: Math.floor(sizeOf(level.keeps, l) * spare) },
  );
  return { ...architecture, levels };
}

/** A problem with a mapping of it: bounds 1 to 24, with P and R and Q and S above 1 often enough for windows to slide. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    bounds: fc.array(fc.constantFrom(1, 1, 2, 3, 4, 6, 8, 12, 24), { minLength: 8, maxLength: 8 }),
    picks: fc.array(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), { minLength: 8, maxLength: 8 }),
    orders: fc.tuple(...KEEPS.map(() => fc.shuffledSubarray(PLACES, { minLength: PLACES.length }))),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    depthwise: fc.boolean(),
    spare: fc.constantFrom(1, 1, 1.3, 4, 1e9),
    tight: fc.boolean(),
  })
  .map(({ bounds: drawn, picks, orders, stride, dilation, depthwise, spare, tight }) => {
    const sizes = drawn.map((bound, dim) => (depthwise && dim === 0 ? 1 : bound));
    const factors = sizes.map((size, dim) => {
      let rest = size;
      const own = picks[dim]!.slice(1).map((pick) => {
        const choices = divisors(rest);
        const factor = choices[pick % choices.length]!;
        rest /= factor;
        return factor;
      });
      // The factor that takes the rest must not always be the same one.
      const place = picks[dim]![0]! % 8;
      return [...own.slice(0, place), rest, ...own.slice(place)];
    });
    const bounds = Object.fromEntries(DIMS.map((dim, place) => [dim, sizes[place]!])) as Record<Dim, number>;
    const [strideP, strideQ] = stride;
    const [dilationR, dilationS] = dilation;
    return { problem: { ...bounds, strideP, strideQ, dilationR, dilationS, depthwise }, factors, orders, spare, tight };
  });

function mappingOf({ factors, orders }: Case): Mapping {
  return KEEPS.map((_, level) => {
    const loops = (places: readonly number[], kind: Loop['kind'], at: number): Loop[] =>
      places.map((dim) => ({ dim: DIMS[dim]!, bound: factors[dim]![at]!, kind })).filter((loop) => loop.bound > 1);
    return [...loops(orders[level]!, 'temporal', level), ...loops(PLACES, 'spatialX', 4 + level)];
  });
}

test('bounds never exceed what they bound, rise as loops are chosen, and end at the evaluation', () => {
  let windows = 0;
  fc.assert(
    fc.property(cases, (c) => {
      const { problem, factors, orders } = c;
      const mapping = mappingOf(c);
      const architecture = fitting(problem, mapping, c.spare);
      const truth = evaluate(problem, architecture, mapping);
      const slots = mapspaceSlots(problem, architecture, constraints);
      const cost = new FillCost(problem, architecture);
      const nest = new SplitNest(problem, slots);
      const smallest = new TileBounds(architecture, slots, nest);
      const fills = new FillBounds(problem, slots, nest, cost, smallest);
      const bounds = slots.spatial.map(({ level, dim }) => factors[dim]![4 + level]!);
      const split = { bounds, rest: factors.map((own) => own.slice(0, 4).reduce((a, b) => a * b, 1)) };
      nest.open(split);
      fills.start();
      if (c.tight) fills.tighten();
      const spreads: Float64Array[] = [];
      for (let chosen = 0; chosen <= KEEPS.length; chosen++) {
        fills.update(chosen);
        spreads.push(cost.spread.slice());
        cost.price();
        expect(cost.cycles).toBeLessThanOrEqual(truth.cycles);
        expect(cost.energyPj).toBeLessThanOrEqual(truth.energyPj * (1 + 1e-12));
        for (let level = 0; level < KEEPS.length; level++) {
          DATA_SPACES.forEach((space, s) => {
            const accesses = truth.levels[level]!.accesses[space];
            if (accesses === undefined) return;
            const least = cost.fills[level * 3 + s]!;
            if (level <= chosen) expect(least).toBe(accesses.fills);
            else expect(least).toBeLessThanOrEqual(accesses.fills);
          });
          if (level < chosen) continue;
          const extents = extentsAt(mapping, level);
          const tiles = KEEPS[level]!.reduce(
            (sum, space) => sum + nest.nest.geometry.words(DATA_SPACES.indexOf(space), extents),
            0,
          );
          if (level === chosen) expect(smallest.smallestTile(chosen, level)).toBe(tiles);
          else expect(smallest.smallestTile(chosen, level)).toBeLessThanOrEqual(tiles);
        }
        if (chosen === KEEPS.length) break;
        const own = Int32Array.from(
          { length: 4 * DIMS.length },
          (_, at) => factors[at % DIMS.length]![Math.floor(at / DIMS.length)]!,
        );
        DIMS.forEach((_, dim) => (nest.rest[dim]! /= own[chosen * DIMS.length + dim]!));
        nest.push(
          chosen,
          orders[chosen]!.filter((dim) => own[chosen * DIMS.length + dim]! > 1),
          own,
        );
      }
      for (const spread of spreads) expect(spread.every((least, at) => least <= cost.spread[at]!)).toBe(true);
      expect(cost.cycles).toBe(truth.cycles);
      expect(cost.energyPj / truth.energyPj).toBeCloseTo(1, 12);
      if ((problem.P > 1 && problem.R > 1) || (problem.Q > 1 && problem.S > 1)) windows++;
    }),
    { numRuns: 2000, seed: 6 },
  );
  expect(windows).toBeGreaterThan(500);
});
