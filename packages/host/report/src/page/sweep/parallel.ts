import { button, checkbox, h, scrolling, section } from '../shared/dom.js';
import { theme } from '../shared/theme.js';
import { NO_CLASS } from './coloring.js';
import { legendOf } from './legend.js';
import type { ParallelAxis } from './parallel-axes.js';
import { brushStrip } from './parallel-brush.js';
import { drawLines, type Frame, type LineGroup } from './parallel-canvas.js';
import type { Report } from './report.js';
import type { PageState } from './state.js';

const MARGIN = { top: 46, bottom: 34, left: 54, right: 96 };
/** Least distance of two axes, so that their ticks stand apart. */
const AXIS_WIDTH = 112;

/** Parallel coordinates over the options that vary and the objectives. A brush on an axis narrows every part of the page. */
export function parallelSection(report: Report, state: PageState, axes: readonly ParallelAxis[]): HTMLElement {
  const all = h('canvas', { 'aria-hidden': 'true' });
  const some = h('canvas', { 'aria-hidden': 'true' });
  const over = h('div', { class: 'axes' });
  const stage = h('div', { class: 'parallel' }, all, some, over);
  stage.style.minWidth = `${MARGIN.left + MARGIN.right + AXIS_WIDTH * (axes.length - 1)}px`;
  const places = axes.map((axis) => axis.places);
  const legend = h('div');
  const relegend = (): void => legend.replaceChildren(legendOf(state.coloring.value));
  let frame: Frame | undefined;
  let hasAll = false;
  const draw = (): void => {
    if (frame === undefined) return;
    const { mask, count } = state.passing.value;
    const narrowed = count < report.points.length;
    if (narrowed && !hasAll) drawLines(all, frame, places, [faint(report)]);
    hasAll ||= narrowed;
    all.hidden = !narrowed;
    drawLines(some, frame, places, lineGroups(report, state, mask));
  };
  const redraw = (): void => {
    hasAll = false;
    draw();
  };
  let pending = 0;
  const soon = (work: () => void): void => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(work);
  };
  new ResizeObserver(() => {
    if (stage.clientWidth === 0) return;
    frame = frameOf(stage, axes.length);
    over.replaceChildren(...axes.map((axis, i) => axisElement(axis, i === axes.length - 1, frame?.xs[i] ?? 0, state)));
    soon(redraw);
  }).observe(stage);
  state.passing.onChange(() => soon(draw));
  for (const signal of [state.coloring, theme]) {
    signal.onChange(() => {
      relegend();
      soon(redraw);
    });
  }
  relegend();
  return section(
    'parallel',
    'Options and objectives together',
    'One line a feasible point; strong lines are on a front. Drag along an axis, or use the arrow keys on it, to keep only the lines that pass there.',
    controlsOf(state),
    legend,
    scrolling(stage),
    belowNote(axes),
  );
}

function controlsOf(state: PageState): HTMLElement {
  const clear = button('Clear brushes', 'Show all points again', () => state.brushes.set(new Map()));
  const fronts = checkbox('fronts only', state.frontsOnly.value, (checked) => state.frontsOnly.set(checked));
  const box = fronts.querySelector('input');
  state.frontsOnly.onChange((checked) => {
    if (box !== null) box.checked = checked;
  });
  state.brushes.watch((brushes) => clear.toggleAttribute('disabled', brushes.size === 0));
  return h('div', { class: 'controls' }, fronts, clear);
}

function belowNote(axes: readonly ParallelAxis[]): HTMLElement | undefined {
  const found = axes.filter(({ below }) => below > 0);
  if (found.length === 0) return undefined;
  const texts = found.map(({ title, below }) => `${title}: ${below}`);
  return h(
    'p',
    { class: 'muted small' },
    `Values at or below 0 end under the foot of a logarithmic axis (${texts.join(', ')}).`,
  );
}

function frameOf(stage: HTMLElement, axes: number): Frame {
  const { clientWidth: width, clientHeight: height } = stage;
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, axes - 1);
  const xs = Array.from({ length: axes }, (_, i) => MARGIN.left + i * step);
  return { width, height, top: MARGIN.top, bottom: MARGIN.bottom, xs };
}

function lineGroups({ points }: Report, { coloring }: PageState, mask: Uint8Array): LineGroup[] {
  const { classOf, classes } = coloring.value;
  const groups = new Map<string, { rank: number; markClass: number; lines: number[] }>();
  for (const { rank, index } of points) {
    if (rank === undefined || mask[index] !== 1) continue;
    const markClass = classOf[index] ?? NO_CLASS;
    const key = `${rank === 1} ${markClass}`;
    const group = groups.get(key) ?? { rank, markClass, lines: [] };
    groups.set(key, group);
    group.lines.push(index);
  }
  const sorted = [...groups.values()].sort((a, b) => Number(a.rank === 1) - Number(b.rank === 1));
  const count = (front: boolean): number =>
    sorted.reduce((sum, { rank, lines }) => sum + ((rank === 1) === front ? lines.length : 0), 0);
  const [strong, weak] = [fading(150, count(true), 0.95), fading(150, count(false), 0.28)];
  return sorted.map(({ rank, markClass, lines }) => ({
    lines,
    color: classes[markClass]?.color(theme.value.scheme) ?? theme.value.off,
    width: rank === 1 ? 2 : 1,
    opacity: rank === 1 ? strong : weak,
  }));
}

function faint({ points }: Report): LineGroup {
  const lines = points.flatMap(({ rank, index }) => (rank === undefined ? [] : [index]));
  return { lines, color: theme.value.off, width: 1, opacity: fading(100, lines.length, 0.12) };
}

/** Opacity that falls with the number of lines beyond `from`, so that many lines still show their density. */
function fading(from: number, lines: number, most: number): number {
  return Math.max(0.03, Math.min(most, (most * from) / Math.max(1, lines)));
}

function axisElement(axis: ParallelAxis, last: boolean, x: number, state: PageState): HTMLElement {
  const height = (place: number): string =>
    `calc(${(1 - place).toFixed(4)} * (100% - ${MARGIN.top + MARGIN.bottom}px) + ${MARGIN.top}px)`;
  const title = h('span', { class: 'title', title: axis.title }, axis.title);
  const ticks = axis.ticks.map(({ place, text }) => {
    const tick = h('span', { class: 'tick' }, text);
    tick.style.top = height(place);
    return tick;
  });
  const line = h('span', { class: 'line' });
  Object.assign(line.style, { top: `${MARGIN.top}px`, bottom: `${MARGIN.bottom}px` });
  const element = h(
    'div',
    { class: last ? 'axis last' : 'axis' },
    title,
    line,
    ...ticks,
    brushStrip(axis, MARGIN, state),
  );
  element.style.left = `${x}px`;
  return element;
}
