import fc from 'fast-check';
import { expect, test } from 'vitest';
import { architecture, constraintsFor, problem } from '../../test/mapspace-cases.js';
import { allOrders, allTilings, allVariants, isSpread } from '../../test/plain-mapspace.js';
import { checkMapping } from '../model/check.js';
import { evaluate } from '../model/evaluate.js';
import type { ModelOptions } from '../model/model-options.js';
import { findBestMapping } from './mapper.js';
import { mergeShares, searchShare } from './shares.js';

const LIMIT = 800;

const cases = fc.tuple(
  architecture.chain((a) => fc.tuple(fc.constant(a), constraintsFor(a.levels.length))),
  problem,
  fc.constantFrom<ModelOptions>(
    { semantics: 'exact' },
    { semantics: 'exact', haloSharing: true },
    { semantics: 'exact', startUp: true },
  ),
  fc.constantFrom('exact' as const, 'remainders' as const, 'remainders' as const),
);

test('with remainders, and with halos shared, the optimum is that of plain enumeration', () => {
  let [compared, better] = [0, 0];
  const runs = 250;
  const property = fc.property(cases, ([[arch, constraints], layer, model, factors]) => {
    if (factors === 'exact' && model.haloSharing !== true) return;
    const options = { ...model, remainders: factors === 'remainders' };
    const costs: { readonly cycles: number; readonly energyPj: number }[] = [];
    let built = 0;
    for (const own of allVariants(arch, constraints)) {
      const variant = { ...arch, levels: own.levels };
      for (const tiling of allTilings(layer, own.constraints, options.remainders)) {
        if (++built > LIMIT) return;
        if (!isSpread(tiling, variant, own.constraints)) continue;
        const orders = allOrders(tiling, own.constraints);
        if (checkMapping(layer, variant, orders[0]!, options) !== undefined) continue;
        for (const mapping of orders) {
          if (costs.length >= LIMIT) return;
          costs.push(evaluate(layer, variant, mapping, model));
        }
      }
    }
    for (const objective of ['cycles-then-energy', 'energy-then-cycles', 'edp'] as const) {
      const result = findBestMapping(layer, arch, constraints, { objective, model, factors });
      expect(result.found).toBe(costs.length > 0);
      if (!result.found) return;
      expect(checkMapping(layer, result.architecture, result.mapping, options)).toBeUndefined();
      expect(result).toMatchObject({ proven: true, gap: 0 });
      const shares = [0, 1].map((index) =>
        searchShare(layer, arch, constraints, { objective, model, factors, share: { index, of: 2 } }),
      );
      expect(mergeShares(shares)).toMatchObject({ mapping: result.mapping, architecture: result.architecture });
      const { cycles, energyPj } = result.evaluation;
      const least = (of: (cost: (typeof costs)[number]) => number): number => Math.min(...costs.map(of));
      if (objective === 'edp') expect((cycles * energyPj) / least((e) => e.cycles * e.energyPj)).toBeCloseTo(1, 12);
      else if (objective === 'energy-then-cycles') expect(energyPj / least((e) => e.energyPj)).toBeCloseTo(1, 12);
      else {
        expect(cycles).toBe(least((e) => e.cycles));
        expect(energyPj / least((e) => (e.cycles === cycles ? e.energyPj : Infinity))).toBeCloseTo(1, 12);
        const exact = findBestMapping(layer, arch, constraints, { objective, model });
        if (exact.found && exact.evaluation.cycles > cycles) better++;
      }
    }
    compared++;
  });
  fc.assert(property, { numRuns: runs, seed: 5 });
  expect(compared).toBeGreaterThan(runs / 8);
  expect(better).toBeGreaterThan(0);
});

test('remainders need the exact semantics', () => {
  const level = {
    name: 'L',
    keeps: ['Weights', 'Inputs', 'Outputs'],
    blockSize: 1,
    accessEnergyPj: 1,
    meshX: 2,
    meshY: 1,
  } as const;
  const one = { C: 5, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
  const arch = { levels: [level], macs: 2, macEnergyPj: 1 };
  const spread = [{ spatialX: { dims: ['C'] } }] as const;
  expect(() => findBestMapping(one, arch, spread, { factors: 'remainders' })).toThrow('need the exact semantics');
  const model = { semantics: 'exact' } as const;
  // Five products on two MACs: three cycles, of which the second MAC is idle in the last.
  expect(findBestMapping(one, arch, spread, { factors: 'remainders', model })).toMatchObject({
    evaluation: { cycles: 3 },
  });
  expect(findBestMapping(one, arch, spread, { model })).toMatchObject({ evaluation: { cycles: 5 } });
});
