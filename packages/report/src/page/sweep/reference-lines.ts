import { MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';
import type { Reference } from '@archon-dse/core';
import { formatMetric } from '../../units.js';
import type { ChartColors } from '../shared/theme.js';

use([MarkLineComponent]);

/** Where labels go in turn, so that those of two close lines do not cover each other. */
const LABEL_PLACES = ['insideEndTop', 'insideStartTop', 'insideEndBottom', 'insideStartBottom'] as const;
const LONGEST_LABEL_PX = 230;

export interface ReferenceAxes {
  readonly x: string;
  readonly y: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Whether the axes reach out to the lines. */
  readonly reach: boolean;
}

/**
 * A dashed line for each reference whose metric is on an axis. Its series has one invisible mark a line, which makes the axes reach it;
 * a logarithmic axis has no place for zero.
 *
 * @param anchor - values of some mark on both axes
 */
export function referenceLines(
  references: readonly Reference[],
  { x, y, logX, logY, reach }: ReferenceAxes,
  anchor: readonly [number, number],
  colors: ChartColors,
): object[] {
  const shown = references.filter(
    ({ metric, value }) => (metric === x && (!logX || value > 0)) || (metric === y && (!logY || value > 0)),
  );
  if (shown.length === 0) return [];
  return [
    {
      type: 'scatter',
      silent: true,
      symbol: 'none',
      tooltip: { show: false },
      data: reach ? shown.map(({ metric, value }) => (metric === y ? [anchor[0], value] : [value, anchor[1]])) : [],
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        lineStyle: { type: 'dashed', width: 1.4, color: colors.muted },
        data: shown.map((reference, i) => ({
          ...(reference.metric === y ? { yAxis: reference.value } : { xAxis: reference.value }),
          label: {
            position: LABEL_PLACES[i % LABEL_PLACES.length],
            formatter: () => `${reference.label}: ${formatMetric(reference.metric, reference.value)}`,
            width: LONGEST_LABEL_PX,
            overflow: 'truncate',
            color: colors.muted,
            fontSize: 11,
            textBorderColor: colors.surface,
            textBorderWidth: 3,
          },
        })),
      },
    },
  ];
}
