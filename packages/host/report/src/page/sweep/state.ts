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

/**
 * Keeps the address at what the page shows; what is as it is now is left out.
 *
 * @returns what begins it: an address stays as it came until the reader changes something
 */
export function addressKeeper(state: PageState): () => void {
  const [view, color] = [state.view.value, state.coloring.value.key];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    history.replaceState(null, '', writeAddress(addressOf(state, view, color)));
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  };
  return () => {
    const { selected, compared, view: shown, coloring, passing } = state;
    for (const signal of [selected, compared, shown, coloring, passing]) signal.onChange(later);
  };
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
