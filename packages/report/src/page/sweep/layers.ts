import type { EChartsCoreOption } from 'echarts/core';
import { MAPPING_SEPARATOR } from '../../render/page-data.js';
import { formatMetric } from '../../units.js';
import { axisStyle, createChart, tooltip } from '../shared/charts.js';
import { h, section, select, swatch, textTable } from '../shared/dom.js';
import type { Layer, Report } from './report.js';
import type { PageState } from './state.js';
import { colorsOf, scheme, type ChartColors } from '../shared/theme.js';

type View = 'cycles' | 'energyPj' | 'utilization';

const VIEWS: readonly (readonly [View, string])[] = [
  ['cycles', 'Cycles by role'],
  ['energyPj', 'Energy by component'],
  ['utilization', 'Utilization by role'],
];

/** Layers of the chosen point, block by block: bars and a table with each layer's mapping. */
export function layersSection(report: Report, state: PageState): HTMLElement {
  let view: View = 'cycles';
  let layers: readonly Layer[] = [];
  const chart = createChart('Bars by layer; the table below lists the same values.', 'layers', 400, (colors) =>
    barOption(layers, view, colors),
  );
  const legend = h('div');
  const body = h('div');
  const redraw = (): void => {
    chart.redraw();
    const series = seriesOf(layers, view);
    legend.replaceChildren(
      h('ul', { class: 'legend' }, ...series.map(({ name, color }) => h('li', {}, swatch(color), name))),
    );
  };
  const show = (next: string): void => {
    view = VIEWS.find(([id]) => id === next)?.[0] ?? view;
    redraw();
  };
  const title = h('p', { class: 'subject' });
  const controls = h('div', { class: 'controls' }, select('Bars', VIEWS, view, show), title);
  const drawing = h('div', {}, controls, legend, chart.element, body);
  const none = h('p', { class: 'muted' });
  state.selected.watch((id) => {
    const point = report.byId.get(id);
    layers = point?.layers() ?? [];
    title.textContent = point?.label ?? '';
    none.textContent = layers.length > 0 ? '' : absence(point?.state === 'failed');
    drawing.hidden = layers.length === 0;
    body.replaceChildren(layerTable(layers));
    redraw();
  });
  scheme.onChange(redraw);
  return section(
    'layers',
    'Layers of the chosen point',
    'One bar a layer, in network order; bands are blocks.',
    none,
    drawing,
  );
}

function absence(failed: boolean): string {
  return failed
    ? 'This point failed before its layers were priced.'
    : "This point's layers are not in this page, which keeps those of the fronts and of as many others as fit; the journal has them.";
}

interface Series {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
}

function seriesOf(layers: readonly Layer[], view: View): Series[] {
  const names = view === 'energyPj' ? componentsBySize(layers) : [...new Set(layers.map(({ role }) => role))];
  const colors = colorsOf(names);
  return names.map((name, i) => ({
    name,
    color: colors[i] ?? '',
    values: layers.map((layer) =>
      view === 'energyPj' ? (layer.energyByComponentPj[name] ?? 0) : layer.role === name ? layer[view] : 0,
    ),
  }));
}

function componentsBySize(layers: readonly Layer[]): string[] {
  const totals = new Map<string, number>();
  for (const [name, pj] of layers.flatMap((layer) => Object.entries(layer.energyByComponentPj))) {
    totals.set(name, (totals.get(name) ?? 0) + pj);
  }
  return [...totals]
    .filter(([, pj]) => pj > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
}

function barOption(layers: readonly Layer[], view: View, colors: ChartColors): EChartsCoreOption {
  const series = seriesOf(layers, view);
  return {
    grid: { left: 76, right: 20, top: 34, bottom: 96 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => tipOf(layers[first?.dataIndex ?? -1]),
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'category',
      data: layers.map(({ name }) => name),
      axisLabel: { color: colors.muted, fontSize: 10, rotate: 60, hideOverlap: true, width: 92, overflow: 'truncate' },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'value',
      ...(view === 'utilization' ? { max: 1 } : {}),
      axisLabel: { color: colors.muted, formatter: (value: number) => formatMetric(view, value) },
    },
    series: series.map(({ name, color, values }, i) => ({
      type: 'bar',
      name,
      stack: 'layer',
      barCategoryGap: '22%',
      itemStyle: { color },
      data: values,
      ...(i === 0
        ? {
            markArea: {
              silent: true,
              label: { color: colors.muted, fontSize: 10, position: 'top' },
              data: bands(layers, colors),
            },
          }
        : {}),
    })),
  };
}

/** Every second block is shaded; all are named above. */
function bands(layers: readonly Layer[], colors: ChartColors): object[] {
  const starts = layers.flatMap(({ block }, i) => (block === layers[i - 1]?.block ? [] : [i]));
  return starts.map((start, i) => {
    const end = (starts[i + 1] ?? layers.length) - 1;
    const color = i % 2 === 0 ? colors.band : 'transparent';
    return [{ name: layers[start]?.block, xAxis: start, itemStyle: { color } }, { xAxis: end }];
  });
}

function tipOf(layer: Layer | undefined): HTMLElement | string {
  if (layer === undefined) return '';
  return tooltip(layer.name, [
    ['Role', layer.role],
    ['MACs', formatMetric('macs', layer.macs)],
    ['Cycles', formatMetric('cycles', layer.cycles)],
    ['Energy', formatMetric('energyPj', layer.energyPj)],
    ['Utilization', formatMetric('utilization', layer.utilization)],
  ]);
}

function layerTable(layers: readonly Layer[]): HTMLElement {
  const header = ['Layer', 'Block', 'Role', 'MACs', 'Cycles', 'Energy', 'Utilization', 'Mapping'];
  const rows = layers.map((layer) => [
    layer.name,
    layer.block,
    layer.phase === '' ? layer.role : `${layer.role}, ${layer.phase}`,
    formatMetric('macs', layer.macs),
    formatMetric('cycles', layer.cycles),
    formatMetric('energyPj', layer.energyPj),
    formatMetric('utilization', layer.utilization),
    mappingCell(layer),
  ]);
  return textTable(header, rows, new Set([3, 4, 5, 6]));
}

/** The mapping on one line; opened, one level a line, outermost first. */
function mappingCell({ mapping, notes }: Layer): HTMLElement {
  const note = notes === '' ? undefined : h('small', { class: 'muted' }, notes);
  if (mapping === '') return h('div', {}, note ?? '–');
  const levels = mapping.split(MAPPING_SEPARATOR).map((level) => h('li', {}, h('code', {}, level)));
  return h('div', {}, h('details', {}, h('summary', {}, h('code', {}, mapping)), h('ol', {}, ...levels)), note);
}
