import type { OptionSchemas } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction, type Checked, type Definition } from './definition.js';
import type { Options } from './json.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';
import type { SearchProblem, Strategy, StrategyMeta } from './search/strategy.js';

/** A way to search, as the host sees it: one strategy for each choice of options and each problem. */
export interface StrategyContribution {
  readonly meta: StrategyMeta;
  /**
   * Called once a search.
   *
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  create(given: Options, problem: SearchProblem): Strategy;
}

export interface StrategyDefinition<O extends OptionSchemas, S>
  extends Definition<O>, Pick<StrategyMeta, 'isExhaustive'> {
  /** The search for these options, whose functions close over them and the problem. */
  readonly create: (options: OptionValues<O>, problem: SearchProblem) => Strategy<S>;
}

/**
 * Makes a strategy that a plugin can provide.
 *
 * @example
 * export const corners = defineStrategy({
 *   name: 'corners',
 *   title: 'Corners',
 *   description: 'The first and the last value of every axis.',
 *   source: 'made up',
 *   options: {},
 *   create: (_, { space }): Strategy<{ isDone: boolean }> => ({
 *     start: () => ({ isDone: false }),
 *     ask: ({ isDone }) => (isDone ? [] : [space.axes.map(() => 0), axisSizes(space).map((size) => size - 1)]),
 *     tell: () => ({ isDone: true }),
 *   }),
 * });
 */
export function defineStrategy<const O extends OptionSchemas, S>(
  definition: Checked<StrategyDefinition<O, S>, O>,
): StrategyContribution {
  const { create, rules, ...meta } = definition;
  requireFunction(meta.name, 'create', create);
  deepFreeze(meta); // defaults are handed to every search
  return { meta, create: (given, problem) => create(parseOptions(meta, given, rules), problem) };
}
