import { LineChart, ScatterChart } from 'echarts/charts';
import { use, type EChartsCoreOption } from 'echarts/core';
import { paretoRanks } from '../../pareto.js';
import { toCosts } from '../../costs.js';
import { formatMetric, metricTitle } from '../../units.js';
import { axisStyle, createChart, tooltip, type Chart } from '../shared/charts.js';
import { colorChoices, coloring, firstColoring, type Coloring } from './coloring.js';
import { checkbox, h, section, select } from '../shared/dom.js';
import { referenceLines } from './reference-lines.js';
import { spansDecades, type Point, type Report } from './report.js';
import type { PageState } from './state.js';
import { scheme, type ChartColors } from '../shared/theme.js';

use([LineChart, ScatterChart]);

interface View {
  x: string;
  y: string;
  logX: boolean;
  logY: boolean;
  /** Only the neighbourhood of the fronts is drawn. */
  zoom: boolean;
  excluded: boolean;
  coloring: Coloring;
}

/** The trade-off plot: any two metrics, fronts highlighted and joined, a click selects. */
export function scatterSection(report: Report, state: PageState): HTMLElement {
  const { objectives, metrics } = report.summary;
  const [x = metrics[0] ?? '', y = metrics[1] ?? x] = objectives.map(({ metric }) => metric);
  const view: View = {
    x,
    y,
    logX: spansDecades(report, x),
    logY: spansDecades(report, y),
    zoom: false,
    excluded: false,
    coloring: coloring(report, firstColoring(report)),
  };
  const chart = createChart(
    'Scatter plot of the points; the table of points below lists the same values and is operable by keyboard.',
    'tall',
    report.points.length,
    (colors) => scatterOption(report, state, view, colors),
  );
  const legend = h('div', {}, view.coloring.legend);
  const change = (next: Partial<View>): void => {
    Object.assign(view, next);
    legend.replaceChildren(view.coloring.legend);
    chart.redraw();
  };
  watch(chart, state);
  const axes = metrics.map((metric): [string, string] => [metric, metricTitle(metric)]);
  const controls = h(
    'div',
    { class: 'controls' },
    select('Horizontal', axes, view.x, (metric) => change({ x: metric })),
    checkbox('log', view.logX, (logX) => change({ logX })),
    select('Vertical', axes, view.y, (metric) => change({ y: metric })),
    checkbox('log', view.logY, (logY) => change({ logY })),
    select('Colour', colorChoices(report), firstColoring(report), (by) => change({ coloring: coloring(report, by) })),
    checkbox('zoom to fronts', false, (zoom) => change({ zoom })),
    report.summary.counts.constraint > 0
      ? checkbox('outside constraints', false, (excluded) => change({ excluded }))
      : undefined,
  );
  const lead =
    'Large marks are on the front of their group; the line joins the front of the two shown objectives. Choose a mark for its details.' +
    (report.summary.references.length === 0 ? '' : ' Dashed lines are published references, not measurements.');
  return section('trade-offs', 'Trade-offs', lead, controls, legend, chart.element);
}

function watch({ echarts, redraw }: Chart, state: PageState): void {
  echarts.on('click', (event) => {
    const { data } = event as { data?: { id?: string } };
    if (data?.id !== undefined) state.selected.set(data.id);
  });
  scheme.onChange(redraw);
  state.selected.onChange(redraw);
  state.brushed.onChange(redraw);
  redraw();
}

