import { metricTitle } from '@archon-dse/core';
import { LineChart, ScatterChart } from 'echarts/charts';
import { MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useMemo } from 'preact/hooks';
import { Chart } from '../shared/chart/chart.js';
import type { Tip } from '../shared/chart/style.js';
import { Checkbox, Section, Select } from '../shared/controls.js';
import { scatterOption, type MarkData } from './charts/scatter-option.js';
import { ColoringLegend } from './legend.js';
import { colorChoices } from './state/coloring.js';
import type { View } from './state/marks.js';
import type { Point, Report } from './state/report.js';
import { setAxis, type SweepPage } from './state/sweep-page.js';

use([CanvasRenderer, LineChart, MarkLineComponent, ScatterChart]);

/** The trade-off plot: any two metrics, fronts highlighted and joined; a click or Enter chooses. */
export function TradeOffs({ page }: { readonly page: SweepPage }) {
  const lead =
    'Large marks are on the front of their group; a line joins the front of the two objectives shown.' +
    (page.report.summary.counts.refined
      ? ' Faint hollow marks were screened only; a dotted line leads to what one was refined to.'
      : '') +
    (page.report.summary.references.length === 0 ? '' : ' Dashed lines are published references, not measurements.');
  return (
    <Section id="trade-offs" title="Trade-offs" lead={lead}>
      <Controls page={page} />
      <ColoringLegend page={page} />
      <Plot page={page} />
      <Missing page={page} />
    </Section>
  );
}

function Controls({ page }: { readonly page: SweepPage }) {
  const { report, view, colorBy } = page;
  const { x, y, logX, logY, zoom, outside } = view.value;
  const change = (next: Partial<View>): void => {
    view.value = { ...view.value, ...next };
  };
  const metrics = report.summary.metrics.map((metric) => [metric, metricTitle(metric)] as const);
  const colors = useMemo(() => colorChoices(report), [report]);
  return (
    <div class="controls">
      <Select label="Horizontal" choices={metrics} chosen={x} onChoose={(metric) => setAxis(page, 'x', metric)} />
      <Checkbox
        label="log"
        fullName="Horizontal axis logarithmic"
        checked={logX}
        onChange={(log) => change({ logX: log })}
      />
      <Select label="Vertical" choices={metrics} chosen={y} onChoose={(metric) => setAxis(page, 'y', metric)} />
      <Checkbox
        label="log"
        fullName="Vertical axis logarithmic"
        checked={logY}
        onChange={(log) => change({ logY: log })}
      />
      <Select label="Colour" choices={colors} chosen={colorBy.value} onChoose={(key) => (colorBy.value = key)} />
      <Checkbox label="zoom to fronts" checked={zoom} onChange={(to) => change({ zoom: to })} />
      {report.summary.counts.constraint > 0 && (
        <Checkbox label="outside constraints" checked={outside} onChange={(to) => change({ outside: to })} />
      )}
    </div>
  );
}

function Plot({ page }: { readonly page: SweepPage }) {
  const { report, selected } = page;
  const view = page.view.value;
  const marks = page.marks.value;
  const { mask } = page.passing.value;
  const reachable = marks.order.filter(({ index }) => mask[index] === 1);
  const choose = (point: Point | undefined): void => {
    if (point !== undefined) selected.value = point.id;
  };
  const scene = { report, view, marks, coloring: page.coloring.value };
  const rings = { selected: page.chosen.value, compared: page.kept.value };
  return (
    <Chart
      label="Trade-off plot: a mark for each point. The table of points lists the same values."
      class="plot"
      marks={report.points.length}
      option={(colors, widthPx, place) => {
        const cursor = place === undefined ? undefined : reachable[place];
        const screenPx = document.documentElement.clientWidth;
        return scatterOption({ ...scene, rings: { ...rings, cursor }, widthPx, screenPx }, colors);
      }}
      tipOf={({ data }) => tipOf(report, view, report.points[(data as MarkData)[2]])}
      places={{
        count: reachable.length,
        sentence: (at) => sentence(report, view, reachable[at]),
        tipAt: (at) => [reachable[at]?.metrics[view.x] ?? 0, reachable[at]?.metrics[view.y] ?? 0],
        choose: (at) => choose(reachable[at]),
        start: () =>
          Math.max(
            0,
            reachable.findIndex(({ id }) => id === selected.value),
          ),
      }}
      onClick={({ data }) => choose(report.points[(data as MarkData | undefined)?.[2] ?? -1])}
    />
  );
}

/** Says which marks are missing and why. */
function Missing({ page }: { readonly page: SweepPage }) {
  const { notes } = page.marks.value;
  return (
    <p class="muted small" role="status">
      {notes.length > 0 && `Not shown: ${notes.join('; ')}.`}
    </p>
  );
}

/** A point's place and name, for reading out. */
function sentence({ show }: Report, { x, y }: View, point: Point | undefined): string {
  if (point === undefined) return '';
  const places = [...new Set([x, y])].map((metric) => `${metricTitle(metric)} ${show(metric, point.metrics[metric])}`);
  return `${[...places, point.label].join(', ')}${point.rank === 1 ? ', on the front' : ''}`;
}

/** Tooltip of a point: its objectives and what the axes show. */
function tipOf({ summary, show }: Report, { x, y }: View, point: Point | undefined): Tip | undefined {
  if (point === undefined) return undefined;
  const metrics = new Set([...summary.objectives.map(({ metric }) => metric), x, y]);
  return {
    title: point.label,
    rows: [...metrics].map((metric) => [metricTitle(metric), show(metric, point.metrics[metric])]),
  };
}
