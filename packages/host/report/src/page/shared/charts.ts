import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { listenToKeys, type Stop } from './chart-keys.js';
import { h, type Child } from './dom.js';
import { theme, type ChartColors } from './theme.js';

// The aria component draws the patterns of bars.
use([AriaComponent, BarChart, GridComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

/** Above this many marks an SVG gets slow to update and a canvas takes over. */
export const SVG_MARKS = 1500;

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export interface Chart {
  readonly element: HTMLElement;
  /** Undefined until the chart is on the page. */
  readonly echarts: () => ECharts | undefined;
  /** Draws anew, after a change of what `option` reads. */
  readonly redraw: () => void;
}

export interface ChartSpec {
  /** What a screen reader says it is. */
  readonly label: string;
  readonly className: string;
  /** About how many marks it draws. */
  readonly marks: number;
  readonly option: (colors: ChartColors, widthPx: number) => EChartsCoreOption;
  /** Set where `option` reads the width, so that a change of it draws anew. */
  readonly followsWidth?: boolean;
  /** Places the arrow keys reach. */
  readonly stops: (chart: Chart) => readonly Stop[];
  /** Where the arrow keys start. */
  readonly start?: () => number;
  readonly onClick?: (data: unknown) => void;
  readonly onLeave?: () => void;
}

/** What the arrow keys do, for eyes and ears. */
const KEYS_HELP = 'Arrow keys move through the chart; Enter chooses, Escape leaves.';

/** A chart that follows its size and the colours in force, and that the keyboard can walk over. */
export function createChart(spec: ChartSpec): Chart {
  const canvas = h('div', { class: 'drawing', 'aria-hidden': 'true' });
  const element = h(
    'div',
    {
      class: `chart ${spec.className}`,
      role: 'application',
      tabindex: '0',
      'aria-roledescription': 'chart',
      'aria-label': `${spec.label} ${KEYS_HELP}`,
    },
    canvas,
    h('p', { class: 'keys', 'aria-hidden': 'true' }, KEYS_HELP),
  );
  let echarts: ECharts | undefined;
  const redraw = (): void => {
    if (echarts === undefined) return;
    const colors = theme.value;
    const { tooltip: tip, ...rest } = spec.option(colors, echarts.getWidth());
    const textStyle = { fontFamily: FONT, color: colors.text };
    const tooltipOption = { ...tooltipStyle(colors), ...(tip as object) };
    echarts.setOption({ animation: false, textStyle, tooltip: tooltipOption, ...rest }, { notMerge: true });
  };
  const chart = { element, echarts: () => echarts, redraw };
  const start = (): void => {
    if (echarts !== undefined || canvas.clientWidth === 0) return;
    echarts = init(canvas, null, { renderer: spec.marks > SVG_MARKS ? 'canvas' : 'svg' });
    echarts.on('click', (event) => spec.onClick?.((event as { data?: unknown }).data));
    redraw();
  };
  new ResizeObserver(() => {
    if (canvas.clientWidth === 0) return;
    if (echarts !== undefined) {
      echarts.resize();
      if (spec.followsWidth === true) redraw();
    } else if (element.getBoundingClientRect().top < window.innerHeight) start();
    else whenIdle(start);
  }).observe(canvas);
  window.addEventListener('beforeprint', start);
  theme.onChange(redraw);
  listenToKeys(element, {
    stops: () => spec.stops(chart),
    hide: () => {
      echarts?.dispatchAction({ type: 'hideTip' });
      spec.onLeave?.();
    },
    ...(spec.start === undefined ? {} : { start: spec.start }),
  });
  return chart;
}

/** A stop at a bar, or at a stack of bars that share a tooltip. */
export function barStop(chart: Chart, dataIndex: number, text: string): Stop {
  return { text, show: () => chart.echarts()?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex }) };
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 50);
}

function tooltipStyle(colors: ChartColors): object {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: { color: colors.text, fontSize: 12, fontFamily: FONT },
    extraCssText: 'border-radius:10px;box-shadow:0 8px 28px rgba(0,0,0,.18);max-width:340px;white-space:normal',
  };
}

/** Contents of a tooltip as elements, never as markup. */
export function tooltip(title: string, rows: readonly (readonly [string, Child])[]): HTMLElement {
  const terms = rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
  return h('div', { class: 'tip' }, h('strong', {}, title), h('dl', {}, ...terms));
}

export function axisStyle(colors: ChartColors): object {
  return {
    nameTextStyle: { color: colors.text, fontWeight: 600, fontSize: 12 },
    axisLabel: { color: colors.muted, fontSize: 11 },
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { lineStyle: { color: colors.line } },
    splitLine: { lineStyle: { color: colors.line } },
  };
}