function scatterOption(report: Report, state: PageState, view: View, colors: ChartColors): EChartsCoreOption {
  const { x, y } = view;
  const near = view.zoom ? [x, y].map((metric) => frontRange(report, metric)) : [];
  const shown = report.points.filter(
    ({ metrics: { [x]: left, [y]: up } }) =>
      left !== undefined && up !== undefined && near.every(({ min, max }, i) => within(i === 0 ? left : up, min, max)),
  );
  const brushed = state.brushed.value;
  const mark = (point: Point): object => ({
    id: point.id,
    value: [point.metrics[x], point.metrics[y]],
    itemStyle: { color: view.coloring.colorOf(point), opacity: brushed?.has(point.id) === false ? 0.12 : undefined },
  });
  const where = (test: (point: Point) => boolean): object[] => shown.filter(test).map(mark);
  const anchor = [shown[0]?.metrics[x] ?? 1, shown[0]?.metrics[y] ?? 1] as const;
  const ring = { symbol: 'circle', silent: true, tooltip: { show: false } };
  return {
    grid: { left: 84, right: 28, top: 24, bottom: 60 },
    tooltip: { formatter: ({ data }: { data: { id?: string } }) => tipOf(report, data.id) },
    xAxis: axis(x, view.logX, 40, colors),
    yAxis: axis(y, view.logY, 64, colors),
    series: [
      ...frontLines(report, view, shown),
      ...referenceLines(report.summary.references, { ...view, reach: !view.zoom }, anchor, colors),
      {
        type: 'scatter',
        symbol: 'path://M0 0L10 10M10 0L0 10',
        symbolSize: 7,
        data: view.excluded
          ? where(({ state: s }) => s === 'constraint').map((data) => ({ ...data, ...hollow(colors) }))
          : [],
      },
      { type: 'scatter', symbolSize: 7, itemStyle: { opacity: 0.5 }, data: where(({ rank }) => (rank ?? 0) > 1) },
      {
        type: 'scatter',
        symbolSize: report.summary.counts.front > 150 ? 9 : 13,
        itemStyle: { borderColor: colors.surface, borderWidth: 1.5, opacity: 1 },
        data: where(({ rank }) => rank === 1),
      },
      { ...kneeMarks(report, shown, view, colors), ...ring },
      {
        type: 'scatter',
        ...ring,
        symbolSize: 22,
        itemStyle: { color: 'transparent', borderColor: colors.text, borderWidth: 2 },
        data: shown.filter(({ id }) => id === state.selected.value).map(({ metrics }) => [metrics[x], metrics[y]]),
      },
    ],
  };
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

function axis(metric: string, log: boolean, gap: number, colors: ChartColors): object {
  return {
    ...axisStyle(colors),
    type: log ? 'log' : 'value',
    scale: true,
    ...(log ? { min: ({ min }: Extent) => roundDown(min), max: ({ max }: Extent) => 1 / roundDown(1 / max) } : {}),
    name: metricTitle(metric),
    nameLocation: 'middle',
    nameGap: gap,
    axisLabel: { color: colors.muted, hideOverlap: true, formatter: (value: number) => formatMetric(metric, value) },
  };
}

/** Values of a metric on the fronts, and half as much again on either side. */
function frontRange({ points }: Report, metric: string): Extent {
  const values = points.flatMap(({ rank, metrics }) => (rank === 1 ? (metrics[metric] ?? []) : []));
  const min = values.reduce((a, b) => Math.min(a, b), Infinity);
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const margin = (max - min) / 2;
  return { min: min - margin, max: max + margin };
}

function within(value: number, min: number, max: number): boolean {
  return min <= value && value <= max;
}

/** The nearest 1, 2 or 5 times a power of ten at or below a positive value. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}

function hollow(colors: ChartColors): object {
  return { itemStyle: { color: 'transparent', borderColor: colors.muted, borderWidth: 1.2 } };
}

function kneeMarks(report: Report, shown: readonly Point[], { x, y }: View, colors: ChartColors): object {
  return {
    type: 'scatter',
    symbolSize: 13,
    itemStyle: { color: 'transparent' },
    label: {
      show: true,
      formatter: 'knee',
      position: 'left',
      distance: 6,
      color: colors.text,
      fontWeight: 600,
      fontSize: 11,
      textBorderColor: colors.surface,
      textBorderWidth: 3,
    },
    data: shown.filter(({ id }) => report.kneeIds.has(id)).map(({ metrics }) => [metrics[x], metrics[y]]),
  };
}

/** The edge of what each group dominates in the two shown objectives; nothing when an axis is not an objective. */
function frontLines({ summary }: Report, { x, y, coloring: { colorOf } }: View, shown: readonly Point[]): object[] {
  const axes = [x, y].flatMap((metric) => summary.objectives.find((objective) => objective.metric === metric) ?? []);
  if (axes.length < 2 || x === y) return [];
  return summary.groups.flatMap(({ key }) => {
    const members = shown.filter(({ group, rank }) => group === key && rank !== undefined);
    const ranks = paretoRanks(members.map(({ metrics }) => toCosts(defined(metrics), axes)));
    const front = members.filter((_, i) => ranks[i] === 1).sort((a, b) => (a.metrics[x] ?? 0) - (b.metrics[x] ?? 0));
    const [first] = front;
    if (first === undefined) return [];
    const sameColor = front.every((point) => colorOf(point) === colorOf(first));
    return {
      type: 'line',
      step: axes[0]?.direction === 'maximize' ? 'start' : 'end',
      silent: true,
      showSymbol: false,
      lineStyle: { width: 1.8, color: sameColor ? colorOf(first) : '#8a92a3', opacity: 0.75 },
      data: front.map(({ metrics }) => [metrics[x], metrics[y]]),
    };
  });
}

function defined(metrics: Point['metrics']): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? NaN]));
}

/** Tooltip of a point: its objectives. */
export function tipOf({ byId, summary }: Report, id: string | undefined): HTMLElement | string {
  const point = byId.get(id ?? '');
  if (point === undefined) return '';
  return tooltip(
    point.label,
    summary.objectives.map(({ metric }) => [metricTitle(metric), formatMetric(metric, point.metrics[metric])]),
  );
}
