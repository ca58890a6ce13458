import { metricTitle } from '@archon-dse/core';
import { omittedValuesText } from '../../bounded.js';
import { valueText } from '../../option-columns.js';
import { countText, shareText } from '../../units.js';
import { Note, Section, ShareBar } from '../shared/controls.js';
import { Name, WideTable, type Column } from '../shared/table/table.js';
import { importances, type Importance } from './state/importance.js';
import type { Report } from './state/report.js';

/** How much of each objective an option explains by itself. */
export function Importances({ report }: { readonly report: Report }) {
  const metrics = report.summary.objectives.map(({ metric }) => metric);
  const rows = importances(report, metrics);
  const shown = metrics.filter((metric) => rows.some(({ shares }) => metric in shares));
  if (rows.length === 0 || shown.length === 0) return null;
  const columns: readonly Column<Importance>[] = [
    { title: 'Option', cell: ({ label }) => <OptionName label={label} /> },
    ...shown.map((metric) => ({
      title: metricTitle(metric),
      cell: ({ shares }: Importance) => <Effect share={shares[metric]} />,
    })),
  ];
  return (
    <Section
      id="importance"
      title="Which options matter"
      lead="Share of the variation over all feasible points that an option explains by itself (main effects). In a full grid they add up to 100 % less what options do only together; options that change only with another one share its effect."
    >
      <WideTable columns={columns} rows={rows} />
    </Section>
  );
}

function OptionName({ label }: { readonly label: string }) {
  return (
    <strong>
      <Name>{label}</Name>
    </strong>
  );
}

function Effect({ share }: { readonly share: number | undefined }) {
  if (share === undefined) return <>–</>;
  return (
    <div class="effect">
      <ShareBar share={share} />
      <span>{shareText(share)}</span>
    </div>
  );
}

type Option = Report['summary']['options'][number];
/** A value of an option; the first of them is beside the option's name. */
type Value = Option['values'][number] & { readonly option: string };

/** What each value of each varied option reaches. */
export function Options({ report: { summary, show } }: { readonly report: Report }) {
  const { options, objectives, counts } = summary;
  if (options.length === 0) return null;
  const rows = options.flatMap(({ label, values }) =>
    values.map((value, i): Value => ({ ...value, option: i === 0 ? label : '' })),
  );
  const columns: readonly Column<Value>[] = [
    { title: 'Option', cell: ({ option }) => option !== '' && <OptionName label={option} /> },
    { title: 'Value', cell: ({ value }) => <Name>{valueText(value)}</Name> },
    {
      title: 'Feasible',
      numeric: true,
      cell: ({ feasible, points }) => `${countText(feasible)} of ${countText(points)}`,
    },
    { title: 'On front', numeric: true, cell: ({ front }) => countText(front) },
    {
      title: 'Share of the front',
      cell: ({ front }) => <ShareBar share={counts.front === 0 ? 0 : front / counts.front} />,
    },
    ...objectives.map(({ metric }): Column<Value> => ({
      title: `Best ${metricTitle(metric).toLowerCase()}`,
      numeric: true,
      cell: ({ best }) => show(metric, best[metric]),
    })),
  ];
  return (
    <Section
      id="options"
      title="What each option reaches"
      lead="Best values are over feasible points, whatever the other options are."
    >
      <WideTable columns={columns} rows={rows} />
      <Note text={omittedValuesText(options)} />
    </Section>
  );
}
