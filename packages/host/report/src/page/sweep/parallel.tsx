import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { countText } from '../../units.js';
import { Button, Scrolling, Section } from '../shared/controls.js';
import { theme } from '../shared/theme.js';
import { BrushStrip } from './brush-strip.js';
import { drawLines, type Frame } from './charts/parallel-canvas.js';
import { faintLines, MOST_LINES, passingLines, type LineGroup } from './charts/parallel-lines.js';
import { FrontsOnly } from './filters.js';
import { ColoringLegend } from './legend.js';
import type { ParallelAxis } from './state/parallel-axes.js';
import type { SweepPage } from './state/sweep-page.js';

const MARGIN = { top: 46, bottom: 34, left: 54, right: 96 };
/** Least distance of two axes, so that their ticks stand apart. */
const AXIS_WIDTH = 112;

/** Parallel coordinates over the options that vary and the objectives. A brush on an axis narrows every part of the page. */
export function Parallel({ page }: { readonly page: SweepPage }) {
  return (
    <Section
      id="parallel"
      title="Options and objectives together"
      lead="One line a feasible point; strong lines are on a front. Drag along an axis, or use the arrow keys on it, to keep only the lines that pass there."
    >
      <Controls page={page} />
      <ColoringLegend page={page} />
      <Scrolling>
        <Stage page={page} />
      </Scrolling>
      <BelowNote axes={page.axes} />
      <SampleNote page={page} />
    </Section>
  );
}

function Controls({ page }: { readonly page: SweepPage }) {
  const { brushes } = page;
  return (
    <div class="controls">
      <FrontsOnly page={page} />
      <Button
        title="Show all points again"
        disabled={brushes.value.size === 0}
        onClick={() => (brushes.value = new Map())}
      >
        Clear brushes
      </Button>
    </div>
  );
}

function BelowNote({ axes }: Pick<SweepPage, 'axes'>) {
  const found = axes.filter(({ below }) => below > 0);
  if (found.length === 0) return null;
  const texts = found.map(({ title, below }) => `${title}: ${below}`);
  return (
    <p class="muted small">{`Values at or below 0 end under the foot of a logarithmic axis (${texts.join(', ')}).`}</p>
  );
}

/** Says that not every line is drawn. */
function SampleNote({ page: { report } }: { readonly page: SweepPage }) {
  const { counts } = report.summary;
  const others = counts.feasible - counts.front;
  if (others <= MOST_LINES) return null;
  return (
    <p class="muted small">{`Of ${countText(others)} lines off the fronts about ${countText(MOST_LINES)} are drawn at once; brushes and filters take all points.`}</p>
  );
}

/** Lines and axes, as wide as there is room. */
function Stage({ page }: { readonly page: SweepPage }) {
  const { axes } = page;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useSignal<Frame | undefined>(undefined);
  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(() => {
      if (element.clientWidth > 0) frame.value = frameOf(element.clientWidth, element.clientHeight, axes.length);
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [axes.length]);
  const least = MARGIN.left + MARGIN.right + AXIS_WIDTH * (axes.length - 1);
  return (
    <div class="parallel" ref={stage} style={{ minWidth: `${least}px` }}>
      {frame.value !== undefined && <Lines page={page} frame={frame.value} />}
      <div class="axes">
        {frame.value?.xs.map((x, at) => {
          const axis = axes[at];
          return axis && <Axis key={axis.key} page={page} axis={axis} x={x} isLast={at === axes.length - 1} />;
        })}
      </div>
    </div>
  );
}

function frameOf(width: number, height: number, axes: number): Frame {
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, axes - 1);
  const xs = Array.from({ length: axes }, (_, i) => MARGIN.left + i * step);
  return { width, height, top: MARGIN.top, bottom: MARGIN.bottom, xs };
}

function Lines({ page, frame }: { readonly page: SweepPage; readonly frame: Frame }) {
  const { points } = page.report;
  const colors = theme.value;
  const coloring = page.coloring.value;
  const { mask, count } = page.passing.value;
  const places = useMemo(() => page.axes.map((axis) => axis.places), [page]);
  const all = useMemo(() => faintLines(points, colors), [points, colors]);
  const passing = useMemo(() => passingLines(points, coloring, mask, colors), [points, coloring, mask, colors]);
  return (
    <>
      <LineCanvas frame={frame} places={places} groups={all} hidden={count === points.length} />
      <LineCanvas frame={frame} places={places} groups={passing} hidden={false} />
    </>
  );
}

interface LineCanvasProps {
  readonly frame: Frame;
  readonly places: readonly Float64Array[];
  readonly groups: readonly LineGroup[];
  readonly hidden: boolean;
}

function LineCanvas({ frame, places, groups, hidden }: LineCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null && !hidden) drawLines(canvas.current, frame, places, groups);
  }, [frame, places, groups, hidden]);
  return <canvas ref={canvas} aria-hidden="true" hidden={hidden} />;
}

interface AxisProps {
  readonly page: SweepPage;
  readonly axis: ParallelAxis;
  readonly x: number;
  readonly isLast: boolean;
}

function Axis({ page, axis, x, isLast }: AxisProps) {
  const top = (place: number): string =>
    `calc(${(1 - place).toFixed(4)} * (100% - ${MARGIN.top + MARGIN.bottom}px) + ${MARGIN.top}px)`;
  return (
    <div class={isLast ? 'axis last' : 'axis'} style={{ left: `${x}px` }}>
      <span class="title" title={axis.title}>
        {axis.title}
      </span>
      <span class="line" style={{ top: `${MARGIN.top}px`, bottom: `${MARGIN.bottom}px` }} />
      {axis.ticks.map(({ place, text, whole }) => (
        <span key={place} class="tick" title={whole} style={{ top: top(place) }}>
          {text}
        </span>
      ))}
      <BrushStrip page={page} axis={axis} margin={MARGIN} />
    </div>
  );
}
