import type { Architecture } from '../model/architecture.js';
import { evaluate } from '../model/evaluate.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Loop, LoopKind, Mapping } from '../model/mapping.js';
import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import { explainNoMapping, type NoMapping } from './mapper-explain.js';
import { mapspaceSlots, type MapspaceSlots } from '../mapspace/slots.js';
import { spatialSplits } from '../mapspace/splits.js';
import { DIMS, type Problem } from '../model/problem.js';
import { Search, type Choice } from './search.kernel.js';

export interface MapperOptions {
  /** What to minimise; 'cycles-then-energy' when absent. Ties of 'energy-then-cycles' and 'edp' go to fewer cycles. */
  readonly objective?: Objective;
}

/** The optimum of the constrained mapspace. */
export interface BestMapping {
  readonly found: true;
  readonly mapping: Mapping;
  readonly evaluation: Evaluation;
  /** Whole mappings priced. */
  readonly evaluated: number;
  /** Partial and whole mappings bounded. */
  readonly considered: number;
  /** The search is exhaustive: no mapping of the mapspace is better. */
  readonly proven: true;
}

/**
 * Finds the best mapping of a problem within constraints, and proves it: the search is exhaustive, but for branches whose lower bound
 * is no better than a mapping already found.
 *
 * Deterministic. Among mappings of equal cost the first one stays, in this order: spatial splits by lower bound of their cost, then by
 * ascending factors of the spatial slots (levels outermost first, X before Y, dimensions as in DIMS); temporal factors ascending (levels
 * outermost first, dimensions as in DIMS); loop orders by the place of their dimensions in DIMS.
 *
 * @throws RangeError when the constraints do not have one entry a level, or a factor is not an integer >= 1
 */
export function findBestMapping(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: MapperOptions = {},
): BestMapping | NoMapping {
  const slots = mapspaceSlots(problem, architecture, constraints);
  const spatial = spatialSplits(slots);
  const search = new Search(problem, architecture, slots, options.objective ?? 'cycles-then-energy');
  search.run(spatial.splits);
  if (search.best === undefined) return explainNoMapping(slots, architecture, spatial.overflow, search.overflows);
  const mapping = toMapping(slots, search.best);
  const { evaluated, considered } = search;
  return {
    found: true,
    mapping,
    evaluation: evaluate(problem, architecture, mapping),
    evaluated,
    considered,
    proven: true,
  };
}

function toMapping(slots: MapspaceSlots, { split, factors, orders }: Choice): Mapping {
  const loop = (dim: number, bound: number, kind: LoopKind): Loop => ({ dim: DIMS[dim] ?? 'C', bound, kind });
  return orders.map((order, level) => [
    ...order.map((dim) => loop(dim, factors[level * DIMS.length + dim] ?? 1, 'temporal')),
    ...slots.spatial.flatMap((slot, i) => {
      const bound = split.bounds[i] ?? 1;
      return slot.level === level && bound > 1 ? [loop(slot.dim, bound, `spatial${slot.axis}`)] : [];
    }),
  ]);
}
