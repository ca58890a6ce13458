import { metricTitle } from '@archon-dse/core';
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
  const { provenance, references, seed } = report.summary;
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
          <References references={references} />
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

const REFERENCE_COLUMNS: readonly Column<Summary['references'][number]>[] = [
  { title: 'Reference', cell: ({ label }) => label },
  { title: 'Metric', cell: ({ metric }) => metricTitle(metric) },
  { title: 'Value', numeric: true, cell: ({ metric, value }) => formatMetric(metric, value) },
  { title: 'Source', cell: ({ source }) => source },
];

/** Published values beside which the plot draws lines. */
function References({ references }: Pick<Summary, 'references'>) {
  if (references.length === 0) return null;
  return (
    <>
      <h3>References</h3>
      <WideTable columns={REFERENCE_COLUMNS} rows={references} />
    </>
  );
}
