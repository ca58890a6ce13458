import { BarChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { h, type Child } from './dom.js';
import { CHART_COLORS, scheme, type ChartColors } from './theme.js';

use([BarChart, GridComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

/** Above this many marks an SVG gets slow to update and a canvas takes over. */
const SVG_MARKS = 1500;

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export interface Chart {
  readonly element: HTMLElement;
  readonly echarts: ECharts;
  /** Draws anew, after a change of what `option` reads. */
  readonly redraw: () => void;
}

/**
 * A chart that follows its size and the colour scheme.
 *
 * @param label - what a screen reader says in its place
 * @param marks - about how many marks it draws
 */
export function createChart(
  label: string,
  className: string,
  marks: number,
  option: (c: ChartColors) => EChartsCoreOption,
): Chart {
  const element = h('div', { class: `chart ${className}`, role: 'img', 'aria-label': label });
  const echarts = init(element, null, { renderer: marks > SVG_MARKS ? 'canvas' : 'svg', width: 640, height: 400 });
  const redraw = (): void => {
    const colors = CHART_COLORS[scheme.value];
    const { tooltip: tip, ...rest } = option(colors);
    const textStyle = { fontFamily: FONT, color: colors.text };
    const tooltipOption = { ...tooltipStyle(colors), ...(tip as object) };
    echarts.setOption({ animation: false, textStyle, tooltip: tooltipOption, ...rest }, { notMerge: true });
  };
  new ResizeObserver(() => {
    if (element.clientWidth > 0) echarts.resize({ width: element.clientWidth, height: element.clientHeight });
  }).observe(element);
  return { element, echarts, redraw };
}

function tooltipStyle(colors: ChartColors): object {
  return {
    confine: true,
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
