import type { Architecture } from '../model/architecture.js';
import { evaluate } from '../model/evaluate.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Mapping } from '../model/mapping.js';
import type { Effort } from './effort.js';
import type { Jobs } from './jobs.js';
import { explainNoMapping, type NoMapping } from './mapper-explain.js';
import type { Choice, SearchTask } from './search.kernel.js';
import { toMapping } from './to-mapping.js';

/** What a search did. */
export interface SearchCounts {
  /** Whole mappings priced. */
  readonly evaluated: number;
  /** Partial and whole mappings bounded. */
  readonly considered: number;
  /** Partial mappings left, with all that is inside them, because of their bound. */
  readonly pruned: number;
  /** The search was exhaustive but for what bounds rule out: no mapping of the mapspace is better. False when it was stopped. */
  readonly proven: boolean;
}

/** A mapping of the constrained mapspace, with what it is a mapping to. */
export interface FoundMapping {
  readonly mapping: Mapping;
  /** The architecture of the call, or the variant of it that was chosen. */
  readonly architecture: Architecture;
  readonly evaluation: Evaluation;
}

/** The optimum of the constrained mapspace, or the best mapping a stopped search had found. */
export interface BestMapping extends SearchCounts, FoundMapping {
  readonly found: true;
  /** What no mapping of the mapspace can be below: cycles, or energy once the cycles are the least, or as the objective says. */
  readonly lowerBound: { readonly of: 'cycles' | 'energyPj' | 'edp'; readonly value: number };
  /** How far the mapping may be above the optimum at most, as a share of the bound; 0 when it is proven. */
  readonly gap: number;
}

/** The Pareto set of a mapspace. */
export interface ParetoMappings extends SearchCounts {
  readonly found: true;
  /** By rising cycles and falling energy. */
  readonly mappings: readonly FoundMapping[];
}

export function countsOf({ evaluated, considered, pruned, stopped }: Effort): SearchCounts {
  return { evaluated, considered, pruned, proven: !stopped };
}

export function foundMapping({ problem, model }: SearchTask, { variants }: Jobs, choice: Choice): FoundMapping {
  const variant = variants[choice.variant];
  if (variant === undefined) throw new Error('internal error: a choice of no variant');
  const { architecture, slots } = variant;
  const mapping = toMapping(slots, choice);
  return { mapping, architecture, evaluation: evaluate(problem, architecture, mapping, model) };
}

export function noMapping({ variants, overflows }: Jobs, { stopped }: Effort): NoMapping {
  const [own] = variants;
  if (stopped || own === undefined) {
    return { found: false, cause: 'stopped', message: 'the search was stopped before it found a mapping' };
  }
  return explainNoMapping(own.slots, own.architecture, own.spatial, overflows);
}
