import type { EChartsCoreOption } from 'echarts/core';
import { formatIn, formatMetric, metricTitle, numberIn, unitFor, type Unit } from '../../units.js';
import { axisStyle, barStop, createChart, tooltip, type Chart } from '../shared/charts.js';
import { h, section, select, textTable } from '../shared/dom.js';
import { itemStyle, legendOf } from '../shared/patterns.js';
import type { ChartColors } from '../shared/theme.js';
import { layerBands, unnamedBetween } from './layer-bands.js';
import { LAYER_VIEWS, layerSeries, type LayerView } from './layer-series.js';
import { mappingCell, mappingLegend } from './loop-nest.js';
import type { Layer, Report } from './report.js';
import type { PageState } from './state.js';

/** Layers of the chosen point, block by block: bars and a table with each layer's mapping. */
export function layersSection(report: Report, state: PageState): HTMLElement {
  let view: LayerView = 'cycles';
  let layers: readonly Layer[] = [];
  const chart: Chart = createChart({
    label: 'Bars by layer; the table below lists the same values.',
    className: 'layers',
    marks: 400,
    option: (colors, widthPx) => barOption(layers, view, colors, widthPx),
    followsWidth: true,
    stops: () => layers.map((layer, i) => barStop(chart, i, `${layer.name}, ${textOf(layer, view)}`)),
  });
  const legend = h('div');
  const body = h('div');
  const redraw = (): void => {
    chart.redraw();
    legend.replaceChildren(legendOf(layerSeries(layers, view).map(({ name, fill }) => [name, fill] as const)));
  };
  const show = (next: string): void => {
    view = LAYER_VIEWS.find(([id]) => id === next)?.[0] ?? view;
    redraw();
  };
  const title = h('p', { class: 'subject' });
  const controls = h('div', { class: 'controls' }, select('Bars', LAYER_VIEWS, view, show), title);
  const drawing = h('div', {}, controls, legend, chart.element, body);
  const none = h('p', { class: 'muted' });
  state.selected.watch((id) => {
    const point = report.byId.get(id);
    layers = point?.layers() ?? [];
    title.textContent = point?.label ?? '';
    none.textContent = layers.length > 0 ? '' : absence(point?.state === 'failed');
    drawing.hidden = layers.length === 0;
    body.replaceChildren(...layerTable(layers));
    redraw();
  });
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

function textOf(layer: Layer, view: LayerView): string {
  return `${layer.role}, ${metricTitle(view)} ${formatMetric(view, layer[view])}`;
}

function unitOf(layers: readonly Layer[], metric: 'macs' | LayerView): Unit {
  return unitFor(
    metric,
    layers.map((layer) => layer[metric]),
  );
}

/** Room beside the plot, in pixels. */
const MARGIN = { left: 66, right: 12 };

function barOption(layers: readonly Layer[], view: LayerView, colors: ChartColors, widthPx: number): EChartsCoreOption {
  const unit = unitOf(layers, view);
  const plotPx = widthPx - MARGIN.left - MARGIN.right;
  return {
    grid: { ...MARGIN, top: 34, bottom: 96 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => tipOf(layers[first?.dataIndex ?? -1]),
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'category',
      data: layers.map(({ name }) => name),
      axisLabel: {
        ...{ color: colors.muted, fontSize: 10, rotate: 60, width: 92, overflow: 'truncate' },
        interval: unnamedBetween(layers.length, plotPx),
      },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'value',
      name: unit.text === '' ? metricTitle(view) : `${metricTitle(view)} (${unit.text})`,
      nameLocation: 'middle',
      nameGap: 48,
      ...(view === 'utilization' ? { max: 1 } : {}),
      axisLabel: { color: colors.muted, fontSize: 11, formatter: (value: number) => numberIn(unit, value) },
    },
    series: layerSeries(layers, view).map(({ name, fill, values }, i) => ({
      type: 'bar',
      name,
      stack: 'layer',
      barCategoryGap: '22%',
      itemStyle: itemStyle(fill),
      data: values,
      ...(i === 0
        ? {
            markArea: {
              silent: true,
              label: { color: colors.muted, fontSize: 10, position: 'top' },
              data: bandAreas(layers, colors, plotPx),
            },
          }
        : {}),
    })),
  };
}

/** Every second block is shaded. */
function bandAreas(layers: readonly Layer[], colors: ChartColors, plotPx: number): object[] {
  return layerBands(layers, plotPx).map(({ start, end, name }, i) => {
    const color = i % 2 === 0 ? colors.band : 'transparent';
    return [{ name, xAxis: start, itemStyle: { color } }, { xAxis: end }];
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

function layerTable(layers: readonly Layer[]): HTMLElement[] {
  const metrics = ['macs', 'cycles', 'energyPj', 'utilization'] as const;
  const units = metrics.map((metric) => unitOf(layers, metric));
  const rows = layers.map((layer) => [
    layer.name,
    layer.block,
    layer.phase === '' ? layer.role : `${layer.role}, ${layer.phase}`,
    ...metrics.map((metric, i) => formatIn(units[i] ?? unitFor(metric, []), layer[metric])),
    mappingCell(layer),
  ]);
  const header = ['Layer', 'Block', 'Role', ...metrics.map(metricTitle), 'Mapping'];
  const legend = layers.some(({ mapping }) => mapping !== '') ? [mappingLegend()] : [];
  return [...legend, textTable(header, rows, new Set([3, 4, 5, 6]))];
}
