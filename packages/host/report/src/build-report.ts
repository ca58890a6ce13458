import { canonicalJson, type Confirmation, type Provenance, type Sweep } from '@archon-dse/core';
import { boundedReasons } from './bounded.js';
import { compareText } from './option-columns.js';
import { summarizeConstraints, summarizeReasons } from './off-front.js';
import { STATES, type PointTable } from './points/point-table.js';
import { readPoints } from './points/read-points.js';
import type { RecordSource } from './points/source.js';
import { TablePoint } from './points/table-point.js';
import { isSetting, refinedPairs } from './refinement.js';
import { searchSummary } from './search-summary.js';
import type { Counts, PointState, ReportModel, ReportProvenance } from './report-model.js';
import { bestPoints, summarizeGroups, summarizeOptions, summarizeVolume } from './summarize.js';

/**
 * Digest of a sweep's journal: fronts, hypervolumes, knees and summaries.
 *
 * Reads the head of each record once, and layers only when a rendering shows those of a point. The records' order and `timing` do not matter.
 *
 * @param total - points of the sweep, of both steps where it has two, with a record or without; by default all have one
 * @param confirmations - the second step: fronts and best values are of its points, once there are any
 * @param effort - of a search along an axis of effort its path into a point
 */
export function buildReport(
  sweep: Sweep,
  source: RecordSource,
  total?: number,
  confirmations?: readonly Confirmation[],
  effort?: string,
): ReportModel {
  const provenances = new Provenances();
  const table = readPoints(sweep, source, confirmations, ({ provenance }) => provenances.add(provenance));
  const points = table.ids.map((_, at) => new TablePoint(table, at));
  const { columns } = table.options;
  const metrics = metricNames(sweep, table);
  const volume = summarizeVolume(table);
  const refined = table.refines.size;
  return {
    name: sweep.name,
    ...(sweep.description === undefined ? {} : { description: sweep.description }),
    seed: sweep.seed,
    objectives: sweep.objectives,
    constraints: sweep.constraints,
    ...(sweep.groupBy === undefined ? {} : { groupBy: sweep.groupBy }),
    ...(sweep.metrics === undefined ? {} : { derived: sweep.metrics }),
    references: sweep.references ?? [],
    ...(sweep.refine && { refinement: { ...sweep.refine, pairs: refinedPairs(points, confirmations, metrics) } }),
    ...(sweep.search && { search: searchSummary(sweep.search, table, effort) }),
    counts: { ...countPoints(table, total), ...countFinals(sweep, refined, effort) },
    ...boundedReasons(summarizeReasons(points)),
    constraintChecks: summarizeConstraints(table, sweep.constraints),
    metrics,
    columns,
    points,
    table,
    ...(volume === undefined ? {} : { volume }),
    groups: summarizeGroups(table, volume),
    best: bestPoints(table),
    options: summarizeOptions(table, refined > 0, ({ key }) => !isSetting(sweep.refine, key)),
    provenance: {
      ...provenances.merged(),
      budgets: distinct(table.budgets.values.flat()),
      notCosted: table.notCosted.values,
    },
  };
}

/** Points that the front is made of where it is not made of all. */
function countFinals({ refine }: Sweep, finals: number, effort: string | undefined): Partial<Counts> {
  if (refine !== undefined) return { refined: finals };
  return effort === undefined ? {} : { fullEffort: finals };
}

function countPoints({ ids, states, ranks }: PointTable, total = ids.length): Counts {
  const counts = new Uint32Array(STATES.length);
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  const count = (state: PointState): number => counts[STATES.indexOf(state)] ?? 0;
  return {
    points: ids.length,
    total,
    feasible: count('feasible'),
    front: ranks.reduce((sum, rank) => sum + Number(rank === 1), 0),
    failed: count('failed'),
    notFinite: count('notFinite'),
    constraint: count('constraint'),
  };
}

function metricNames({ objectives, constraints }: Sweep, { metrics }: PointTable): string[] {
  const asked = [...objectives, ...constraints].map(({ metric }) => metric);
  return [...new Set([...asked, ...[...metrics.keys()].sort(compareText)])];
}

/** Where the numbers of all points come from, each source once. */
class Provenances {
  readonly #plugins = new Map<string, Provenance['plugins'][number]>();
  readonly #engines = new Set<string>();
  readonly #prices = new Map<string, Set<string>>();

  add({ plugins, engine, prices }: Provenance): void {
    for (const plugin of plugins) {
      this.#plugins.set(`${plugin.name}@${plugin.version} ${plugin.code ?? ''}`, plugin);
    }
    this.#engines.add(engine);
    for (const [component, source] of Object.entries(prices)) {
      const known = this.#prices.get(component);
      if (known === undefined) this.#prices.set(component, new Set([source]));
      else known.add(source);
    }
  }

  merged(): Omit<ReportProvenance, 'budgets' | 'notCosted'> {
    const byName = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => compareText(a, b));
    return {
      plugins: byName(this.#plugins).map(([, plugin]) => plugin),
      engines: [...this.#engines].sort(compareText),
      prices: Object.fromEntries(
        byName(this.#prices).map(([component, sources]) => [component, [...sources].sort(compareText)]),
      ),
    };
  }
}

/** In the order of the points, so that the stages of a chain stand together. */
function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((one) => [canonicalJson(one), one])).values()];
}
