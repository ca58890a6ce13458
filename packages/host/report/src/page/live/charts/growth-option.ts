import type { EChartsCoreOption } from 'echarts/core';
import type { Growth } from '../../../live/front-growth.js';
import { countText } from '../../../units.js';
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
    title: `${countText(evaluated)} ${evaluated === 1 ? 'point' : 'points'}`,
    rows: [['Hypervolume', `${(100 * share).toPrecision(4)} %`]],
  };
}

/** How many points are on the front, and on which: the curve is that of all groups together, tiles and tables of a report count each group's. */
export function frontText({ front, feasible }: Growth, groups = 1): string {
  const counted = `${countText(front)} of ${countText(feasible)} feasible ${feasible === 1 ? 'point' : 'points'}`;
  const together =
    groups > 1 ? ` of the ${countText(groups)} groups together; the report below counts that of each` : '';
  return `${counted} ${front === 1 ? 'is' : 'are'} on the front${together}.`;
}
