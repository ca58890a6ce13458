import { digits, formatMetric, shareText } from '../../../units.js';
import type { BarData, BarLook } from '../../shared/chart/bars.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { fillOf } from '../../shared/patterns.js';
import type { HistogramWords } from '../state/execution-words.js';

/** A histogram and what a model assumes of it. */
export interface Histogram {
  readonly words: HistogramWords;
  /** Entry `n` for a count of `n`, the last for all above too; as long as the line of the limit needs. */
  readonly counts: readonly number[];
  /** How many entries were measured. */
  readonly measured: number;
  /** Counts up to here are what the model assumes; absent without an assumption. */
  readonly limit?: number;
}

/** The longest histogram of a record: a limit beyond it is only told. */
const MOST_BARS = 256;

/**
 * @param optionOf - value of an option of the accelerator
 */
export function histogramOf(
  words: HistogramWords,
  counts: readonly number[],
  optionOf: (name: string) => unknown,
): Histogram {
  const limit = words.limit === undefined ? undefined : optionOf(words.limit.option);
  if (typeof limit !== 'number') return { words, counts, measured: counts.length };
  const missing = limit < MOST_BARS ? Math.max(0, limit + 2 - counts.length) : 0;
  const padded = [...counts, ...Array.from({ length: missing }, () => 0)];
  return { words, counts: padded, measured: counts.length, limit };
}

/** A bar a count, of which those above the limit look different. */
export function histogramBars({ words, counts, measured, limit = Infinity }: Histogram): BarData {
  const total = totalOf(counts);
  const names = counts.map((_, n) => nameOf(n, measured));
  const bars = (name: string, fill: number, isIn: (n: number) => boolean) => ({
    ...{ name, stack: 'counts', fill: fillOf(fill) },
    values: counts.map((count, n) => (isIn(n) ? count : 0)),
  });
  const within = bars(limit === Infinity ? words.counted : `up to ${limit} ${words.of}`, 0, (n) => n <= limit);
  return {
    categories: names,
    series: limit === Infinity ? [within] : [within, bars(`more than ${limit}`, 1, (n) => n > limit)],
    tips: counts.map((count, n) => ({
      title: `${words.of}: ${names[n] ?? ''}`,
      rows: [
        [words.counted, formatMetric('count', count)],
        ['share', shareText(count / total)],
      ],
    })),
    sentences: counts.map(
      (count, n) => `${words.of} ${names[n] ?? ''}: ${shareText(count / total)} of ${words.counted}`,
    ),
  };
}

/** A count, where nothing above it was measured apart: `21 or more`. */
function nameOf(n: number, measured: number): string {
  return n === measured - 1 && n > 0 ? `${n} or more` : String(n);
}

/** The mean, and how many are above the limit. */
export function histogramText({ words, counts, limit }: Histogram): string {
  const total = totalOf(counts);
  const mean = counts.reduce((sum, count, n) => sum + n * count, 0) / total;
  const text = `${digits(mean)} ${words.of} on average.`;
  if (limit === undefined || words.limit === undefined) return text;
  const above = totalOf(counts.filter((_, n) => n > limit)) / total;
  return `${text} ${shareText(above)} of ${words.counted} have more than ${limit}, ${words.limit.text}.`;
}

function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Room around the plot, in pixels. */
const MARGIN = { left: 66, right: 14, top: 26, bottom: 44 };
/** Pixels between two counts below the bars. */
const NAME_PX = 34;

export function histogramLook(
  { words, counts, limit }: Histogram,
  colors: ChartColors,
  widthPx: number,
  heightPx: number,
): BarLook {
  const barPx = (widthPx - MARGIN.left - MARGIN.right) / counts.length;
  const isDrawn = limit !== undefined && limit + 1 < counts.length;
  return {
    grid: MARGIN,
    categoryLabel: {
      interval: Math.max(0, Math.ceil(NAME_PX / barPx) - 1),
      formatter: (name: string) => name.replace(' or more', '+'),
    },
    categoryAxis: { name: words.of, nameLocation: 'middle', nameGap: 26 },
    valueAxis: { name: words.counted, nameLocation: 'middle', nameGap: 48, minInterval: 1 },
    valueText: (value) => formatMetric('count', value),
    series: { barCategoryGap: '12%' },
    firstSeries: isDrawn ? { markLine: lineAt(MARGIN.left + (limit + 1) * barPx, heightPx, words, colors) } : {},
  };
}

/** An upright line between two bars, in pixels: an axis of names knows no place between them. */
function lineAt(x: number, heightPx: number, { limit }: HistogramWords, colors: ChartColors): object {
  const line = [
    { x, y: heightPx - MARGIN.bottom },
    { x, y: MARGIN.top - 6 },
  ];
  const label = {
    ...{ formatter: () => limit?.text ?? '', position: 'end', distance: 3, fontSize: 11 },
    color: colors.text,
  };
  return {
    ...{ silent: true, symbol: 'none', animation: false, label, data: [line] },
    lineStyle: { type: 'dashed', width: 1.6, color: colors.text },
  };
}
