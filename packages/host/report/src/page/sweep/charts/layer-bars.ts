import { metricTitle, type DisplayUnit } from '@archon-dse/core';
import { formatMetric, numberIn, unitFor } from '../../../units.js';
import type { BarData, BarLook, BarSeries } from '../../shared/chart/bars.js';
import { stackOf } from '../../shared/chart/stack.js';
import type { ChartColors, Tip } from '../../shared/chart/style.js';
import { fillOf } from '../../shared/patterns.js';
import type { Layer } from '../state/report.js';
import { layerBands, unnamedBetween } from './layer-bands.js';

export type LayerView = 'cycles' | 'energyPj' | 'utilization';

export const LAYER_VIEWS: readonly (readonly [LayerView, string])[] = [
  ['cycles', 'Cycles by role'],
  ['energyPj', 'Energy by component'],
  ['utilization', 'Utilization by role'],
];

/** A bar a layer, stacked of roles, or of components by their energy. */
export function layerBars(layers: readonly Layer[], view: LayerView): BarData {
  return {
    categories: layers.map(({ name }) => name),
    series: view === 'energyPj' ? byComponent(layers) : byRole(layers, view),
    tips: layers.map(tipOf),
    sentences: layers.map(
      (layer) => `${layer.name}, ${layer.role}, ${metricTitle(view)} ${formatMetric(view, layer[view])}`,
    ),
  };
}

function tipOf(layer: Layer): Tip {
  const metrics = ['macs', 'cycles', 'energyPj', 'utilization'] as const;
  const rows = metrics.map((metric) => [metricTitle(metric), formatMetric(metric, layer[metric])] as const);
  return { title: layer.name, rows: [['Role', layer.role], ...rows] };
}

function byRole(layers: readonly Layer[], view: Exclude<LayerView, 'energyPj'>): BarSeries[] {
  return [...new Set(layers.map(({ role }) => role))].map((name, i) => ({
    name,
    stack: 'layer',
    fill: fillOf(i),
    values: layers.map((layer) => (layer.role === name ? layer[view] : 0)),
  }));
}

function byComponent(layers: readonly Layer[]): BarSeries[] {
  const energies = layers.map(({ energyByComponentPj }) => Object.entries(energyByComponentPj));
  return stackOf(energies, { stack: 'layer' });
}

/** The one unit of all layers. */
export function layerUnit(layers: readonly Layer[], metric: 'macs' | LayerView): DisplayUnit {
  return unitFor(
    metric,
    layers.map((layer) => layer[metric]),
  );
}

/** Room beside the plot, in pixels. */
const MARGIN = { left: 66, right: 12 };

export function layerLook(layers: readonly Layer[], view: LayerView, colors: ChartColors, widthPx: number): BarLook {
  const unit = layerUnit(layers, view);
  const plotPx = widthPx - MARGIN.left - MARGIN.right;
  return {
    grid: { ...MARGIN, top: 34, bottom: 96 },
    categoryLabel: {
      ...{ fontSize: 10, rotate: 60, width: 92, overflow: 'truncate' },
      interval: unnamedBetween(layers.length, plotPx),
    },
    valueAxis: {
      name: unit.text === '' ? metricTitle(view) : `${metricTitle(view)} (${unit.text})`,
      nameLocation: 'middle',
      nameGap: 48,
      ...(view === 'utilization' ? { max: 1 } : {}),
    },
    valueText: (value) => numberIn(unit, value),
    series: { barCategoryGap: '22%' },
    firstSeries: {
      markArea: {
        silent: true,
        label: { color: colors.muted, fontSize: 10, position: 'top' },
        data: bandAreas(layers, colors, plotPx),
      },
    },
  };
}

/** Every second block is shaded. */
function bandAreas(layers: readonly Layer[], colors: ChartColors, plotPx: number): object[] {
  return layerBands(layers, plotPx).map(({ start, end, name }, i) => {
    const color = i % 2 === 0 ? colors.band : 'transparent';
    return [{ name, xAxis: start, itemStyle: { color } }, { xAxis: end }];
  });
}
