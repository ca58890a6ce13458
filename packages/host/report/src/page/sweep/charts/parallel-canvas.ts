import type { LineGroup } from './parallel-lines.js';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** Horizontal position of each axis. */
  readonly xs: readonly number[];
}

/** Lines that are stroked at once: a long path is slower than its parts. */
const BATCH = 32;

/** Draws lines over parallel axes; nothing but pixels, for thousands of lines at each movement of a pointer. */
export function drawLines(
  canvas: HTMLCanvasElement,
  frame: Frame,
  places: readonly Float64Array[],
  groups: readonly LineGroup[],
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, frame.width, frame.height);
  for (const { lines, color, width: stroke, opacity } of groups) {
    Object.assign(context, { strokeStyle: color, lineWidth: stroke, globalAlpha: opacity });
    for (let start = 0; start < lines.length; start += BATCH) {
      context.beginPath();
      for (const line of lines.slice(start, start + BATCH)) trace(context, frame, places, line);
      context.stroke();
    }
  }
}

function trace(context: CanvasRenderingContext2D, frame: Frame, places: readonly Float64Array[], line: number): void {
  const foot = frame.height - frame.bottom;
  const tall = foot - frame.top;
  for (let axis = 0; axis < places.length; axis++) {
    const y = foot - (places[axis]?.[line] ?? NaN) * tall;
    const x = frame.xs[axis] ?? 0;
    if (axis === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}
