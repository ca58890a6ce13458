import type { Signal } from '../shared/signal.js';
import { writeAddress, type Address } from './address.js';
import type { Coloring } from './coloring.js';
import type { Field } from './fields.js';
import type { View } from './marks.js';
import type { Interval, Passing } from './passing.js';

/** What the parts of the page share. */
export interface PageState {
  readonly fields: readonly Field[];
  /** Id of the point whose details are shown. */
  readonly selected: Signal<string>;
  /** Id of the point it is compared with; empty without. */
  readonly compared: Signal<string>;
  readonly view: Signal<View>;
  readonly coloring: Signal<Coloring>;
  readonly filters: Signal<ReadonlyMap<string, string>>;
  readonly brushes: Signal<ReadonlyMap<string, readonly Interval[]>>;
  readonly frontsOnly: Signal<boolean>;
  /** Points that pass the filters, brushes and the choice of fronts only. */
  readonly passing: Signal<Passing>;
}

/** Time for several changes to become one: browsers limit how often an address may change. */
const SETTLE_MS = 120;

/** Keeps the address at what the page shows; what is as at first is left out. */
export function followInAddress(state: PageState): void {
  const { view, coloring } = { view: state.view.value, coloring: state.coloring.value };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    history.replaceState(null, '', writeAddress(addressOf(state, view, coloring.key)));
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  };
  for (const signal of [state.selected, state.compared, state.view, state.coloring, state.passing])
    signal.onChange(later);
}

function addressOf(state: PageState, first: View, firstColor: string): Address {
  const { x, y, logX, logY, zoom, outside } = state.view.value;
  const color = state.coloring.value.key;
  return {
    point: state.selected.value,
    ...(state.compared.value === '' ? {} : { compare: state.compared.value }),
    ...(x === first.x ? {} : { x }),
    ...(y === first.y ? {} : { y }),
    ...(logX === first.logX && x === first.x ? {} : { logX }),
    ...(logY === first.logY && y === first.y ? {} : { logY }),
    ...(color === firstColor ? {} : { color }),
    zoom,
    outside,
    frontsOnly: state.frontsOnly.value,
    filters: state.filters.value,
    brushes: state.brushes.value,
  };
}
