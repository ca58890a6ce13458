import type { EChartsCoreOption } from 'echarts/core';
import type { Growth } from '../../../live/front-growth.js';
import { axisStyle, type ChartColors, type Tip } from '../../shared/chart/style.js';

/** The steps with the point at which the last one still stands. */
export function drawnSteps({ steps, evaluated, isComplete }: Growth): Growth['steps'] {
  const last = steps.at(-1);
  return last === undefined || !isComplete || last[0] === evaluated ? steps : [...steps, [evaluated, last[1]]];
}

/** Hypervolume over points, a step where the front changed. */
export function growthOption(growth: Growth, colors: ChartColors, at: number | undefined): EChartsCoreOption {
  const steps = drawnSteps(growth);
  const label = { color: colors.muted, fontSize: 11, hideOverlap: true };
  const cursor = at === undefined ? undefined : steps[at];
  return {
    grid: { left: 58, right: 24, top: 16, bottom: 48 },
    tooltip: { trigger: 'axis' },
    xAxis: {
      ...axisStyle(colors),
      type: 'value',
      min: 0,
      max: Math.max(1, growth.evaluated),
      minInterval: 1, // points are counted
      name: 'Points evaluated',
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { ...label, formatter: (value: number) => value.toLocaleString('en-US') },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'value',
      min: 0,
      max: 1,
      axisLabel: { ...label, formatter: (value: number) => `${Math.round(100 * value)} %` },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        symbol: 'circle',
        symbolSize: 8,
        showSymbol: steps.length === 1, // one step alone has no line
        lineStyle: { width: 2, color: colors.accent },
        itemStyle: { color: colors.accent },
        areaStyle: { color: colors.band },
        data: steps,
      },
      {
        type: 'scatter',
        silent: true,
        symbolSize: 14,
        itemStyle: { color: 'transparent', borderColor: colors.text, borderWidth: 2 },
        data: cursor === undefined ? [] : [cursor],
      },
    ],
  };
}

/** What is said at a step. */
export function growthTip([evaluated, share]: Growth['steps'][number]): Tip {
  return {
    title: `${evaluated.toLocaleString('en-US')} ${evaluated === 1 ? 'point' : 'points'}`,
    rows: [['Hypervolume', `${(100 * share).toPrecision(4)} %`]],
  };
}
