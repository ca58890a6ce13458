import { useRef } from 'preact/hooks';
import { hasModifier } from '../shared/chart/keys.js';
import { brushedByKey, draggedInterval, stretchOf } from './state/brush.js';
import type { ParallelAxis } from './state/parallel-axes.js';
import type { Interval } from './state/passing.js';
import { setBrush, type SweepPage } from './state/sweep-page.js';

interface Margin {
  readonly top: number;
  readonly bottom: number;
}

interface BrushStripProps {
  readonly page: SweepPage;
  readonly axis: ParallelAxis;
  readonly margin: Margin;
}

type StripEvent = PointerEvent & { readonly currentTarget: HTMLElement };

/** Pixels a pointer must move before it brushes. */
const LEAST_DRAG = 4;

/** The part of an axis that takes brushes: by dragging, or by arrow keys, with Shift to widen and Escape to clear. */
export function BrushStrip({ page, axis, margin }: BrushStripProps) {
  const [interval] = page.brushes.value.get(axis.key) ?? [];
  const [low, high] = stretchOf(axis, interval);
  const inner = `(100% - ${margin.top + margin.bottom}px)`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const brushed = hasModifier(event) ? undefined : brushedByKey(axis, interval, event.key, event.shiftKey);
    if (brushed === undefined) return;
    setBrush(page, axis.key, brushed.interval);
    event.preventDefault();
  };
  return (
    <div
      class="strip"
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Range of ${axis.title}: arrow keys move it, with Shift they widen it, Escape clears it`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(50 * (low + high))}
      aria-valuetext={interval === undefined ? 'all' : axis.textOf(interval)}
      onKeyDown={onKeyDown}
      {...useDrag(axis, margin, (next) => setBrush(page, axis.key, next))}
    >
      <span
        class="brush"
        hidden={interval === undefined}
        style={{
          top: `calc(${(1 - high).toFixed(4)} * ${inner} + ${margin.top}px)`,
          height: `calc(${(high - low).toFixed(4)} * ${inner})`,
        }}
      />
    </div>
  );
}

/** A drag brushes; a click takes the brush away. */
function useDrag(axis: ParallelAxis, margin: Margin, set: (interval: Interval | undefined) => void) {
  const from = useRef<number | undefined>(undefined);
  const isClick = (y: number): boolean => from.current === undefined || Math.abs(y - from.current) < LEAST_DRAG;
  return {
    onPointerDown: (event: StripEvent) => {
      from.current = event.clientY;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.focus();
      event.preventDefault();
    },
    onPointerMove: ({ currentTarget, clientY }: StripEvent) => {
      if (from.current === undefined || isClick(clientY)) return;
      const { top, height } = currentTarget.getBoundingClientRect();
      const placeOf = (y: number): number => 1 - (y - top - margin.top) / (height - margin.top - margin.bottom);
      set(draggedInterval(axis, placeOf(from.current), placeOf(clientY)));
    },
    onPointerUp: ({ clientY }: StripEvent) => {
      if (from.current !== undefined && isClick(clientY)) set(undefined);
      from.current = undefined;
    },
    onPointerCancel: () => {
      from.current = undefined;
    },
  };
}
