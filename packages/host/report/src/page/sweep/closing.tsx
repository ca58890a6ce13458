import { metricTitle } from '@archon-dse/core';
import { DERIVED_HEADER, derivedRow } from '../../derived-table.js';
import { formatMetric } from '../../units.js';
import { Section, Sentences } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { foldSources, type SourceGroup } from './state/price-sources.js';
import type { Report } from './state/report.js';
import { rulesOf } from './state/rules.js';

type Summary = Report['summary'];

const PLUGIN_COLUMNS: readonly Column<Summary['provenance']['plugins'][number]>[] = [
  { title: 'Package', cell: ({ name }) => name },
  { title: 'Version', cell: ({ version }) => version },
  { title: 'API', cell: ({ apiVersion }) => String(apiVersion) },
];

/** Where the numbers come from and by which rules the fronts are drawn. */
export function Origins({ report }: { readonly report: Report }) {
  const { provenance, seed } = report.summary;
  return (
    <Section
      id="origins"
      title="Where these numbers come from"
      lead={`${provenance.engines.join(', ')}; seed ${seed}. The same journal gives the same page, byte for byte.`}
    >
      <div class="columns">
        <div>
          <h3>Prices</h3>
          {foldSources(provenance.prices).map((group) => (
            <Source key={group.estimator} group={group} />
          ))}
        </div>
        <div>
          <h3>Plugins</h3>
          <WideTable columns={PLUGIN_COLUMNS} rows={provenance.plugins} />
          <Derived summary={report.summary} />
          <References summary={report.summary} />
          <h3>Rules</h3>
          <Sentences texts={rulesOf(report)} />
        </div>
      </div>
    </Section>
  );
}

interface PricedAs {
  /** Empty but for the first variant. */
  readonly component: string;
  readonly clauses: readonly string[];
}

const SOURCE_COLUMNS: readonly Column<PricedAs>[] = [
  { title: 'Component', cell: ({ component }) => component },
  { title: 'Priced as', cell: ({ clauses }) => clauses.join('; ') },
];

/** Components with prices of one estimator; what each is priced as is folded away. */
function Source({ group: { estimator, components } }: { readonly group: SourceGroup }) {
  const rows = components.flatMap(({ name, variants }) =>
    variants.map((clauses, i): PricedAs => ({ component: i === 0 ? name : '', clauses })),
  );
  return (
    <details class="source">
      <summary>
        <strong>{estimator}</strong>
        <span class="muted">{` ${components.map(({ name }) => name).join(', ')}`}</span>
      </summary>
      <WideTable columns={SOURCE_COLUMNS} rows={rows} />
    </details>
  );
}

const referenceColumns = (derived: Summary['derived']): readonly Column<Summary['references'][number]>[] => [
  { title: 'Reference', cell: ({ label }) => label },
  { title: 'Metric', cell: ({ metric }) => metricTitle(metric) },
  { title: 'Value', numeric: true, cell: ({ metric, value }) => formatMetric(metric, value, derived) },
  { title: 'Source', cell: ({ source }) => source },
];

const DERIVED_COLUMNS: readonly Column<readonly string[]>[] = DERIVED_HEADER.map((title, i) => ({
  title,
  cell: (row) => row[i] ?? '',
}));

/** The formulas of metrics that nobody measures. */
function Derived({ summary: { derived = [] } }: { readonly summary: Summary }) {
  if (derived.length === 0) return null;
  return (
    <>
      <h3>Derived metrics</h3>
      <WideTable columns={DERIVED_COLUMNS} rows={derived.map(derivedRow)} />
    </>
  );
}

/** Published values beside which the plot draws lines. */
function References({ summary: { references, derived } }: { readonly summary: Summary }) {
  if (references.length === 0) return null;
  return (
    <>
      <h3>References</h3>
      <WideTable columns={referenceColumns(derived)} rows={references} />
    </>
  );
}
