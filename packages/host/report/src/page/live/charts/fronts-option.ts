import type { DisplayUnit } from '@archon-dse/core';
import type { EChartsCoreOption } from 'echarts/core';
import { metricAxis, type ChartColors } from '../../shared/chart/style.js';
import type { Point } from '../../sweep/state/report.js';

/** A metric on an axis, in the unit it is shown in. */
export interface ShownMetric {
  readonly metric: string;
  readonly unit: DisplayUnit;
}

/** A point of one of two fronts. */
export interface FrontMark {
  readonly side: 0 | 1;
  readonly point: Point;
}

/** How the marks of each sweep look: a colour by scheme and a shape. */
export const SIDES = [
  { color: { light: '#3b5bdb', dark: '#8ea4ff' }, symbol: 'circle', css: '#4c6ef5' },
  { color: { light: '#d9480f', dark: '#ffa94d' }, symbol: 'diamond', css: '#e8590c' },
] as const;

/** Two fronts in one plane. */
export function frontsOption(
  marks: readonly FrontMark[],
  [x, y]: readonly [ShownMetric, ShownMetric],
  cursor: FrontMark | undefined,
  colors: ChartColors,
): EChartsCoreOption {
  const place = ({ point: { metrics } }: FrontMark): readonly (number | undefined)[] => [
    metrics[x.metric],
    metrics[y.metric],
  ];
  return {
    grid: { left: 68, right: 24, top: 16, bottom: 52 },
    xAxis: { ...metricAxis(x.metric, x.unit, colors), nameGap: 30 },
    yAxis: { ...metricAxis(y.metric, y.unit, colors), nameGap: 50 },
    series: [
      ...SIDES.map(({ color, symbol }, side) => ({
        type: 'scatter',
        symbol,
        symbolSize: side === 0 ? 12 : 14,
        itemStyle: { color: color[colors.scheme], opacity: 0.85, borderColor: colors.surface, borderWidth: 1 },
        data: marks.flatMap((mark, at) => (mark.side === side ? [[...place(mark), at]] : [])),
      })),
      {
        type: 'scatter',
        silent: true,
        symbolSize: 28,
        itemStyle: { color: 'transparent', borderColor: colors.accent, borderWidth: 3 },
        data: cursor === undefined ? [] : [place(cursor)],
      },
    ],
  };
}
