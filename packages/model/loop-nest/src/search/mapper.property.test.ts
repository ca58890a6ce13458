import fc from 'fast-check';
import { expect, test } from 'vitest';
import { architecture, constraintsFor, problem } from '../../test/mapspace-cases.js';
import { allOrders, allTilings, allVariants, isSpread } from '../../test/plain-mapspace.js';
import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import type { Architecture } from '../model/architecture.js';
import { checkMapping } from '../model/check.js';
import { evaluate } from '../model/evaluate.js';
import type { ModelOptions } from '../model/model-options.js';
import type { Problem } from '../model/problem.js';
import { findBestMapping, findParetoMappings } from './mapper.js';
import { mergeShares, searchShare } from './shares.js';
import { mapspaceSize } from './mapspace-size.js';

type Cost = Pick<ReturnType<typeof evaluate>, 'cycles' | 'energyPj'>;

const RANKS: Record<Objective, (cost: Cost) => [number, number]> = {
  'cycles-then-energy': (e) => [e.cycles, e.energyPj],
  'energy-then-cycles': (e) => [e.energyPj, e.cycles],
  edp: (e) => [e.cycles * e.energyPj, e.cycles],
};

const LIMIT = 1500;

interface Enumeration {
  readonly built: number;
  readonly valid: number;
  readonly costs: readonly Cost[];
}

/** Every mapping, priced; nothing when there are more than a test has time for. */
function enumerate(
  layer: Problem,
  arch: Architecture,
  constraints: MapspaceConstraints,
  model: ModelOptions,
): Enumeration | undefined {
  const costs: Cost[] = [];
  let [built, valid] = [0, 0];
  for (const own of allVariants(arch, constraints)) {
    const variant = { ...arch, levels: own.levels };
    for (const tiling of allTilings(layer, own.constraints)) {
      if (++built > LIMIT) return undefined;
      const orders = allOrders(tiling, own.constraints);
      if (!isSpread(tiling, variant, own.constraints)) continue;
      if (checkMapping(layer, variant, orders[0]!, model) !== undefined) continue;
      valid++;
      for (const mapping of orders) {
        if (costs.length >= LIMIT) return undefined;
        const { cycles, energyPj } = evaluate(layer, variant, mapping, model);
        costs.push({ cycles, energyPj });
      }
    }
  }
  return { built, valid, costs };
}

const cases = fc.tuple(
  architecture.chain((a) => fc.tuple(fc.constant(a), constraintsFor(a.levels.length))),
  problem,
  fc.constantFrom<ModelOptions>(
    { semantics: 'timeloop' },
    { semantics: 'exact' },
    { semantics: 'exact', startUp: true },
  ),
);

test('the optimum is that of plain enumeration over the whole mapspace, by every objective', () => {
  let compared = 0;
  const runs = 300;
  const property = fc.property(cases, ([[arch, constraints], layer, model]) => {
    const all = enumerate(layer, arch, constraints, model);
    if (all === undefined) return;
    const { built, valid, costs } = all;
    expect(mapspaceSize(layer, arch, constraints, model)).toEqual({ built, valid });
    for (const objective of Object.keys(RANKS) as Objective[]) {
      const rank = RANKS[objective];
      const result = findBestMapping(layer, arch, constraints, { objective, model });
      const shares = [0, 1, 2].map((index) =>
        searchShare(layer, arch, constraints, { objective, model, share: { index, of: 3 } }),
      );
      const merged = mergeShares(shares);
      expect(result.found).toBe(valid > 0);
      if (!result.found) return;
      expect(checkMapping(layer, result.architecture, result.mapping, model)).toBeUndefined();
      const [first, second] = rank(result.evaluation);
      const ranks = costs.map(rank);
      const best = Math.min(...ranks.map((own) => own[0]));
      expect(first / best).toBeCloseTo(1, 12);
      if (objective === 'cycles-then-energy') {
        expect(second / Math.min(...ranks.filter((own) => own[0] === best).map((own) => own[1]))).toBeCloseTo(1, 12);
      }
      expect(merged).toMatchObject({
        mapping: result.mapping,
        architecture: result.architecture,
        proven: true,
        gap: 0,
      });
      expect(result.evaluated).toBeLessThanOrEqual(costs.length);
      expect([result.proven, result.gap]).toEqual([true, 0]);
    }
    compared++;
  });
  fc.assert(property, { numRuns: runs, seed: 21 });
  expect(compared).toBeGreaterThan(runs / 4);
});

test('the Pareto set is that of plain enumeration', () => {
  let several = 0;
  const runs = 500;
  const property = fc.property(cases, ([[arch, constraints], layer, model]) => {
    const all = enumerate(layer, arch, constraints, model);
    if (all === undefined || all.valid === 0) return;
    const front = frontOf(all.costs);
    const result = findParetoMappings(layer, arch, constraints, { model });
    if (!result.found) throw new Error(result.message);
    for (const { mapping, architecture: own } of result.mappings) {
      expect(checkMapping(layer, own, mapping, model)).toBeUndefined();
    }
    const found = frontOf(result.mappings.map(({ evaluation }) => evaluation));
    expect(found.map(({ cycles }) => cycles)).toEqual(front.map(({ cycles }) => cycles));
    found.forEach(({ energyPj }, i) => expect(energyPj / front[i]!.energyPj).toBeCloseTo(1, 12));
    if (front.length > 1) several++;
  });
  fc.assert(property, { numRuns: runs, seed: 4 });
  expect(several).toBeGreaterThan(10);
});

/** Costs that no other one beats, by rising cycles; energies that differ by rounding alone are equal. */
function frontOf(costs: readonly Cost[]): Cost[] {
  const sorted = [...costs].sort((a, b) => a.cycles - b.cycles || a.energyPj - b.energyPj);
  return sorted.reduce<Cost[]>((front, cost) => {
    const last = front.at(-1);
    return last === undefined || cost.energyPj < last.energyPj * (1 - 1e-12) ? [...front, cost] : front;
  }, []);
}
