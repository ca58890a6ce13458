import type { DerivedMetric, Reference } from '@archon-dse/core';
import { formatMetric } from '../../../units.js';
import type { ChartColors } from '../../shared/chart/style.js';

/** Pixels from which labels have room beside each other. */
const LONGEST_LABEL_PX = 260;

/** Labels take less than half of a narrow screen; the page lists them in full. */
export function labelRoom(screenPx: number): number {
  return Math.min(LONGEST_LABEL_PX, 0.4 * screenPx);
}

export interface ReferenceAxes {
  readonly x: string;
  readonly y: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Whether the axes reach out to the lines. */
  readonly reach: boolean;
  /** Longest label, pixels. */
  readonly roomPx: number;
  /** What the sweep derives, for its units. */
  readonly derived?: readonly DerivedMetric[] | undefined;
}

/**
 * A dashed line for each reference whose metric is on an axis. Its series has one invisible mark a line, which makes the axes reach it;
 * a logarithmic axis has no place for zero.
 *
 * @param anchor - values of some mark on both axes
 */
export function referenceLines(
  references: readonly Reference[],
  { x, y, logX, logY, reach, roomPx, derived }: ReferenceAxes,
  anchor: readonly [number, number],
  colors: ChartColors,
): object[] {
  const on = (metric: string, log: boolean): Reference[] =>
    references.filter((reference) => reference.metric === metric && (!log || reference.value > 0));
  const across = on(y, logY).sort((a, b) => b.value - a.value);
  const upright = x === y ? [] : on(x, logX).sort((a, b) => a.value - b.value);
  if (across.length + upright.length === 0) return [];
  const marks = [...across.map(({ value }) => [anchor[0], value]), ...upright.map(({ value }) => [value, anchor[1]])];
  const style = { color: colors.muted, textBorderColor: colors.surface };
  return [
    {
      type: 'scatter',
      silent: true,
      symbol: 'none',
      tooltip: { show: false },
      data: reach ? marks : [],
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        lineStyle: { type: 'dashed', width: 1.4, color: colors.muted },
        data: [
          ...across.map((one, i) => ({
            yAxis: one.value,
            label: { ...label(one, i, across, roomPx, derived), ...style },
          })),
          ...upright.map((one, i) => ({
            xAxis: one.value,
            label: { ...label(one, i, upright, roomPx, derived), ...style },
          })),
        ],
      },
    },
  ];
}

/** @param lines - of one axis, the uppermost or leftmost first */
function label(
  { metric, value, label: text }: Reference,
  i: number,
  lines: readonly unknown[],
  roomPx: number,
  derived: readonly DerivedMetric[] | undefined,
): object {
  const isInner = i > 0 && i < lines.length - 1;
  return {
    show: !isInner || roomPx >= LONGEST_LABEL_PX,
    position: labelPlace(i, lines.length),
    formatter: () => `${formatMetric(metric, value, derived)} ${text}`,
    width: roomPx,
    overflow: 'truncate',
    fontSize: 11,
    textBorderWidth: 3,
  };
}

/** Outside the first and the last line, so that the labels of two close ones do not cover each other; others at the far end. */
function labelPlace(index: number, count: number): string {
  if (index === 0) return 'insideEndTop';
  if (index === count - 1) return 'insideEndBottom';
  return index % 2 === 0 ? 'insideStartTop' : 'insideStartBottom';
}
