import { LineChart, ScatterChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { metricTitle } from '../../units.js';
import type { Stop } from '../shared/chart-keys.js';
import { createChart, tooltip, type Chart } from '../shared/charts.js';
import { checkbox, h, section, select } from '../shared/dom.js';
import { theme } from '../shared/theme.js';
import { colorChoices, coloring } from './coloring.js';
import { spansDecades } from './default-axes.js';
import { legendOf } from './legend.js';
import { marksOf, type Marks, type View } from './marks.js';
import type { Point, Report } from './report.js';
import { scatterOption, type MarkData, type Scene } from './scatter-option.js';
import type { PageState } from './state.js';

use([LineChart, ScatterChart]);

/** Plots up to here have no room for names beside marks. */
const NARROW_PX = 480;

/** The trade-off plot: any two metrics, fronts highlighted and joined; a click or Enter chooses. */
export function scatterSection(report: Report, state: PageState): HTMLElement {
  const legend = h('div');
  const notes = h('p', { class: 'muted small', role: 'status' });
  const plot = scatterChart(report, state);
  const remake = (): void => {
    const missing = plot.remake();
    notes.textContent = missing.length === 0 ? '' : `Not shown: ${missing.join('; ')}.`;
  };
  const relegend = (): void => legend.replaceChildren(legendOf(state.coloring.value));
  remake();
  relegend();
  for (const signal of [state.view, state.coloring, state.passing]) signal.onChange(remake);
  for (const signal of [state.coloring, theme]) signal.onChange(relegend);
  for (const signal of [state.selected, state.compared]) signal.onChange(() => plot.chart.redraw());
  const lead =
    'Large marks are on the front of their group; a line joins the front of the two objectives shown.' +
    (report.summary.references.length === 0 ? '' : ' Dashed lines are published references, not measurements.');
  return section('trade-offs', 'Trade-offs', lead, controlsOf(report, state), legend, plot.chart.element, notes);
}

/** The plot, and what makes its marks anew and says which are missing. */
function scatterChart(
  report: Report,
  state: PageState,
): { readonly chart: Chart; readonly remake: () => readonly string[] } {
  const make = (): Marks => marksOf(report, state.view.value, state.coloring.value, state.passing.value.mask);
  let marks = make();
  let cursor: Point | undefined;
  const reachable = (): readonly Point[] => marks.order.filter(({ index }) => state.passing.value.mask[index] === 1);
  const scene = (): Scene => ({
    report,
    view: state.view.value,
    marks,
    coloring: state.coloring.value,
    rings: {
      selected: report.byId.get(state.selected.value),
      compared: report.byId.get(state.compared.value),
      cursor,
      hasRoom: (chart.echarts()?.getWidth() ?? 0) > NARROW_PX,
    },
  });
  const stopAt = (point: Point): Stop => ({
    text: `${sentence(report, state.view.value, point)}, ${point.label}${point.rank === 1 ? ', on the front' : ''}`,
    show: () => {
      cursor = point;
      chart.redraw();
      showTip(chart, state.view.value, point);
    },
    choose: () => state.selected.set(point.id),
  });
  const chart: Chart = createChart({
    label: 'Trade-off plot: a mark for each point. The table of points lists the same values.',
    className: 'plot',
    marks: report.points.length,
    option: (colors) => ({
      tooltip: { formatter: ({ data }: { data: MarkData }) => tipOf(report, state.view.value, report.points[data[2]]) },
      ...scatterOption(scene(), colors),
    }),
    stops: () => reachable().map(stopAt),
    start: () =>
      Math.max(
        0,
        reachable().findIndex(({ id }) => id === state.selected.value),
      ),
    onClick: (data) => {
      const point = report.points[(data as MarkData | undefined)?.[2] ?? -1];
      if (point !== undefined) state.selected.set(point.id);
    },
    onLeave: () => {
      if (cursor === undefined) return;
      cursor = undefined;
      chart.redraw();
    },
  });
  const remake = (): readonly string[] => {
    marks = make();
    chart.redraw();
    return marks.notes;
  };
  return { chart, remake };
}

function controlsOf(report: Report, state: PageState): HTMLElement {
  const { view } = state;
  const holder = h('div', { class: 'controls' });
  const change = (next: Partial<View>): void => view.set({ ...view.value, ...next });
  const metrics = report.summary.metrics.map((metric) => [metric, metricTitle(metric)] as const);
  const hasOutside = report.summary.counts.constraint > 0;
  const fill = (): void => {
    const { x, y, logX, logY, zoom, outside } = view.value;
    holder.replaceChildren(
      select('Horizontal', metrics, x, (metric) => change({ x: metric, logX: spansDecades(report, metric) })),
      checkbox('log', logX, (log) => change({ logX: log }), 'Horizontal axis logarithmic'),
      select('Vertical', metrics, y, (metric) => change({ y: metric, logY: spansDecades(report, metric) })),
      checkbox('log', logY, (log) => change({ logY: log }), 'Vertical axis logarithmic'),
      select('Colour', colorChoices(report), state.coloring.value.key, (key) =>
        state.coloring.set(coloring(report, key)),
      ),
      checkbox('zoom to fronts', zoom, (to) => change({ zoom: to })),
      ...(hasOutside ? [checkbox('outside constraints', outside, (to) => change({ outside: to }))] : []),
    );
  };
  fill();
  // An axis brings its own scale: the boxes follow, and the field in use keeps the focus.
  view.onChange(() => {
    const at = [...holder.querySelectorAll('select, input')].indexOf(document.activeElement ?? holder);
    fill();
    if (at >= 0) holder.querySelectorAll<HTMLElement>('select, input')[at]?.focus();
  });
  return holder;
}

function showTip(chart: Chart, { x, y }: View, { metrics }: Point): void {
  const echarts = chart.echarts();
  const place = echarts?.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [metrics[x] ?? 0, metrics[y] ?? 0]);
  if (Array.isArray(place)) echarts?.dispatchAction({ type: 'showTip', x: place[0], y: place[1] });
}

function sentence({ show }: Report, { x, y }: View, { metrics }: Point): string {
  return [...new Set([x, y])].map((metric) => `${metricTitle(metric)} ${show(metric, metrics[metric])}`).join(', ');
}

/** Tooltip of a point: its objectives and what the axes show. */
function tipOf({ summary, show }: Report, { x, y }: View, point: Point | undefined): HTMLElement | string {
  if (point === undefined) return '';
  const metrics = new Set([...summary.objectives.map(({ metric }) => metric), x, y]);
  return tooltip(
    point.label,
    [...metrics].map((metric) => [metricTitle(metric), show(metric, point.metrics[metric])]),
  );
}
