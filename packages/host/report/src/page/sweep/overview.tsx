import { metricTitle } from '@archon-dse/core';
import { estimateText, partialMark, volumeText } from '../../explain.js';
import { Section } from '../shared/controls.js';
import { Tile } from '../shared/frame.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { ShowPoint } from './show-point.js';
import type { Report } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';

/** Counts, hypervolume, knees and best points, each in a line or two. */
export function Tiles({ page }: { readonly page: SweepPage }) {
  const { summary, show } = page.report;
  const { counts, volume, groups, best } = summary;
  const excluded = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.constraint > 0 ? [`${counts.constraint} outside constraints`] : []),
    ...(counts.notFinite > 0 ? [`${counts.notFinite} without finite objectives`] : []),
  ];
  return (
    <div class="tiles">
      <Tile
        title="Points"
        value={partialMark(counts) || String(counts.points)}
        note={[...stepsOf(counts), ...excluded].join(', ') || 'all feasible'}
      />
      <Tile
        title={groups.length > 1 ? 'On the fronts' : 'On the front'}
        value={String(counts.front)}
        note={`of ${counts.feasible} feasible${groups.length > 1 ? `, ${groups.length} groups` : ''}`}
      />
      {volume !== undefined && (
        <Tile title="Hypervolume" value={volumeText(volume)} note={estimateText(volume) || 'of the best possible'} />
      )}
      {counts.front > 0 && <Knees page={page} />}
      {best.map(({ metric, direction, id, value }) => (
        <Tile
          key={metric}
          title={`${direction === 'minimize' ? 'Least' : 'Most'} ${metricTitle(metric).toLowerCase()}`}
          value={show(metric, value)}
        >
          <ShowPoint page={page} id={id} />
        </Tile>
      ))}
    </div>
  );
}

/** How many points each step has. */
function stepsOf({ points, refined = 0 }: Report['summary']['counts']): readonly string[] {
  return refined === 0 ? [] : [`${points - refined} screened`, `${refined} refined`];
}

function Knees({ page }: { readonly page: SweepPage }) {
  const { summary, kneeIds } = page.report;
  const knees = summary.groups.flatMap(({ key, knee }) => (knee === undefined ? [] : [{ key, id: knee.id }]));
  const buttons = knees.map(({ key, id }) => (
    <ShowPoint key={key} page={page} id={id} {...(knees.length === 1 ? {} : { text: key })} />
  ));
  return (
    <Tile
      title={kneeIds.size > 1 ? `Knees (${kneeIds.size})` : 'Knee'}
      value={kneeIds.size === 0 ? 'none' : kneeIds.size === 1 ? '1' : ''}
      note={kneeIds.size === 0 ? 'no front bulges past its extremes' : undefined}
    >
      {buttons.length > 1 ? <div class="choices">{buttons}</div> : buttons}
    </Tile>
  );
}

type Group = Report['summary']['groups'][number];

/** Fronts side by side, when there is more than one. */
export function Groups({ report: { summary, byId, show } }: { readonly report: Report }) {
  const { groups, groupBy, objectives } = summary;
  if (groupBy === undefined) return null;
  const columns: readonly Column<Group>[] = [
    { title: groupBy, cell: ({ key }) => key },
    { title: 'Points', numeric: true, cell: ({ points }) => String(points) },
    { title: 'On front', numeric: true, cell: ({ front }) => String(front.length) },
    { title: 'Hypervolume', numeric: true, cell: (group) => volumeText(group) },
    ...objectives.map(({ metric, direction }): Column<Group> => ({
      title: `Best ${metricTitle(metric).toLowerCase()}`,
      numeric: true,
      cell: ({ front }) => {
        const values = front.flatMap((id) => byId.get(id)?.metrics[metric] ?? []);
        const best = direction === 'minimize' ? Math.min(...values) : Math.max(...values);
        return show(metric, values.length === 0 ? undefined : best);
      },
    })),
    { title: 'Knee', cell: ({ knee }) => (knee === undefined ? '–' : (byId.get(knee.id)?.label ?? knee.id)) },
  ];
  return (
    <Section
      id="groups"
      title="Fronts by group"
      lead="Hypervolumes are measured against one reference, so they compare."
    >
      <WideTable columns={columns} rows={groups} />
    </Section>
  );
}
