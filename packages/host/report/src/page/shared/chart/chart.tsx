import { useSignal } from '@preact/signals';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { render, type RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { announce } from '../announce.js';
import { theme } from '../theme.js';
import { hasModifier, nextPlace } from './keys.js';
import { FONT, SVG_MARKS, tooltipStyle, type ChartColors, type Tip } from './style.js';

// The aria component draws the patterns of bars.
use([AriaComponent, BarChart, GridComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

/** Places that the arrow keys reach, by their index. */
interface Places {
  readonly count: number;
  /** How many lie beside each other, where they are a table. */
  readonly rowLength?: number;
  /** What is said there. */
  readonly sentence: (at: number) => string;
  /** Where its tooltip is: the index of a bar, or values on both axes. */
  readonly tipAt: (at: number) => number | readonly [x: number, y: number];
  readonly choose?: (at: number) => void;
  /** Where the keys start; the first place unless given. */
  readonly start?: () => number;
}

/** What the chart library tells of a mark or a bar. */
interface ChartItem {
  readonly dataIndex: number;
  readonly data: unknown;
}

export interface ChartProps {
  /** What a screen reader says it is. */
  readonly label: string;
  readonly class: string;
  /** About how many marks it draws. */
  readonly marks: number;
  readonly height?: string | undefined;
  /** @param place - where the arrow keys are */
  readonly option: (colors: ChartColors, widthPx: number, place: number | undefined) => EChartsCoreOption;
  readonly tipOf: (item: ChartItem) => Tip | undefined;
  readonly places: Places;
  readonly onClick?: ((item: ChartItem) => void) | undefined;
}

/** What the arrow keys do, for eyes and ears. */
const KEYS_HELP = 'Arrow keys move through the chart; Enter chooses, Escape leaves.';

/** A chart that is drawn anew with each rendering, follows its size and the colours in force, and that the keyboard can walk over. */
export function Chart(props: ChartProps) {
  const { label, class: name, height, places } = props;
  const colors = theme.value;
  const drawing = useRef<HTMLDivElement>(null);
  const echarts = useRef<ECharts | undefined>(undefined);
  const place = useSignal<number | undefined>(undefined);
  const live = useRef<Live>({ props, draw: () => undefined });
  // Read here, so that a key draws the chart anew.
  const at = place.value;
  const draw = (): void => {
    if (echarts.current !== undefined) drawOn(echarts.current, props, colors, at);
  };
  live.current = { props, draw };
  const renderer = props.marks > SVG_MARKS ? 'canvas' : 'svg';
  useLayoutEffect(draw);
  useLayoutEffect(() => attach(drawing.current, echarts, live, renderer), [renderer]);
  const leave = (): void => {
    place.value = undefined;
    echarts.current?.dispatchAction({ type: 'hideTip' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { count, rowLength, sentence, choose, start = () => 0 } = places;
    if (hasModifier(event) || count === 0) return;
    const next = nextPlace(event.key, place.value, count, start(), rowLength);
    if (next !== undefined) {
      place.value = next;
      announce(`${sentence(next)}; ${next + 1} of ${count}`);
    } else if (event.key === 'Enter' && place.value !== undefined) choose?.(place.value);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  };
  return (
    <div
      class={`chart ${name}`}
      style={{ height }}
      role="application"
      tabIndex={0}
      aria-roledescription="chart"
      aria-label={`${label} ${KEYS_HELP}`}
      onKeyDown={onKeyDown}
      onBlur={leave}
    >
      <div class="drawing" aria-hidden="true" ref={drawing} />
      {at === undefined && (
        <p class="keys" aria-hidden="true">
          {KEYS_HELP}
        </p>
      )}
    </div>
  );
}

/** The latest rendering, for what outlives it. */
interface Live {
  readonly props: ChartProps;
  readonly draw: () => void;
}

function drawOn(echarts: ECharts, { option, tipOf, places }: ChartProps, colors: ChartColors, place?: number): void {
  const { tooltip, ...rest } = option(colors, echarts.getWidth(), place);
  const formatter = (items: ChartItem | readonly ChartItem[]): HTMLElement | string => {
    const [item] = [items].flat();
    const tip = item === undefined ? undefined : tipOf(item);
    return tip === undefined ? '' : tipElement(tip);
  };
  const textStyle = { fontFamily: FONT, color: colors.text };
  const tooltipOption = { ...tooltipStyle(colors), formatter, ...(tooltip as object) };
  echarts.setOption({ animation: false, textStyle, tooltip: tooltipOption, ...rest }, { notMerge: true });
  if (place !== undefined && place < places.count) showTip(echarts, places.tipAt(place));
}

function showTip(echarts: ECharts, at: number | readonly [x: number, y: number]): void {
  if (typeof at === 'number') return echarts.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: at });
  const pixel = echarts.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [...at]);
  if (Array.isArray(pixel)) echarts.dispatchAction({ type: 'showTip', x: pixel[0], y: pixel[1] });
}

/** Makes the chart once it has a size, at once if it is in sight; returns what takes it away. */
function attach(
  drawing: HTMLElement | null,
  echarts: RefObject<ECharts | undefined>,
  live: RefObject<Live>,
  renderer: 'canvas' | 'svg',
): (() => void) | undefined {
  if (drawing === null) return undefined;
  let gone = false;
  const start = (): void => {
    if (gone || echarts.current !== undefined || drawing.clientWidth === 0) return;
    const chart = init(drawing, null, { renderer });
    chart.on('click', (event) => live.current.props.onClick?.(event as unknown as ChartItem));
    echarts.current = chart;
    live.current.draw();
  };
  const sizes = new ResizeObserver(() => {
    if (drawing.clientWidth === 0) return;
    if (echarts.current !== undefined) {
      echarts.current.resize();
      live.current.draw();
    } else if (drawing.getBoundingClientRect().top < window.innerHeight) start();
    else whenIdle(start);
  });
  sizes.observe(drawing);
  window.addEventListener('beforeprint', start);
  return () => {
    gone = true;
    sizes.disconnect();
    window.removeEventListener('beforeprint', start);
    echarts.current?.dispose();
    echarts.current = undefined;
  };
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 50);
}

/** Contents of a tooltip as elements, never as markup. */
function tipElement({ title, rows }: Tip): HTMLElement {
  const holder = document.createElement('div');
  const terms = rows.map(([name, value]) => (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  ));
  render(
    <div class="tip">
      <strong>{title}</strong>
      <dl>{terms}</dl>
    </div>,
    holder,
  );
  return holder;
}
