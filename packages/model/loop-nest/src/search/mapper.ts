import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import type { Architecture } from '../model/architecture.js';
import type { ModelOptions } from '../model/model-options.js';
import type { Problem } from '../model/problem.js';
import { Effort, type EffortOptions } from './effort.js';
import { ParetoFront } from './incumbent.js';
import { Jobs, type Cost } from './jobs.js';
import type { NoMapping } from './mapper-explain.js';
import { countsOf, foundMapping, noMapping, type BestMapping, type ParetoMappings } from './results.js';
import { mergeShares, searchShare } from './shares.js';

export interface MapperOptions extends EffortOptions {
  /** What to minimise; 'cycles-then-energy' when absent. Ties of 'energy-then-cycles' and 'edp' go to fewer cycles. */
  readonly objective?: Objective;
  /**
   * `exact`, unless given: the bounds of a dimension multiply to the problem's. `remainders`: they may cover more, and the last tiles are
   * smaller; under the exact semantics only. Of the bounds that cover a problem none is larger than it must be.
   */
  readonly factors?: 'exact' | 'remainders';
  /** How mappings are evaluated. */
  readonly model?: ModelOptions;
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
  return mergeShares([searchShare(problem, architecture, constraints, options)]);
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
  const incumbent = new ParetoFront();
  const effort = new Effort(options);
  const task = { problem, model: options.model ?? {}, incumbent, effort, remainders: allowsRemainders(options) };
  const byCycles = (a: Cost, b: Cost): number => a.cycles - b.cycles || a.energyPj - b.energyPj;
  const jobs = new Jobs(task, architecture, constraints, byCycles, { index: 0, of: 1 });
  jobs.run();
  if (incumbent.members.length === 0) return noMapping(jobs, effort);
  const mappings = incumbent.members.map(({ choice }) => foundMapping(task, jobs, choice));
  return { found: true, mappings, ...countsOf(effort) };
}

/** @throws RangeError for remainders without exact semantics */
export function allowsRemainders({ factors, model }: Pick<MapperOptions, 'factors' | 'model'>): boolean {
  if (factors !== 'remainders') return false;
  if (model?.semantics !== 'exact') throw new RangeError("factors 'remainders' need the exact semantics");
  return true;
}
