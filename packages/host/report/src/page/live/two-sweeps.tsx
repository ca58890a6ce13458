import { metricTitle } from '@archon-dse/core';
import { useMemo } from 'preact/hooks';
import { countText, shareText, unitFor } from '../../units.js';
import { Chart } from '../shared/chart/chart.js';
import { Section, Select } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import type { Point, Report } from '../sweep/state/report.js';
import { frontsOption, SIDES, type FrontMark, type ShownMetric } from './charts/fronts-option.js';
import type { LivePage } from './state/live-page.js';
import { compareSweeps, type SweepSide, type TwoSweepsCompared } from './state/two-sweeps.js';

/** The sweep beside another one that is served; nothing where there is no other. */
export function TwoSweeps({ page }: { readonly page: LivePage }) {
  const others = (page.sweeps.value ?? []).filter(({ id }) => id !== page.sweep.value);
  const [one, other] = [page.report.value?.report, page.other.value];
  if (others.length === 0 || one === undefined) return null;
  const choices = [['', 'no other sweep'], ...others.map(({ id, name }) => [id, name] as const)] as const;
  return (
    <Section
      id="two-sweeps"
      title="Beside another sweep"
      lead="Fronts of both over all groups. One reference, that of the feasible points of both, measures both hypervolumes."
    >
      <div class="controls">
        <Select
          label="Compare with"
          choices={choices}
          chosen={page.beside.value}
          onChoose={(id) => (page.beside.value = id)}
        />
      </div>
      {page.beside.value !== '' &&
        (other === undefined ? <p class="muted">Its report is being read.</p> : <Both one={one} other={other} />)}
    </Section>
  );
}

function Both({ one, other }: { readonly one: Report; readonly other: Report }) {
  const compared = useMemo(() => compareSweeps(one, other), [one, other]);
  if (compared === undefined) return <p class="muted">They have no objective in common, or no feasible point.</p>;
  return (
    <>
      <Figures compared={compared} />
      <Fronts compared={compared} report={one} />
      <OnlyInOne compared={compared} report={one} />
    </>
  );
}

interface Row {
  readonly title: string;
  readonly of: (side: SweepSide) => string;
}

const ROWS: readonly Row[] = [
  { title: 'Points', of: ({ points }) => countText(points) },
  { title: 'Feasible', of: ({ feasible }) => countText(feasible) },
  { title: 'On the front', of: ({ front }) => countText(front.length) },
  { title: 'Hypervolume', of: ({ share, isExact }) => `${isExact ? '' : '≈ '}${shareText(share)}` },
  { title: 'Front points that the other front dominates', of: ({ dominated }) => countText(dominated) },
  { title: 'Points only here', of: ({ only }) => countText(only) },
  { title: 'Front points only here', of: ({ onlyOnFront }) => countText(onlyOnFront.length) },
];

function Figures({ compared: { sides, inBoth } }: { readonly compared: TwoSweepsCompared }) {
  const columns: readonly Column<Row>[] = [
    { title: 'Figure', names: true, cell: ({ title }) => title },
    ...sides.map((side, at): Column<Row> => ({ title: nameOf(sides, at), numeric: true, cell: ({ of }) => of(side) })),
  ];
  return (
    <>
      <WideTable columns={columns} rows={ROWS} />
      <p class="muted small">{`${countText(inBoth)} points are in both.`}</p>
    </>
  );
}

/** Two sweeps of one name are told apart. */
function nameOf(sides: TwoSweepsCompared['sides'], at: number): string {
  const name = sides[at]?.name ?? '';
  return at === 1 && sides[0].name === name ? `${name} (the other)` : name;
}

interface ComparedProps {
  readonly compared: TwoSweepsCompared;
  readonly report: Report;
}

function Fronts({ compared: { objectives, sides }, report }: ComparedProps) {
  const [first, second = first] = objectives;
  if (first === undefined || second === undefined) return null;
  const shown = (metric: string): ShownMetric => ({ metric, unit: report.units.get(metric) ?? unitFor(metric, []) });
  const axes = [shown(first.metric), shown(second.metric)] as const;
  const marks = sides.flatMap(({ front }, side) =>
    front.map((point): FrontMark => ({ side: side === 0 ? 0 : 1, point })),
  );
  const valuesOf = ({ point }: FrontMark) =>
    objectives.map(({ metric }) => [metricTitle(metric), report.show(metric, point.metrics[metric])] as const);
  const nameAt = ({ side }: FrontMark): string => nameOf(sides, side);
  return (
    <>
      <Legend entries={SIDES.map(({ css }, side) => [nameOf(sides, side), { color: css, css }])} />
      <Chart
        label="Fronts of both sweeps; the tables list the same."
        class="fronts"
        marks={marks.length}
        option={(colors, _, place) => frontsOption(marks, axes, marks[place ?? -1], colors)}
        tipOf={({ data }) => {
          const mark = marks[(data as readonly number[])[2] ?? -1];
          return mark && { title: `${nameAt(mark)}: ${mark.point.label}`, rows: valuesOf(mark) };
        }}
        places={{
          count: marks.length,
          sentence: (at) => {
            const mark = marks[at];
            return mark === undefined
              ? ''
              : [nameAt(mark), mark.point.label, ...valuesOf(mark).map((value) => value.join(' '))].join(', ');
          },
          tipAt: (at) => [marks[at]?.point.metrics[first.metric] ?? 0, marks[at]?.point.metrics[second.metric] ?? 0],
        }}
      />
    </>
  );
}

/** Of very many some are left out. */
const MOST_ROWS = 50;

function OnlyInOne({ compared: { objectives, sides }, report }: ComparedProps) {
  const rows = sides.flatMap(({ onlyOnFront }, side) =>
    onlyOnFront.map((point): FrontMark => ({ side: side === 0 ? 0 : 1, point })),
  );
  if (rows.length === 0) return null;
  const columns: readonly Column<FrontMark>[] = [
    { title: 'Front point only in', cell: ({ side }) => nameOf(sides, side) },
    { title: 'Point', cell: ({ point }: { readonly point: Point }) => point.label },
    ...objectives.map(({ metric }): Column<FrontMark> => ({
      title: metricTitle(metric),
      numeric: true,
      cell: ({ point }) => report.show(metric, point.metrics[metric]),
    })),
  ];
  return (
    <>
      <WideTable columns={columns} rows={rows.slice(0, MOST_ROWS)} />
      {rows.length > MOST_ROWS && <p class="muted small">{`and ${countText(rows.length - MOST_ROWS)} more`}</p>}
    </>
  );
}
