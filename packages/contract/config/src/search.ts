import { ArchonError, own, type Options, type Registered, type Registry, type Search } from '@archon-dse/core';
import { reportBadOption, reportUnknown } from './candidates.js';
import { entriesOf, isText, numberOf, toJson, valueAt, type Node } from './nodes.js';
import { fillDefaults } from './options.js';
import type { Problems } from './problems.js';

/** Keys of `search` that are no options of its strategy. */
const SEARCH_KEYS = ['strategy', 'budget', 'seed'] as const;

/**
 * Reads `{ strategy, budget, seed }` and the options of the strategy beside them.
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
  const points = numberOf(valueAt(valueAt(node, 'budget'), 'points'));
  if (entry === undefined || points === undefined) return undefined;
  const { meta } = entry.contribution;
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
    budget: { points },
    seed: numberOf(valueAt(node, 'seed')) ?? seed,
  };
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
