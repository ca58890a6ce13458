import { Signal } from '../shared/signal.js';
import type { Address } from './address.js';
import { colorChoices, coloring, firstColoring } from './coloring.js';
import { defaultAxes, spansDecades } from './default-axes.js';
import { fieldsOf } from './fields.js';
import type { View } from './marks.js';
import { passing, type Brushable, type Interval } from './passing.js';
import type { Report } from './report.js';
import type { PageState } from './state.js';

/** State of a page as nobody has changed it. */
export function firstState(report: Report, axes: readonly Brushable[]): PageState {
  const fields = fieldsOf(report);
  const filters = new Signal<ReadonlyMap<string, string>>(new Map());
  const brushes = new Signal<ReadonlyMap<string, readonly Interval[]>>(new Map());
  const frontsOnly = new Signal(false);
  const pass = () =>
    passing(report.points, fields, axes, {
      filters: filters.value,
      brushes: brushes.value,
      frontsOnly: frontsOnly.value,
    });
  const passes = new Signal(pass());
  for (const signal of [filters, brushes, frontsOnly]) signal.onChange(() => passes.set(pass()));
  return {
    fields,
    selected: new Signal(firstPoint(report)),
    compared: new Signal(''),
    view: new Signal(firstView(report)),
    coloring: new Signal(coloring(report, firstColoring(report))),
    filters,
    brushes,
    frontsOnly,
    passing: passes,
  };
}

/** Brings the page to what its address names; names that mean nothing here are passed over. */
export function applyAddress(report: Report, state: PageState, axes: readonly Brushable[], address: Address): void {
  const { metrics } = report.summary;
  const known = <T>(map: ReadonlyMap<string, T>, keys: readonly { readonly key: string }[]): ReadonlyMap<string, T> =>
    new Map([...map].filter(([key]) => keys.some((one) => one.key === key)));
  const first = state.view.value;
  const axis = (name: string | undefined, otherwise: string): string =>
    name !== undefined && metrics.includes(name) ? name : otherwise;
  const [x, y] = [axis(address.x, first.x), axis(address.y, first.y)];
  state.view.set({
    x,
    y,
    logX: address.logX ?? spansDecades(report, x),
    logY: address.logY ?? spansDecades(report, y),
    zoom: address.zoom,
    outside: address.outside,
  });
  if (address.point !== undefined && report.byId.has(address.point)) state.selected.set(address.point);
  if (address.compare !== undefined && report.byId.has(address.compare)) state.compared.set(address.compare);
  const { color } = address;
  if (color !== undefined && colorChoices(report).some(([key]) => key === color)) {
    state.coloring.set(coloring(report, color));
  }
  state.frontsOnly.set(address.frontsOnly);
  if (address.filters.size > 0) state.filters.set(known(address.filters, state.fields));
  if (address.brushes.size > 0) state.brushes.set(known(address.brushes, axes));
}

/** The first knee, front point or point. */
function firstPoint({ kneeIds, points }: Report): string {
  return [...kneeIds][0] ?? points.find(({ rank }) => rank === 1)?.id ?? points[0]?.id ?? '';
}

function firstView(report: Report): View {
  const [x, y] = defaultAxes(report);
  return { x, y, logX: spansDecades(report, x), logY: spansDecades(report, y), zoom: false, outside: false };
}
