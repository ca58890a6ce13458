import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import type { Architecture } from '../model/architecture.js';
import { evaluate } from '../model/evaluate.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Mapping } from '../model/mapping.js';
import type { ModelOptions } from '../model/model-options.js';
import type { Problem } from '../model/problem.js';
import { Effort, type EffortOptions } from './effort.js';
import { BestFound, compareRanks, ParetoFront, rankOf, type Rank } from './incumbent.js';
import { Jobs, type Cost } from './jobs.js';
import { explainNoMapping, type NoMapping } from './mapper-explain.js';
import type { Choice } from './search.kernel.js';
import { toMapping } from './to-mapping.js';

export interface MapperOptions extends EffortOptions {
  /** What to minimise; 'cycles-then-energy' when absent. Ties of 'energy-then-cycles' and 'edp' go to fewer cycles. */
  readonly objective?: Objective;
  /** How mappings are evaluated. */
  readonly model?: ModelOptions;
}

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

/**
 * Finds the best mapping of a problem within constraints, and proves it: the search is exhaustive, but for branches whose lower bound
 * is no better than a mapping already found. A budget or a signal ends it early, with the best mapping so far.
 *
 * Deterministic, unless seconds or a signal end it. Among mappings of equal cost the first one stays, in this order: spatial splits by lower
 * bound of their cost, then by ascending factors of the spatial slots (levels outermost first, X before Y, dimensions as in DIMS); temporal
 * factors ascending (levels outermost first, dimensions as in DIMS); loop orders by the place of their dimensions in DIMS.
 *
 * @throws RangeError when the constraints do not have one entry a level, a factor is not an integer >= 1, or a budget in seconds has no clock
 */
export function findBestMapping(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: MapperOptions = {},
): BestMapping | NoMapping {
  const { objective = 'cycles-then-energy', model = {} } = options;
  const incumbent = new BestFound(objective);
  const effort = new Effort(options);
  const rank = ({ cycles, energyPj }: Cost): Rank => rankOf(objective, cycles, energyPj);
  const task = { problem, model, incumbent, effort };
  const jobs = new Jobs(task, [{ architecture, constraints }], (a, b) => compareRanks(rank(a), rank(b)));
  jobs.run({ index: 0, of: 1 });
  if (incumbent.best === undefined) return noMapping(jobs, effort);
  let least = incumbent.rank;
  if (effort.stopped) {
    for (const cost of jobs.open()) if (compareRanks(rank(cost), least) < 0) least = rank(cost);
  }
  return {
    found: true,
    ...foundMapping(problem, jobs, incumbent.best, model),
    ...countsOf(effort),
    ...distance(objective, incumbent.rank, least),
  };
}

/** The Pareto set of a mapspace. */
export interface ParetoMappings extends SearchCounts {
  readonly found: true;
  /** By rising cycles and falling energy. */
  readonly mappings: readonly FoundMapping[];
}

/**
 * Finds every trade-off between cycles and energy: the mappings that no other one of the mapspace equals or beats in both. Of mappings with
 * the same cycles and energy the first one stays, in the order of `findBestMapping`, which also says what `options` and errors are.
 */
export function findParetoMappings(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: Omit<MapperOptions, 'objective'> = {},
): ParetoMappings | NoMapping {
  const { model = {} } = options;
  const incumbent = new ParetoFront();
  const effort = new Effort(options);
  const task = { problem, model, incumbent, effort };
  const byCycles = (a: Cost, b: Cost): number => a.cycles - b.cycles || a.energyPj - b.energyPj;
  const jobs = new Jobs(task, [{ architecture, constraints }], byCycles);
  jobs.run({ index: 0, of: 1 });
  if (incumbent.members.length === 0) return noMapping(jobs, effort);
  const mappings = incumbent.members.map(({ choice }) => foundMapping(problem, jobs, choice, model));
  return { found: true, mappings, ...countsOf(effort) };
}

function countsOf({ evaluated, considered, pruned, stopped }: Effort): SearchCounts {
  return { evaluated, considered, pruned, proven: !stopped };
}

function foundMapping(problem: Problem, { variants }: Jobs, choice: Choice, model: ModelOptions): FoundMapping {
  const variant = variants[choice.variant];
  if (variant === undefined) throw new Error('internal error: a choice of no variant');
  const mapping = toMapping(variant.slots, choice);
  const { architecture } = variant;
  return { mapping, architecture, evaluation: evaluate(problem, architecture, mapping, model) };
}

function noMapping({ variants }: Jobs, effort: Effort): NoMapping {
  const [own] = variants;
  if (effort.stopped || own === undefined) {
    return { found: false, cause: 'stopped', message: 'the search was stopped before it found a mapping' };
  }
  return explainNoMapping(own.slots, own.architecture, own.meshOverflow, own.search.overflows);
}

function distance(objective: Objective, best: Rank, least: Rank): Pick<BestMapping, 'lowerBound' | 'gap'> {
  const byCycles = objective === 'cycles-then-energy';
  if (byCycles && best.first > least.first) {
    return { lowerBound: { of: 'cycles', value: least.first }, gap: best.first / least.first - 1 };
  }
  const [own, value] = byCycles ? [best.second, least.second] : [best.first, least.first];
  return {
    lowerBound: { of: objective === 'edp' ? 'edp' : 'energyPj', value },
    gap: own === value ? 0 : own / value - 1,
  };
}
