import {
  ArchonError,
  axisSizes,
  own,
  spaceOf,
  type Options,
  type Registered,
  type Registry,
  type Search,
  type Sweep,
} from '@archon-dse/core';
import { reportBadOption, reportUnknown } from './candidates.js';
import { SEARCH_REQUIRED } from './grammar-parts.js';
import { entriesOf, isText, labelOf, numberOf, toJson, valueAt, type Node } from './nodes.js';
import { fillDefaults } from './options.js';
import type { Problems } from './problems.js';

/** Keys of `search` that are no options of its strategy. */
const SEARCH_KEYS = ['strategy', 'budget', 'seed'] as const;

/**
 * Reads `{ strategy, budget, seed }` and the options of the strategy beside them. A budget that is left out is endless, see {@link withBudget}.
 *
 * @param seed - of the sweep, for a search that gives none
 */
export function readSearch(
  node: Node | undefined,
  seed: number,
  registry: Registry,
  problems: Problems,
): Search | undefined {
  const entry = resolveStrategy(valueAt(node, 'strategy'), registry, problems);
  if (node === undefined || entry === undefined) return undefined;
  const { meta } = entry.contribution;
  const budget = valueAt(node, 'budget');
  if (budget === undefined && meta.isExhaustive !== true) reportNoBudget(node, problems);
  const given: [string, Options[string]][] = [];
  for (const [name, { key, value }] of entriesOf(node)) {
    if (SEARCH_KEYS.some((known) => known === name)) continue;
    const schema = own(meta.options, name);
    if (schema === undefined) {
      reportUnknown(key, meta, name, problems, [...Object.keys(meta.options), ...SEARCH_KEYS]);
      continue;
    }
    reportBadOption(meta, name, schema, { value: toJson(value), node: value }, problems);
    given.push([name, toJson(value)]);
  }
  return {
    strategy: entry.id,
    options: fillDefaults(meta, Object.fromEntries(given)),
    budget: { points: budget === undefined ? Infinity : (numberOf(valueAt(budget, 'points')) ?? 0) },
    seed: numberOf(valueAt(node, 'seed')) ?? seed,
  };
}

/** As the grammar reports any other key that is missing; it does not know strategies. */
function reportNoBudget(node: Node, problems: Problems): void {
  problems.add(labelOf(node), {
    code: 'ARCHON_SWEEP_MISSING_KEY',
    message: 'search lacks the key "budget"',
    expected: `at least: ${SEARCH_REQUIRED.join(', ')}`,
  });
}

/** A search without a budget has that of all combinations of its axes. */
export function withBudget(sweep: Sweep): Sweep {
  const { search } = sweep;
  if (search === undefined || search.budget.points < Infinity) return sweep;
  const combinations = axisSizes(spaceOf(sweep)).reduce((product, size) => product * size, 1);
  return { ...sweep, search: { ...search, budget: { points: Math.min(combinations, Number.MAX_SAFE_INTEGER) } } };
}

function resolveStrategy(
  node: Node | undefined,
  registry: Registry,
  problems: Problems,
): Registered<'strategy'> | undefined {
  if (!isText(node)) return undefined;
  try {
    return registry.resolve('strategy', node.value);
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    for (const diagnostic of error.diagnostics) problems.add(node, diagnostic);
    return undefined;
  }
}
