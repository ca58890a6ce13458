import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Architecture, Level } from '../model/architecture.js';
import { checkMapping } from '../model/check.js';
import { evaluate } from '../model/evaluate.js';
import type { Evaluation } from '../model/evaluation.js';
import { findBestMapping } from './mapper.js';
import type { Loop, LoopKind, Mapping } from '../model/mapping.js';
import type { LevelConstraint, MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import { permutations } from '../mapspace/orders.js';
import { mapspaceSize } from './mapspace-size.js';
import { boundOf, DATA_SPACES, DIMS, type Dim, type Problem } from '../model/problem.js';

/**
 * The mapspace, enumerated the plain way from the constraints as they are written: every ordered factorization of every dimension over
 * all places, every order of the temporal loops, every mapping checked and evaluated. Nothing of the mapper is used.
 */
function* allTilings(problem: Problem, constraints: MapspaceConstraints): Generator<Loop[][]> {
  function* place(dims: readonly Dim[]): Generator<Loop[][]> {
    const [dim, ...others] = dims;
    if (dim === undefined) return yield constraints.map(() => []);
    for (const rest of place(others)) {
      for (const own of spread(dim, boundOf(problem, dim), placesOf(constraints, dim))) {
        yield rest.map((loops, level) => [...loops, ...(own[level] ?? [])]);
      }
    }
  }
  function* spread(dim: Dim, bound: number, places: Place[]): Generator<Loop[][]> {
    const [first, ...others] = places;
    if (first === undefined) {
      if (bound === 1) yield constraints.map(() => []);
      return;
    }
    for (let f = 1; f <= bound; f++) {
      if (bound % f !== 0 || (first.factor !== 'rest' && first.factor !== f)) continue;
      for (const rest of spread(dim, bound / f, others)) {
        yield rest.map((loops, level) =>
          level === first.level ? [{ dim, bound: f, kind: first.kind }, ...loops] : loops,
        );
      }
    }
  }
  yield* place([...DIMS].reverse());
}

interface Place {
  readonly level: number;
  readonly kind: LoopKind;
  readonly factor: number | 'rest';
}

function placesOf(constraints: MapspaceConstraints, dim: Dim): Place[] {
  return constraints.flatMap((constraint, level): Place[] => {
    const allowed = constraint.temporalDims?.includes(dim) ?? true;
    const spatial = (['spatialX', 'spatialY'] as const).map((kind): Place => {
      const axis = constraint[kind];
      return { level, kind, factor: axis?.fixed?.[dim] ?? (axis?.dims.includes(dim) ? 'rest' : 1) };
    });
    return [{ level, kind: 'temporal', factor: constraint.temporal?.[dim] ?? (allowed ? 'rest' : 1) }, ...spatial];
  });
}

function allOrders(tiling: Loop[][], constraints: MapspaceConstraints): Mapping[] {
  return tiling.reduce<Mapping[]>(
    (mappings, loops, level) => {
      const order = constraints[level]?.order ?? [];
      const temporal = loops.filter((loop) => loop.kind === 'temporal' && loop.bound > 1);
      const spatial = loops.filter((loop) => loop.kind !== 'temporal' && loop.bound > 1);
      const pinned = order.flatMap((dim) => temporal.filter((loop) => loop.dim === dim));
      const free = temporal.filter((loop) => !order.includes(loop.dim));
      const orders = permutations(free.map((_, i) => i)).map((places) => places.flatMap((i) => free[i] ?? []));
      return mappings.flatMap((outer) => orders.map((inner) => [...outer, [...pinned, ...inner, ...spatial]]));
    },
    [[]],
  );
}

type Rank = (evaluation: Evaluation) => [number, number];
const RANKS: Record<Objective, Rank> = {
  'cycles-then-energy': (e) => [e.cycles, e.energyPj],
  'energy-then-cycles': (e) => [e.energyPj, e.cycles],
  edp: (e) => [e.cycles * e.energyPj, e.cycles],
};

const bandwidth = fc.constantFrom(undefined, undefined, 0.5, 1, 2);
const level = (keeps: Level['keeps']): fc.Arbitrary<Level> =>
  fc
    .record({
      sizeWords: fc.constantFrom(undefined, 4, 10, 20, 50),
      blockSize: fc.constantFrom(1, 1, 4),
      packing: fc.constantFrom(
        undefined,
        undefined,
        { Weights: 2, Inputs: 4 },
        { Inputs: 3 },
        { Weights: 1.25, Outputs: 2 },
      ),
      readBandwidth: bandwidth,
      writeBandwidth: bandwidth,
      accessEnergyPj: fc.constantFrom(0.25, 1.18, 70.264),
      meshX: fc.constantFrom(1, 2, 4),
      meshY: fc.constantFrom(1, 3, 4),
    })
    .map((fields) => JSON.parse(JSON.stringify({ name: 'L', keeps, ...fields })) as Level);

const architecture: fc.Arbitrary<Architecture> = fc
  .record({
    outer: level(DATA_SPACES),
    completePacking: fc.constantFrom(1, 1, 2, 3),
    inner: fc
      .array(fc.subarray([...DATA_SPACES]), { minLength: 1, maxLength: 3 })
      .chain((keeps) => fc.tuple(...keeps.map(level))),
  })
  .map(({ outer, inner, completePacking }) => ({
    ...{ levels: [outer, ...inner], macs: 64, macEnergyPj: 2.2 },
    ...(completePacking === 1 ? {} : { completePacking }),
  }));

const dims = fc.subarray([...DIMS]);
const factors = fc.dictionary(fc.constantFrom(...DIMS), fc.constantFrom('rest', 'rest', 1, 2), { maxKeys: 2 });
const given = fc.option(factors, { nil: undefined, freq: 1 });
const axis = fc.option(fc.record({ dims, fixed: given }), { nil: undefined });
const constraint: fc.Arbitrary<LevelConstraint> = fc
  .record({
    temporal: given,
    temporalDims: fc.option(dims, { nil: undefined }),
    order: fc.option(fc.shuffledSubarray([...DIMS]), { nil: undefined }),
    spatialX: axis,
    spatialY: axis,
  })
  .map((fields) => JSON.parse(JSON.stringify(fields)) as LevelConstraint);

/** The outermost level takes what the others leave, so that few mapspaces are empty. */
const constraintsFor = (levels: number): fc.Arbitrary<MapspaceConstraints> =>
  fc
    .tuple(constraint, fc.array(constraint, { minLength: levels - 1, maxLength: levels - 1 }), fc.boolean())
    .map(([{ temporal, temporalDims, ...outer }, inner, strict]) =>
      strict ? [{ temporal, temporalDims, ...outer }, ...inner] : [outer, ...inner],
    );

/** At most four dimensions above 1, so that the plain enumeration stays small. */
const problem: fc.Arbitrary<Problem> = fc
  .record({
    bounds: fc.array(fc.tuple(fc.constantFrom(...DIMS, 'P', 'R', 'Q', 'S'), fc.constantFrom(2, 3, 4, 5, 6)), {
      minLength: 1,
      maxLength: 4,
    }),
    stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    dilation: fc.tuple(fc.constantFrom(1, 1, 2), fc.constantFrom(1, 1, 2)),
    depthwise: fc.boolean(),
  })
  .map(({ bounds, stride, dilation, depthwise }) => ({
    ...{ C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1 },
    ...Object.fromEntries(bounds),
    ...(depthwise ? { C: 1, depthwise } : {}),
    strideP: stride[0],
    strideQ: stride[1],
    dilationR: dilation[0],
    dilationS: dilation[1],
  }));

const LIMIT = 1500;
const runs = 200;

test('the optimum is that of plain enumeration over the whole mapspace', () => {
  let compared = 0;
  const objective = fc.constantFrom(...(Object.keys(RANKS) as Objective[]));
  const property = fc.property(
    architecture.chain((a) => fc.tuple(fc.constant(a), constraintsFor(a.levels.length))),
    problem,
    objective,
    ([arch, constraints], layer, goal) => {
      const rank = RANKS[goal];
      let best: [number, number] = [Infinity, Infinity];
      let [built, valid, seen] = [0, 0, 0];
      for (const tiling of allTilings(layer, constraints)) {
        if (++built > LIMIT) return;
        const orders = allOrders(tiling, constraints);
        if (checkMapping(layer, arch, orders[0]!) !== undefined) continue;
        valid++;
        for (const mapping of orders) {
          if (++seen > LIMIT) return;
          const cost = rank(evaluate(layer, arch, mapping));
          if (cost[0] < best[0] || (cost[0] === best[0] && cost[1] < best[1])) best = cost;
        }
      }
      const result = findBestMapping(layer, arch, constraints, { objective: goal });
      expect(mapspaceSize(layer, arch, constraints)).toEqual({ built, valid });
      expect(result.found).toBe(valid > 0);
      if (!result.found) return;
      compared++;
      expect(checkMapping(layer, arch, result.mapping)).toBeUndefined();
      const cost = rank(result.evaluation);
      expect(cost[0] / best[0]).toBeCloseTo(1, 12);
      if (goal === 'cycles-then-energy') expect(cost[1] / best[1]).toBeCloseTo(1, 12);
      expect(result.evaluated).toBeLessThanOrEqual(seen);
    },
  );
  fc.assert(property, { numRuns: runs, seed: 21 });
  expect(compared).toBeGreaterThan(runs / 4);
});
