import { ParallelChart } from 'echarts/charts';
import { ParallelComponent } from 'echarts/components';
import { use, type EChartsCoreOption } from 'echarts/core';
import { formatMetric, metricTitle } from '../../units.js';
import { createChart } from '../shared/charts.js';
import { colorChoices, coloring, firstColoring, type Coloring } from './coloring.js';
import { button, checkbox, h, section, select } from '../shared/dom.js';
import { optionText, spansDecades, type Point, type Report } from './report.js';
import type { PageState } from './state.js';
import { scheme, type ChartColors } from '../shared/theme.js';

use([ParallelChart, ParallelComponent]);

interface Axis {
  readonly name: string;
  readonly valueOf: (point: Point) => number | string | undefined;
  /** Names of a category axis. */
  readonly categories?: readonly string[];
  readonly metric?: string;
  readonly log?: boolean;
}

/** Parallel coordinates over the varied options and the objectives. A brush on an axis filters every other part of the page. */
export function parallelSection(report: Report, state: PageState): HTMLElement {
  const axes = axesOf(report);
  const lines = report.points.filter(({ rank }) => rank !== undefined);
  let colors: Coloring = coloring(report, firstColoring(report));
  let frontOnly = false;
  const visible = (): readonly Point[] => (frontOnly ? lines.filter(({ rank }) => rank === 1) : lines);
  const chart = createChart(
    'Parallel coordinates of options and objectives; the table of points can be filtered to the same effect.',
    'parallel',
    lines.length * 2,
    (theme) => parallelOption(axes, visible(), colors, theme),
  );
  const legend = h('div', {}, colors.legend);
  const brushes: Brushes = new Map();
  const restart = (): void => {
    brushes.clear();
    chart.redraw();
    state.brushed.set(undefined);
  };
  const clear = button('Clear brushes', 'Show all points again', restart);
  chart.echarts.on('axisareaselected', (event) => {
    const { parallelAxisId, intervals } = event as { parallelAxisId: string; intervals: number[][] };
    brushes.set(parallelAxisId, intervals);
    state.brushed.set(brushedIds(axes, brushes, visible()));
  });
  scheme.watch(restart);
  state.brushed.watch((brushed) => clear.toggleAttribute('disabled', brushed === undefined));
  const controls = h(
    'div',
    { class: 'controls' },
    select('Colour', colorChoices(report), firstColoring(report), (by) => {
      colors = coloring(report, by);
      legend.replaceChildren(colors.legend);
      restart();
    }),
    checkbox('fronts only', false, (checked) => {
      frontOnly = checked;
      restart();
    }),
    clear,
  );
  const lead =
    'One line a feasible point; strong lines are on a front. Drag along an axis to keep only the lines that pass there, here, in the plot above and in the table.';
  return section(
    'parallel',
    'Options and objectives together',
    lead,
    controls,
    legend,
    h('div', { class: 'scroll' }, chart.element),
  );
}

function axesOf(report: Report): Axis[] {
  const { columns, summary } = report;
  const options = columns
    .filter(({ varies }) => varies)
    .map(({ key, label, values }): Axis => {
      const categories = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
      return { name: label, categories, valueOf: (point) => optionText(point, key) };
    });
  const objectives = summary.objectives.map(({ metric }): Axis => ({
    name: metricTitle(metric),
    metric,
    log: spansDecades(report, metric),
    valueOf: (point) => point.metrics[metric],
  }));
  return [...options, ...objectives];
}

function parallelOption(
  axes: readonly Axis[],
  points: readonly Point[],
  { colorOf }: Coloring,
  theme: ChartColors,
): EChartsCoreOption {
  const front = points.filter(({ rank }) => rank === 1).length;
  const strong = fading(150, front, 0.95);
  const faint = fading(150, points.length - front, 0.22);
  const line = (point: Point): object => ({
    value: axes.map(({ valueOf }) => valueOf(point) ?? '-'),
    lineStyle: {
      color: colorOf(point),
      width: point.rank === 1 ? 2 : 1,
      opacity: point.rank === 1 ? strong : faint,
    },
  });
  return {
    tooltip: { show: false },
    parallel: {
      left: 56,
      right: 72,
      top: 44,
      bottom: 24,
      axisExpandable: false,
      parallelAxisDefault: {
        nameLocation: 'end',
        nameGap: 16,
        nameTextStyle: { color: theme.text, fontWeight: 600, fontSize: 12 },
        axisLine: { lineStyle: { color: theme.muted } },
        axisTick: { lineStyle: { color: theme.muted } },
        areaSelectStyle: { width: 18, color: theme.accent, borderColor: theme.accent, opacity: 0.22 },
      },
    },
    parallelAxis: axes.map(({ name, categories, metric, log = false }, dim) => ({
      dim,
      id: String(dim),
      name,
      ...(categories === undefined
        ? { type: log ? 'log' : 'value', scale: true }
        : { type: 'category', data: categories }),
      axisLabel: {
        color: theme.text,
        fontSize: 11,
        backgroundColor: theme.surface,
        borderRadius: 3,
        padding: [1, 3],
        formatter: (value: number | string) =>
          metric === undefined ? shorten(String(value)) : formatMetric(metric, Number(value)),
      },
    })),
    series: [{ type: 'parallel', inactiveOpacity: 0.03, activeOpacity: 0.9, smooth: false, data: points.map(line) }],
  };
}

/** Opacity that falls with the number of lines beyond `from`, so that many lines still show their density. */
function fading(from: number, lines: number, most: number): number {
  return Math.max(0.03, Math.min(most, (most * from) / Math.max(1, lines)));
}

function shorten(text: string): string {
  const name = text.slice(text.lastIndexOf('/') + 1);
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}

/** Brushed intervals by axis; values of a category axis count from 0. */
type Brushes = Map<string, readonly (readonly number[])[]>;

/** Ids of the points inside every axis's brushes; undefined without brushes. */
function brushedIds(
  axes: readonly Axis[],
  brushes: Brushes,
  points: readonly Point[],
): ReadonlySet<string> | undefined {
  const active = axes.flatMap((axis, dim) => {
    const intervals = brushes.get(String(dim)) ?? [];
    return intervals.length === 0 ? [] : [{ axis, intervals }];
  });
  if (active.length === 0) return undefined;
  const position = ({ categories, valueOf }: Axis, point: Point): number => {
    const value = valueOf(point);
    return categories === undefined ? Number(value ?? NaN) : categories.indexOf(String(value));
  };
  const inside = (point: Point): boolean =>
    active.every(({ axis, intervals }) => {
      const value = position(axis, point);
      return intervals.some(([low = NaN, high = NaN]) => low <= value && value <= high);
    });
  return new Set(points.filter(inside).map(({ id }) => id));
}
