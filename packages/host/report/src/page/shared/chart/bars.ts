import type { EChartsCoreOption } from 'echarts/core';
import { itemStyle, type Fill } from '../patterns.js';
import { axisStyle, type ChartColors, type Tip } from './style.js';

/** What a chart of bars shows. */
export interface BarData {
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  /** One a category. */
  readonly tips: readonly Tip[];
  /** What is read out, one a category. */
  readonly sentences: readonly string[];
}

/** Bars that look alike. */
export interface BarSeries {
  readonly name: string;
  readonly fill?: Fill | undefined;
  /** Bars of one name stand on each other. */
  readonly stack?: string;
  /** One a category; a dash for no bar. */
  readonly values: readonly (number | '-')[];
}

/** How it shows it; options of the chart library where nothing else is said. */
export interface BarLook {
  readonly grid: object;
  /** Bars lie, the first on top. */
  readonly lying?: boolean;
  readonly categoryAxis?: object;
  readonly categoryLabel?: object;
  readonly valueAxis?: object;
  readonly valueText?: (value: number) => string;
  readonly series?: object;
  /** Of all bars, beside their fill. */
  readonly barStyle?: object;
  readonly firstSeries?: object;
  readonly bar?: (value: number | '-', index: number) => object;
}

/** The bars as the chart library takes them. */
export function barOption(data: BarData, look: BarLook, colors: ChartColors): EChartsCoreOption {
  const label = { color: colors.muted, fontSize: 11 };
  const categories = {
    ...axisStyle(colors),
    type: 'category',
    data: data.categories,
    axisLabel: { ...label, ...look.categoryLabel },
    ...(look.lying === true ? { inverse: true } : {}),
    ...look.categoryAxis,
  };
  const formatter = look.valueText === undefined ? {} : { formatter: look.valueText };
  const hideOverlap = look.lying === true ? { hideOverlap: true } : {};
  const values = {
    ...axisStyle(colors),
    type: 'value',
    axisLabel: { ...label, ...formatter, ...hideOverlap },
    ...look.valueAxis,
  };
  return {
    grid: look.grid,
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    ...(look.lying === true ? { xAxis: values, yAxis: categories } : { xAxis: categories, yAxis: values }),
    series: data.series.map(({ name, fill, stack, values: bars }, at) => ({
      type: 'bar',
      name,
      ...(stack === undefined ? {} : { stack }),
      ...(fill === undefined ? {} : { itemStyle: { ...itemStyle(fill), ...look.barStyle } }),
      ...look.series,
      ...(at === 0 ? look.firstSeries : {}),
      data: look.bar === undefined ? bars : bars.map((value, i) => ({ value, ...look.bar?.(value, i) })),
    })),
  };
}
