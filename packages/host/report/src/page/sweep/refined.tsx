import { metricTitle } from '@archon-dse/core';
import { pointLabel } from '../../option-columns.js';
import { isSetting } from '../../refinement.js';
import { changeText } from '../../units.js';
import { Section } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { ShowPoint } from './show-point.js';
import { comparedMetrics, refinedLead, refinedRows, standingOf, type RefinedRow } from './state/refined-rows.js';
import type { SweepPage } from './state/sweep-page.js';

/** Screened and refined points side by side, metric by metric; nothing before a second step has begun. */
export function Refined({ page }: { readonly page: SweepPage }) {
  const { report } = page;
  const rows = refinedRows(report);
  if (rows.length === 0) return null;
  const designs = report.columns.filter(({ key }) => !isSetting(report.summary.refinement, key));
  const columns: readonly Column<RefinedRow>[] = [
    {
      title: 'Point',
      cell: ({ after }) => <ShowPoint page={page} id={after.id} text={pointLabel(after.options, designs)} />,
    },
    ...comparedMetrics(report, rows).map((metric) => metricColumn(page, metric)),
    { title: 'Refined', cell: ({ after }) => standingOf(after), sortBy: ({ after }) => after.rank ?? Infinity },
  ];
  return (
    <Section id="refined" title="Screened and refined" lead={refinedLead(report, rows)}>
      <WideTable columns={columns} rows={rows} />
    </Section>
  );
}

/** Before, after and how much more that is; sorted by the last. */
function metricColumn({ report: { show } }: SweepPage, metric: string): Column<RefinedRow> {
  return {
    title: metricTitle(metric),
    numeric: true,
    cell: ({ before, after, change: { [metric]: change } }) => (
      <>
        {change === 0 ? '' : `${show(metric, before.metrics[metric])} → `}
        <strong>{show(metric, after.metrics[metric])}</strong>
        <small>{changeText(change)}</small>
      </>
    ),
    sortBy: ({ change }) => change[metric] ?? NaN,
    descendsFirst: true,
  };
}
