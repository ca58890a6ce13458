import { fillOf, MOST_FILLS, REST_FILL, type Fill } from '../shared/patterns.js';
import type { Layer } from './report.js';

export type LayerView = 'cycles' | 'energyPj' | 'utilization';

export const LAYER_VIEWS: readonly (readonly [LayerView, string])[] = [
  ['cycles', 'Cycles by role'],
  ['energyPj', 'Energy by component'],
  ['utilization', 'Utilization by role'],
];

/** Bars of one colour and pattern, one value a layer. */
export interface LayerSeries {
  readonly name: string;
  readonly fill: Fill;
  readonly values: readonly number[];
}

/** What the bars of layers are stacked of: roles, or components by their energy. */
export function layerSeries(layers: readonly Layer[], view: LayerView): readonly LayerSeries[] {
  return view === 'energyPj' ? byComponent(layers) : byRole(layers, view);
}

function byRole(layers: readonly Layer[], view: Exclude<LayerView, 'energyPj'>): LayerSeries[] {
  return [...new Set(layers.map(({ role }) => role))].map((name, i) => ({
    name,
    fill: fillOf(i),
    values: layers.map((layer) => (layer.role === name ? layer[view] : 0)),
  }));
}

function byComponent(layers: readonly Layer[]): LayerSeries[] {
  const totals = new Map<string, number>();
  for (const [name, pj] of layers.flatMap((layer) => Object.entries(layer.energyByComponentPj))) {
    totals.set(name, (totals.get(name) ?? 0) + pj);
  }
  const names = [...totals]
    .filter(([, pj]) => pj > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
  const shown = names.length <= MOST_FILLS ? names : names.slice(0, MOST_FILLS);
  const rest = names.slice(shown.length);
  const energy = ({ energyByComponentPj }: Layer, of: readonly string[]): number =>
    of.reduce((sum, name) => sum + (energyByComponentPj[name] ?? 0), 0);
  const groups = [
    ...shown.map((name) => ({ name, of: [name] })),
    ...(rest.length === 0 ? [] : [{ name: `${rest.length} others`, of: rest }]),
  ];
  return groups.map(({ name, of }, i) => ({
    name,
    fill: i < MOST_FILLS ? fillOf(i) : REST_FILL,
    values: layers.map((layer) => energy(layer, of)),
  }));
}
