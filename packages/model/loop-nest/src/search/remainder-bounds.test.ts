import fc from 'fast-check';
import { expect, test } from 'vitest';
import { architecture, constraintsFor, problem } from '../../test/mapspace-cases.js';
import { allOrders, allTilings, isSpread } from '../../test/plain-mapspace.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { mapspaceSlots, type MapspaceSlots } from '../mapspace/slots.js';
import type { Architecture } from '../model/architecture.js';
import { checkMapping } from '../model/check.js';
import { evaluate } from '../model/evaluate.js';
import type { Mapping } from '../model/mapping.js';
import type { ModelOptions } from '../model/model-options.js';
import { DIMS, type Problem } from '../model/problem.js';
import type { Effort } from './effort.js';
import { BestFound } from './incumbent.js';
import { RemainderPrices } from './remainder-prices.kernel.js';
import { SplitNest } from './split-nest.kernel.js';
import { TileBounds } from './tile-bounds.kernel.js';

const MOST = 200;
const placeOf = (dim: string): number => DIMS.findIndex((name) => name === dim);

/** A mapping as the choices a search makes. */
function choiceOf(slots: MapspaceSlots, mapping: Mapping) {
  const loops = mapping.flatMap((own, level) => own.map((loop) => ({ ...loop, level, place: placeOf(loop.dim) })));
  const bounds = slots.spatial.map(
    ({ level, axis, dim }) =>
      loops.find((loop) => loop.level === level && loop.kind === `spatial${axis}` && loop.place === dim)?.bound ?? 1,
  );
  const temporal = loops.filter(({ kind, bound }) => kind === 'temporal' && bound > 1);
  const factors = new Int32Array(mapping.length * DIMS.length).fill(1);
  for (const { level, place, bound } of temporal) factors[level * DIMS.length + place] = bound;
  const orders = mapping.map((_, l) => temporal.filter(({ level }) => level === l).map(({ place }) => place));
  const rest = DIMS.map((_, dim) =>
    temporal.reduce((product, { place, bound }) => (place === dim ? product * bound : product), 1),
  );
  return { split: { bounds, rest }, factors, orders };
}

/** Bounds of a mapping, with ever more of its levels chosen. */
function boundsOf(layer: Problem, arch: Architecture, slots: MapspaceSlots, mapping: Mapping, model: ModelOptions) {
  const nest = new SplitNest(layer, slots, model);
  const tiles = new TileBounds(arch, slots, nest, true);
  const incumbent = new BestFound('cycles-then-energy');
  const task = { problem: layer, model, incumbent, effort: {} as Effort, remainders: true };
  const prices = new RemainderPrices(task, arch, slots, nest, tiles);
  const choice = choiceOf(slots, mapping);
  nest.open(choice.split);
  prices.start();
  prices.tighten();
  return mapping.map((_, chosen) => {
    prices.price(chosen, choice);
    const { cycles, energyPj } = prices;
    for (let dim = 0; dim < DIMS.length; dim++) nest.rest[dim]! /= choice.factors[chosen * DIMS.length + dim]!;
    nest.push(chosen, choice.orders[chosen]!, choice.factors);
    return { chosen, cycles, energyPj };
  });
}

const free = (levels: number): MapspaceConstraints =>
  Array.from({ length: levels }, () => ({ spatialX: { dims: [...DIMS] } }));

test('bounds of nests with remainders never exceed what they bound', () => {
  let compared = 0;
  const cases = fc.tuple(
    architecture.chain((arch) =>
      fc.tuple(fc.constant(arch), fc.oneof(constraintsFor(arch.levels.length), fc.constant(free(arch.levels.length)))),
    ),
    problem,
    fc.constantFrom<ModelOptions>({ semantics: 'exact' }, { semantics: 'exact', haloSharing: true }),
    fc.nat(),
  );
  fc.assert(
    fc.property(cases, ([[arch, constraints], layer, model, pick]) => {
      const slots = mapspaceSlots(layer, arch, constraints);
      let [seen, taken] = [0, 0];
      for (const tiling of allTilings(layer, constraints, true)) {
        if (++seen > 20 * MOST) return;
        if ((seen * 7 + pick) % 5 !== 0 || !isSpread(tiling, arch, constraints)) continue;
        const orders = allOrders(tiling, constraints);
        const mapping = orders[(seen + pick) % orders.length]!;
        if (checkMapping(layer, arch, mapping, { ...model, remainders: true }) !== undefined) continue;
        if (++taken > MOST) return;
        const truth = evaluate(layer, arch, mapping, model);
        for (const { chosen, cycles, energyPj } of boundsOf(layer, arch, slots, mapping, model)) {
          const where = `${JSON.stringify(mapping)} with ${chosen} levels chosen`;
          expect(cycles, where).toBeLessThanOrEqual(truth.cycles);
          expect(energyPj, where).toBeLessThanOrEqual(truth.energyPj * (1 + 1e-12));
        }
        compared++;
      }
    }),
    { numRuns: 250, seed: 8 },
  );
  expect(compared).toBeGreaterThan(1000);
});
