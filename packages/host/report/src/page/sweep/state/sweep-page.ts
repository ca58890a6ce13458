import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Address } from './address.js';
import { colorChoices, coloring, firstColoring, type Coloring } from './coloring.js';
import { defaultAxes, spansDecades } from './default-axes.js';
import { fieldsOf, type Field } from './fields.js';
import { marksOf, type Marks, type View } from './marks.js';
import { parallelAxes, type ParallelAxis } from './parallel-axes.js';
import { passing, type Interval, type Narrowing, type Passing } from './passing.js';
import type { Layer, Point, Report } from './report.js';

export type FetchedLayers = ReadonlyMap<string, readonly Layer[]>;

/** The report, what the reader chose, and what follows from both. */
export interface SweepPage {
  readonly report: Report;
  readonly fields: readonly Field[];
  readonly axes: readonly ParallelAxis[];
  /** What the page shows as nobody has changed it. */
  readonly first: { readonly view: View; readonly colorBy: string };

  /** Id of the point whose details are shown. */
  readonly selected: Signal<string>;
  /** Ids of the points it is compared with, parted by commas; empty without. */
  readonly compared: Signal<string>;
  readonly view: Signal<View>;
  readonly colorBy: Signal<string>;
  /** Filter texts by field. */
  readonly filters: Signal<Narrowing['filters']>;
  readonly brushes: Signal<Narrowing['brushes']>;
  readonly frontsOnly: Signal<boolean>;

  readonly chosen: ReadonlySignal<Point | undefined>;
  /** What the chosen point is compared with, in the order in which they were kept. */
  readonly kept: ReadonlySignal<readonly Point[]>;
  readonly coloring: ReadonlySignal<Coloring>;
  /** Points that pass the filters, brushes and the choice of fronts only. */
  readonly passing: ReadonlySignal<Passing>;
  /** What the plot shows. */
  readonly marks: ReadonlySignal<Marks>;
  /** Layers by id of points whose own are not in the report. */
  readonly fetched: ReadonlySignal<FetchedLayers>;
}

/** The page as its address names it; names that mean nothing here are passed over. */
export function sweepPage(
  report: Report,
  address: Address,
  fetched: SweepPage['fetched'] = signal(new Map()),
): SweepPage {
  const fields = fieldsOf(report);
  const axes = parallelAxes(report, fields);
  const first = { view: firstView(report), colorBy: firstColoring(report) };
  const isPoint = (id: string | undefined): id is string => id !== undefined && report.byId.get(id) !== undefined;
  const isColoring = colorChoices(report).some(([key]) => key === address.color);
  const chosen = {
    selected: signal(isPoint(address.point) ? address.point : firstPoint(report)),
    compared: signal((address.compare ?? '').split(',').filter(isPoint).slice(0, MOST_KEPT).join(',')),
    view: signal(viewOf(report, first.view, address)),
    colorBy: signal((isColoring ? address.color : undefined) ?? first.colorBy),
    filters: signal(known(address.filters, fields)),
    brushes: signal(known(address.brushes, axes)),
    frontsOnly: signal(address.frontsOnly),
  };
  const { selected, compared, view, colorBy, filters, brushes, frontsOnly } = chosen;
  const colors = computed(() => coloring(report, colorBy.value));
  const passes = computed(() =>
    passing(report.points, fields, axes, {
      filters: filters.value,
      brushes: brushes.value,
      frontsOnly: frontsOnly.value,
    }),
  );
  return {
    ...{ report, fields, axes, first, ...chosen },
    chosen: computed(() => report.byId.get(selected.value)),
    kept: computed(() => compared.value.split(',').flatMap((id) => report.byId.get(id) ?? [])),
    coloring: colors,
    passing: passes,
    marks: computed(() => marksOf(report, view.value, colors.value, passes.value.mask)),
    fetched,
  };
}

/** What names the page as it is; what is as it was first is left out. */
export function addressOf(page: SweepPage): Address {
  const { x, y, logX, logY, zoom, outside } = page.view.value;
  const { view: first, colorBy } = page.first;
  const [color, compare] = [page.colorBy.value, page.compared.value];
  return {
    point: page.selected.value,
    ...(compare === '' ? {} : { compare }),
    ...(x === first.x ? {} : { x }),
    ...(y === first.y ? {} : { y }),
    ...(logX === first.logX && x === first.x ? {} : { logX }),
    ...(logY === first.logY && y === first.y ? {} : { logY }),
    ...(color === colorBy ? {} : { color }),
    zoom,
    outside,
    frontsOnly: page.frontsOnly.value,
    filters: page.filters.value,
    brushes: page.brushes.value,
  };
}

/** Beside more points than these a table is too wide to read. */
export const MOST_KEPT = 4;

/** Keeps a point to compare others with. */
export function keepPoint({ compared, kept }: SweepPage, { id }: Point): void {
  compared.value = [...kept.value.map((point) => point.id), id].join(',');
}

/** Whether anything narrows the points down. */
export function isNarrowed({ filters, brushes, frontsOnly }: SweepPage): boolean {
  return filters.value.size + brushes.value.size > 0 || frontsOnly.value;
}

/** Shows all points again. */
export function widen({ filters, brushes, frontsOnly }: SweepPage): void {
  filters.value = new Map();
  brushes.value = new Map();
  frontsOnly.value = false;
}

/** Filters a field by a text; a blank one filters nothing. */
export function setFilter({ filters }: SweepPage, field: string, text: string): void {
  filters.value = withEntry(filters.value, field, text.trim() === '' ? undefined : text);
}

/** Brushes an axis, or takes its brush away. */
export function setBrush({ brushes }: SweepPage, axis: string, interval: Interval | undefined): void {
  brushes.value = withEntry(brushes.value, axis, interval === undefined ? undefined : [interval]);
}

/** Shows other metrics in the plot; each brings the scale that suits it. */
export function setAxis({ report, view }: SweepPage, axis: 'x' | 'y', metric: string): void {
  const log = spansDecades(report, metric);
  view.value = { ...view.value, ...(axis === 'x' ? { x: metric, logX: log } : { y: metric, logY: log }) };
}

function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}

function known<T>(map: ReadonlyMap<string, T>, keys: readonly { readonly key: string }[]): ReadonlyMap<string, T> {
  return new Map([...map].filter(([key]) => keys.some((one) => one.key === key)));
}

/** The first knee, front point or point. */
function firstPoint({ kneeIds, points }: Report): string {
  return [...kneeIds][0] ?? points.find(({ rank }) => rank === 1)?.id ?? points[0]?.id ?? '';
}

function firstView(report: Report): View {
  const [x, y] = defaultAxes(report);
  return { x, y, logX: spansDecades(report, x), logY: spansDecades(report, y), zoom: false, outside: false };
}

function viewOf(report: Report, first: View, address: Address): View {
  const axis = (name: string | undefined, otherwise: string): string =>
    name !== undefined && report.summary.metrics.includes(name) ? name : otherwise;
  const [x, y] = [axis(address.x, first.x), axis(address.y, first.y)];
  return {
    x,
    y,
    logX: address.logX ?? spansDecades(report, x),
    logY: address.logY ?? spansDecades(report, y),
    zoom: address.zoom,
    outside: address.outside,
  };
}
