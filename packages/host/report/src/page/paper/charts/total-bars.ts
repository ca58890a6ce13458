import type { PaperCost, PaperFigures, PaperModel } from '../../../paper-model.js';
import type { BarData, BarLook } from '../../shared/chart/bars.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { ratio, ratioText } from '../format.js';
import { acceleratorFill } from './colors.js';

/** A comparison of whole networks on the subject with those on the other accelerators. */
export interface TotalChart {
  /** To be followed by the subject. */
  readonly title: string;
  /** What a bar says: how many times the subject is faster, or its energy as a multiple. */
  readonly value: (subject: PaperCost | undefined, other: PaperCost | undefined) => number;
  readonly meaning: string;
}

export const TOTAL_CHARTS: readonly TotalChart[] = [
  {
    title: 'Speed-up: cycles of the other / cycles of',
    value: (subject, other) => ratio(other, subject, 'cycles'),
    meaning: 'above 1 it is faster',
  },
  {
    title: 'Energy of the other = 1, energy of',
    value: (subject, other) => ratio(subject, other, 'energyUj'),
    meaning: 'below 1 it saves energy',
  },
];

/** A group of bars a network, one bar for each other accelerator. */
export function totalBars(
  { accelerators, networks }: PaperModel,
  figures: readonly PaperFigures[],
  { value }: TotalChart,
): BarData {
  const subject = accelerators.at(-1)?.id ?? '';
  const series = accelerators.slice(0, -1).map(({ id, title }, index) => ({
    name: `against ${title}`,
    fill: acceleratorFill(index),
    values: figures.map(({ totals }) => value(totals[subject], totals[id])),
  }));
  const rows = networks.map((_, at) => series.map(({ name, values }) => [name, ratioText(values[at] ?? NaN)] as const));
  return {
    categories: networks.map(({ title }) => title.replace(', ', '\n')),
    series,
    tips: networks.map(({ title }, at) => ({ title, rows: rows[at] ?? [] })),
    sentences: networks.map(({ title }, at) => `${title}: ${(rows[at] ?? []).map((row) => row.join(' ')).join(', ')}`),
  };
}

/** @param chosen - index of the network whose name stands out */
export function totalLook(chosen: number, colors: ChartColors): BarLook {
  return {
    grid: { left: 32, right: 8, top: 22, bottom: 46 },
    categoryLabel: {
      color: (_: string, index: number) => (index === chosen ? colors.accent : colors.muted),
      fontSize: 10.5,
      lineHeight: 14,
      interval: 0,
    },
    valueAxis: { minInterval: 1 },
    barStyle: { borderRadius: [3, 3, 0, 0] },
    series: {
      barMaxWidth: 34,
      label: {
        show: true,
        position: 'top',
        distance: 3,
        color: colors.muted,
        fontSize: 10,
        formatter: ({ value }: { readonly value: number }) => value.toFixed(2),
      },
      labelLayout: { hideOverlap: true },
    },
    // The range up to 1, where both sides are equal, is shaded.
    firstSeries: {
      markArea: { silent: true, itemStyle: { color: colors.band }, data: [[{ yAxis: 0 }, { yAxis: 1 }]] },
    },
  };
}
