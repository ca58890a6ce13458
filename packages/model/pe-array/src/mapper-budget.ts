import { percentText } from '@archon-dse/core';
import type { BestMapping, MapperOptions, NoMapping } from '@archon-dse/loop-nest';
import type { NestRequest } from './nest-request.js';

/** How far a mapping may be from the best one at most. */
export interface MappingBound {
  readonly of: BestMapping['lowerBound']['of'];
  /** As a share, >= 0. */
  readonly gap: number;
}

/** Searches within the budget of a request; with twice the budget, and so on, where it ends before there is any mapping. */
export function untilFound<R extends { readonly found: true } | NoMapping>(
  { objective = 'cycles-then-energy', factors = 'exact', model = {}, budget }: NestRequest,
  search: (options: MapperOptions) => R,
): R {
  const options = { objective, factors, model };
  if (budget === undefined) return search(options);
  for (let evaluations = budget; ; evaluations *= 2) {
    const result = search({ ...options, budget: { evaluations } });
    if (result.found || result.cause !== 'stopped') return result;
  }
}

const COSTS = { cycles: 'cycles', energyPj: 'energy', edp: 'energy times cycles' } as const;

/** Says what is proven of a mapping whose search was stopped. */
export function budgetNotes(bound: MappingBound | undefined): readonly string[] {
  if (bound === undefined) return [];
  const { of, gap } = bound;
  const cost = COSTS[of];
  if (gap === 0) return [`the mapper stopped at its budget: the best mapping has the same ${cost}`];
  const most = percentText(Math.ceil(1000 * gap) / 1000); // never less than it is
  return [`the mapper stopped at its budget: its ${cost} may be up to ${most} above the best`];
}
