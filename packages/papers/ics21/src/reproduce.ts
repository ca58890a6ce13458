import { didYouMean, fail } from '@archon-dse/core';
import { areas, type Areas } from './areas.js';
import { compareTable, type TableComparison } from './compare-table.js';
import type { Cost } from './costs.js';
import { TABLES, type TableParameters } from './data/parameters.js';
import { figuresOf, type NetworkFigures } from './figures.js';
import { HEADLINE, type Headline } from './headline.js';
import { ruleEffects, type RuleEffect } from './rule-effects.js';
import { allRules, type RuleStates } from './rules.js';
import type { CyclesFrom } from './sparse.js';
import { buildTable, type NetworkTable } from './table.js';
import { publishedParts } from './total-cells.js';
import { printedTotals, totalsOf } from './totals.js';

export interface ReproduceOptions {
  /** `mobilenet-v2`, `mnasnet`, `shufflenet` or `fusionet`; absent takes all. */
  readonly network?: string;
  /** `cifar10` or `cifar100`; absent takes both. */
  readonly dataset?: string;
  /** Absent takes all as published. */
  readonly rules?: RuleStates;
}

/** Cycles and energy of whole networks, and how often ARCHON is faster. */
export interface NetworkTotals {
  readonly network: string;
  readonly dataset: string;
  /** Network the dense and sparse figures belong to. */
  readonly baseline: string;
  /** Rules: `ics21` all as published, `corrected` all right, `custom` some of each. */
  readonly method: 'ics21' | 'corrected' | 'custom';
  /** `published` when every mapping is, else `searched`: cycles then agree, energies are those of our mappings. */
  readonly mappings: 'published' | 'searched';
  /** `recorded`: computed from passes in every layer of the blocks; `partly-given` and `given`: some, or all, are published figures. */
  readonly sparseCycles: 'recorded' | 'partly-given' | 'given';
  /** How many layers of the sparse blocks have computed cycles, and how many quoted ones of each kind. */
  readonly sparseLayers: Readonly<Record<CyclesFrom, number>>;
  readonly dense: Cost;
  readonly sparse: Cost;
  readonly archon: Cost;
  readonly speedupDense: number;
  readonly speedupSparse: number;
  /** The same as printed by the publication, whatever the rules. */
  readonly printed: Readonly<Record<'dense' | 'sparse' | 'archon', Cost>>;
}

/** Whole networks and their blocks. */
export interface Figures {
  readonly totals: readonly NetworkTotals[];
  /** One entry for each of `totals`. */
  readonly networks: readonly NetworkFigures[];
}

export interface Reproduction extends Figures {
  readonly tables: readonly TableComparison[];
  readonly rules: readonly RuleEffect[];
  readonly areas: Areas;
  readonly headline: Headline;
}

/**
 * Computes the published tables from their parameters, mappings and recorded passes, and compares them cell by cell.
 *
 * @throws ArchonError ARCHON_USAGE when there is no such table
 */
export function reproduceIcs21(options: ReproduceOptions = {}): Reproduction {
  const rules = options.rules ?? allRules('published');
  const chosen = chooseTables(options);
  const built = chosen.map((parameters) => buildTable(parameters, rules));
  return {
    tables: built.flatMap((table) => compareTable(table, rules)),
    ...figuresOfTables(built, rules),
    rules: ruleEffects(chosen, rules),
    areas: areas(rules),
    headline: HEADLINE,
  };
}

/**
 * The figures of the tables alone: no comparison, no effects of rules.
 *
 * @throws ArchonError ARCHON_USAGE when there is no such table
 */
export function computeIcs21(options: ReproduceOptions = {}): Figures {
  const rules = options.rules ?? allRules('published');
  return figuresOfTables(
    chooseTables(options).map((parameters) => buildTable(parameters, rules)),
    rules,
  );
}

function figuresOfTables(tables: readonly NetworkTable[], rules: RuleStates): Figures {
  const method = methodOf(rules);
  return { totals: tables.map((table) => networkTotals(table, method)), networks: tables.map(figuresOf) };
}

function methodOf(rules: RuleStates): NetworkTotals['method'] {
  const states = new Set(Object.values(rules));
  if (states.size > 1) return 'custom';
  return states.has('corrected') ? 'corrected' : 'ics21';
}

function networkTotals(table: NetworkTable, method: NetworkTotals['method']): NetworkTotals {
  const { network, dataset, baseline } = table.parameters;
  const { dense, sparse, archon, sparseLayers } = totalsOf(table);
  return {
    network,
    dataset,
    baseline: baseline.name,
    method,
    mappings: Object.values(publishedParts(table)).every(Boolean) ? 'published' : 'searched',
    sparseCycles: sparseCyclesOf(sparseLayers),
    sparseLayers,
    dense,
    sparse,
    archon,
    speedupDense: dense.cycles / archon.cycles,
    speedupSparse: sparse.cycles / archon.cycles,
    printed: printedTotals(table),
  };
}

function sparseCyclesOf({
  recorded,
  given,
  overwritten,
}: NetworkTotals['sparseLayers']): NetworkTotals['sparseCycles'] {
  if (recorded === 0) return 'given';
  return given + overwritten === 0 ? 'recorded' : 'partly-given';
}

function chooseTables({ network, dataset }: ReproduceOptions): readonly TableParameters[] {
  requireKnown('network', network, [...new Set(TABLES.map((table) => table.network))]);
  requireKnown('dataset', dataset, [...new Set(TABLES.map((table) => table.dataset))]);
  const chosen = TABLES.filter(
    (table) =>
      (network === undefined || table.network === network) && (dataset === undefined || table.dataset === dataset),
  );
  if (chosen.length > 0) return chosen;
  return fail({
    code: 'ARCHON_USAGE',
    message: `the publication has no table of "${network}" on "${dataset}"`,
    expected: `one of: ${TABLES.map((table) => `${table.network}/${table.dataset}`).join(', ')}`,
  });
}

function requireKnown(what: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  const hint = didYouMean(value, known);
  fail({
    code: 'ARCHON_USAGE',
    message: `no published ${what} is called "${value}"`,
    expected: `one of: ${known.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}
