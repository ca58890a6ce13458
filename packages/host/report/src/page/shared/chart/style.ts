import { metricTitle, type DisplayUnit } from '@archon-dse/core';
import { numberIn } from '../../../units.js';

/** Colours a chart needs; the rest of a page takes its colours from the style sheet. */
export interface ChartColors {
  readonly scheme: 'light' | 'dark';
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly band: string;
  readonly surface: string;
  readonly off: string;
  readonly accent: string;
}

/** What a tooltip says. */
export interface Tip {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/** Above this many marks an SVG gets slow to update and a canvas takes over. */
export const SVG_MARKS = 1500;

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export function tooltipStyle(colors: ChartColors): object {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: { color: colors.text, fontSize: 12, fontFamily: FONT },
    extraCssText: 'border-radius:10px;box-shadow:0 8px 28px rgba(0,0,0,.18);max-width:340px;white-space:normal',
  };
}

/** An axis of values of a metric, named with the unit they are shown in. */
export function metricAxis(metric: string, unit: DisplayUnit, colors: ChartColors): object {
  return {
    ...axisStyle(colors),
    type: 'value',
    scale: true,
    name: unit.text === '' ? metricTitle(metric) : `${metricTitle(metric)} (${unit.text})`,
    nameLocation: 'middle',
    axisLabel: {
      color: colors.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (value: number) => numberIn(unit, value),
    },
  };
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
