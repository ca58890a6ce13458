import type { ParallelAxis } from './parallel-axes.js';
import type { Interval } from './passing.js';

/** A part of an axis, from 0 at its foot to 1 at its top. */
export type Stretch = readonly [low: number, high: number];

/** How far a brush reaches beyond the ends of its axis, to take in what lies on them and below. */
const BEYOND = 0.1;

/** The values that a drag from one place to another keeps. */
export function draggedInterval({ valueAt }: ParallelAxis, from: number, to: number): Interval {
  const [a, b] = [from, to].map((place) => Math.min(1 + BEYOND, Math.max(-BEYOND, place))) as [number, number];
  return [valueAt(Math.min(a, b)), valueAt(Math.max(a, b))];
}

/** Where a brush lies; the whole axis without one. */
export function stretchOf({ placeOf }: ParallelAxis, interval: Interval | undefined): Stretch {
  return interval === undefined ? [0, 1] : [placeOf(interval[0]), placeOf(interval[1])];
}

const CLEARS = new Set(['Escape', 'Delete', 'Backspace']);
const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/** What a key does to a brush: takes it away, makes it another, leaves it as it is where it would leave its axis. Undefined for other keys. */
export function brushedByKey(
  axis: ParallelAxis,
  interval: Interval | undefined,
  key: string,
  widens: boolean,
): { readonly interval: Interval | undefined } | undefined {
  if (CLEARS.has(key)) return { interval: undefined };
  const direction = STEPS[key];
  if (direction === undefined) return undefined;
  const moved = movedStretch(axis, interval, direction, widens);
  return { interval: moved === undefined ? interval : [axis.valueAt(moved[0]), axis.valueAt(moved[1])] };
}

/** The first arrow key starts a brush at an end, others move it, or its upper edge. */
function movedStretch(
  axis: ParallelAxis,
  interval: Interval | undefined,
  direction: number,
  widens: boolean,
): Stretch | undefined {
  const half = axis.step / 2;
  if (interval === undefined) return direction > 0 ? [-half, half] : [1 - half, 1 + half];
  const by = direction * axis.step;
  const [low, high] = stretchOf(axis, interval);
  const next = [widens ? low : low + by, high + by] as const;
  return next[0] > -axis.step && next[1] < 1 + axis.step && next[1] > next[0] ? next : undefined;
}
