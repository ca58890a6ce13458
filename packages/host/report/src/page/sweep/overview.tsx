import { metricTitle } from '@archon-dse/core';
import { MOST_LISTED } from '../../bounded.js';
import { estimateText, partialMark, volumeText } from '../../explain.js';
import { countText } from '../../units.js';
import { Note, Section } from '../shared/controls.js';
import { Tile } from '../shared/frame.js';
import { Name, WideTable, type Column } from '../shared/table/table.js';
import { ShowPoint } from './show-point.js';
import type { Report } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';

/** Counts, hypervolume, knees and best points, each in a line or two. */
export function Tiles({ page }: { readonly page: SweepPage }) {
  const { summary, show } = page.report;
  const { counts, volume, groups, best } = summary;
  const excluded = [
    ...(counts.failed > 0 ? [`${countText(counts.failed)} failed`] : []),
    ...(counts.constraint > 0 ? [`${countText(counts.constraint)} outside constraints`] : []),
    ...(counts.notFinite > 0 ? [`${countText(counts.notFinite)} without finite objectives`] : []),
  ];
  return (
    <div class="tiles">
      <Tile
        title="Points"
        value={partialMark(counts) || countText(counts.points)}
        note={[...stepsOf(counts), ...excluded].join(', ') || 'all feasible'}
      />
      <Tile
        title={groups.length > 1 ? 'On the fronts' : 'On the front'}
        value={countText(counts.front)}
        note={`of ${countText(counts.feasible)} feasible${groups.length > 1 ? `, ${countText(groups.length)} groups` : ''}`}
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

/** How many points each step has; those of a search by effort that did not get all of it are screened too. */
function stepsOf(counts: Report['summary']['counts']): readonly string[] {
  const { points, refined = 0, feasible, failed, constraint, notFinite } = counts;
  if (refined > 0) return [`${countText(points - refined)} screened`, `${countText(refined)} refined`];
  const screened = points - feasible - failed - constraint - notFinite;
  return screened === 0 ? [] : [`${countText(screened)} screened`];
}

/** Knees that have a button; the table of groups has more. */
const MOST_KNEES = 20;

function Knees({ page }: { readonly page: SweepPage }) {
  const { summary, kneeIds } = page.report;
  const knees = summary.groups.flatMap(({ key, knee }) => (knee === undefined ? [] : [{ key, id: knee.id }]));
  const buttons = knees
    .slice(0, MOST_KNEES)
    .map(({ key, id }) => <ShowPoint key={key} page={page} id={id} {...(knees.length === 1 ? {} : { text: key })} />);
  return (
    <Tile
      title={kneeIds.size > 1 ? `Knees (${countText(kneeIds.size)})` : 'Knee'}
      value={kneeIds.size === 0 ? 'none' : kneeIds.size === 1 ? '1' : ''}
      note={kneeIds.size === 0 ? 'no front bulges past its extremes' : undefined}
    >
      {buttons.length > 1 ? <div class="choices">{buttons}</div> : buttons}
      {knees.length > MOST_KNEES && <p class="note">{`and ${countText(knees.length - MOST_KNEES)} more`}</p>}
    </Tile>
  );
}

type Group = Report['summary']['groups'][number];

/** Fronts side by side, when there is more than one. */
export function Groups({ report: { summary, byId, show } }: { readonly report: Report }) {
  const { groups, groupBy, objectives } = summary;
  if (groupBy === undefined) return null;
  const left = groups.length - MOST_LISTED;
  const columns: readonly Column<Group>[] = [
    { title: groupBy, cell: ({ key }) => <Name>{key}</Name> },
    { title: 'Points', numeric: true, cell: ({ points }) => countText(points) },
    { title: 'On front', numeric: true, cell: ({ front }) => countText(front.length) },
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
      <WideTable columns={columns} rows={groups.slice(0, MOST_LISTED)} />
      <Note text={left > 0 ? `Not listed: ${countText(left)} more groups; summary.json has them.` : ''} />
    </Section>
  );
}
