import { hasModifier } from '../shared/chart-keys.js';
import { h } from '../shared/dom.js';
import type { ParallelAxis } from './parallel-axes.js';
import type { Interval } from './passing.js';
import type { PageState } from './state.js';

interface Margin {
  readonly top: number;
  readonly bottom: number;
}

/** Pixels a pointer must move before it brushes. */
const LEAST_DRAG = 4;
/** How far a brush reaches beyond the ends of its axis, to take in what lies on them and below. */
const BEYOND = 0.1;

/** The part of an axis that takes brushes: by dragging, or by arrow keys, with Shift to widen and Escape to clear. */
export function brushStrip(axis: ParallelAxis, margin: Margin, state: PageState): HTMLElement {
  const range = h('span', { class: 'brush' });
  const strip = h(
    'div',
    {
      class: 'strip',
      role: 'slider',
      tabindex: '0',
      'aria-orientation': 'vertical',
      'aria-label': `Range of ${axis.title}: arrow keys move it, with Shift they widen it, Escape clears it`,
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    },
    range,
  );
  const set = (interval: readonly [number, number] | undefined): void => {
    const next = new Map(state.brushes.value);
    if (interval === undefined) next.delete(axis.key);
    else next.set(axis.key, [valuesOf(axis, interval)]);
    state.brushes.set(next);
  };
  const show = (): void => {
    const [interval] = state.brushes.value.get(axis.key) ?? [];
    range.hidden = interval === undefined;
    const places = interval === undefined ? ([0, 1] as const) : placesOf(axis, interval);
    strip.setAttribute('aria-valuenow', String(Math.round(50 * (places[0] + places[1]))));
    strip.setAttribute('aria-valuetext', interval === undefined ? 'all' : axis.textOf(interval));
    const inner = `(100% - ${margin.top + margin.bottom}px)`;
    range.style.top = `calc(${(1 - places[1]).toFixed(4)} * ${inner} + ${margin.top}px)`;
    range.style.height = `calc(${(places[1] - places[0]).toFixed(4)} * ${inner})`;
  };
  state.brushes.watch(show);
  listenToPointer(strip, margin, set);
  listenToKeys(strip, axis, state, set);
  return strip;
}

function listenToPointer(
  strip: HTMLElement,
  margin: Margin,
  set: (places: readonly [number, number] | undefined) => void,
): void {
  let from: number | undefined;
  const placeOf = ({ clientY }: PointerEvent): number => {
    const { top, height } = strip.getBoundingClientRect();
    const place = 1 - (clientY - top - margin.top) / (height - margin.top - margin.bottom);
    return Math.min(1 + BEYOND, Math.max(-BEYOND, place));
  };
  strip.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    strip.setPointerCapture(event.pointerId);
    strip.focus();
    event.preventDefault();
  });
  strip.addEventListener('pointermove', (event) => {
    if (from === undefined || Math.abs(event.clientY - from) < LEAST_DRAG) return;
    const start = placeOf(new PointerEvent('pointerdown', { clientY: from }));
    const now = placeOf(event);
    set([Math.min(start, now), Math.max(start, now)]);
  });
  strip.addEventListener('pointerup', (event) => {
    if (from !== undefined && Math.abs(event.clientY - from) < LEAST_DRAG) set(undefined);
    from = undefined;
  });
  strip.addEventListener('pointercancel', () => {
    from = undefined;
  });
}

function listenToKeys(
  strip: HTMLElement,
  axis: ParallelAxis,
  state: PageState,
  set: (places: readonly [number, number] | undefined) => void,
): void {
  strip.addEventListener('keydown', (event) => {
    if (hasModifier(event)) return;
    const [interval] = state.brushes.value.get(axis.key) ?? [];
    if (CLEARS.has(event.key)) set(undefined);
    else if (event.key in STEPS) {
      const next = moved(axis, interval, STEPS[event.key] ?? 0, event.shiftKey);
      if (next !== undefined) set(next);
    } else return;
    event.preventDefault();
  });
}

const CLEARS = new Set(['Escape', 'Delete', 'Backspace']);
const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/** Where an arrow key brings a brush: the first one starts it at an end, others move it, or its upper edge; nothing beyond the axis. */
function moved(
  axis: ParallelAxis,
  interval: Interval | undefined,
  direction: number,
  widens: boolean,
): readonly [number, number] | undefined {
  const half = axis.step / 2;
  if (interval === undefined) return direction > 0 ? [-half, half] : [1 - half, 1 + half];
  const by = direction * axis.step;
  const [low, high] = placesOf(axis, interval);
  const next = [widens ? low : low + by, high + by] as const;
  return next[0] > -axis.step && next[1] < 1 + axis.step && next[1] > next[0] ? next : undefined;
}

function valuesOf({ valueAt }: ParallelAxis, [low, high]: readonly [number, number]): Interval {
  return [valueAt(low), valueAt(high)];
}

function placesOf({ placeOf }: ParallelAxis, [low, high]: Interval): readonly [number, number] {
  return [placeOf(low), placeOf(high)];
}
