import { metricTitle } from '@archon-dse/core';
import { valueText } from '../../../option-columns.js';
import { GROUP_COLORS, markOf, rampColor, type Shape } from '../../../render/palette.js';
import { isSetting } from '../../../refinement.js';
import { spansDecades } from './default-axes.js';
import type { Report } from './report.js';

type Scheme = 'light' | 'dark';

/** How the marks of some points look. */
export interface MarkClass {
  readonly shape: Shape;
  readonly hollow: boolean;
  readonly color: (scheme: Scheme) => string;
}

/** What each point's mark looks like, and what a legend has to say about it. */
export interface Coloring {
  readonly key: string;
  readonly classes: readonly MarkClass[];
  /** Class of each point; {@link NO_CLASS} for points without the coloured value. */
  readonly classOf: Uint8Array;
  /** One text a class, or the ends of a scale. */
  readonly legend:
    | { readonly kind: 'classes'; readonly texts: readonly string[] }
    | {
        readonly kind: 'scale';
        readonly title: string;
        readonly low: string;
        readonly high: string;
        readonly log: boolean;
      };
}

/** Key of colouring by group in place of an option or a metric. */
export const BY_GROUP = 'group';
export const NO_CLASS = 255;

/** More categories than this are told apart by nobody: the most frequent keep a mark each, the others share one. */
const MOST_CLASSES = GROUP_COLORS.length;
/** Steps of a scale; as many as the eye can tell. */
const STEPS = 16;
const METRIC = 'metric:';
const OTHERS = '#868e96';

/** Colours points by group, by an option (its path) or by a metric (`metric:cycles`). Unknown keys colour by group. */
export function coloring(report: Report, key: string): Coloring {
  const metric = key.startsWith(METRIC) ? key.slice(METRIC.length) : undefined;
  if (metric !== undefined && report.summary.metrics.includes(metric)) return byMetric(report, metric);
  const at = report.columns.findIndex((one) => one.key === key);
  const { values } = report.columns[at] ?? {};
  if (values === undefined) {
    return byCategory(
      BY_GROUP,
      report.summary.groups.map((group) => group.key),
      report.groupCodes,
      false,
    );
  }
  const found = report.optionCodes[at] ?? new Int32Array();
  const numeric = values.length > 2 && values.every((value) => typeof value === 'number');
  const absent = found.includes(-1) ? ['absent'] : [];
  const codes = found.map((code) => (code < 0 ? values.length : code));
  return byCategory(key, [...values.map(valueText), ...absent], codes, numeric);
}

/** What the reader may colour by: groups, options in which points differ, metrics. */
export function colorChoices({ columns, summary, numbersOf }: Report): (readonly [key: string, text: string])[] {
  const { groupBy } = summary;
  const options = columns.filter(({ varies, key }) => varies && key !== groupBy);
  const metrics = summary.metrics.filter((metric) => {
    const numbers = numbersOf(metric);
    const first = numbers.find((value) => !Number.isNaN(value));
    return numbers.some((value) => !Number.isNaN(value) && value !== first);
  });
  return [
    [BY_GROUP, groupBy === undefined ? 'nothing' : `group (${groupBy})`],
    ...options.map(({ key, label }) => [key, label] as const),
    ...metrics.map((metric) => [METRIC + metric, metricTitle(metric)] as const),
  ];
}

/** Colouring the page starts with: by group where there are groups, else by the first option in which points differ. */
export function firstColoring({ columns, summary }: Report): string {
  return (
    (summary.groupBy === undefined
      ? columns.find(({ varies, key }) => varies && !isSetting(summary.refinement, key))?.key
      : undefined) ?? BY_GROUP
  );
}

/** @param codes - index of each point's text */
function byCategory(key: string, texts: readonly string[], codes: Int32Array, numeric: boolean): Coloring {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(texts[code] ?? '', (counts.get(texts[code] ?? '') ?? 0) + 1);
  const shown = new Set(
    texts.length <= MOST_CLASSES
      ? texts
      : [...texts].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, MOST_CLASSES - 1),
  );
  const kept = texts.filter((text) => shown.has(text));
  const classIndex = texts.map((text) => (shown.has(text) ? kept.indexOf(text) : kept.length));
  const classes = kept.map((_, i): MarkClass => ({
    ...markOf(i),
    color: (scheme) => (numeric ? rampColor(i / (kept.length - 1), scheme) : (GROUP_COLORS[i] ?? OTHERS)),
  }));
  const rest = texts.length - kept.length;
  return {
    key,
    classes: rest === 0 ? classes : [...classes, { ...markOf(kept.length), color: () => OTHERS }],
    classOf: Uint8Array.from(codes, (code) => classIndex[code] ?? NO_CLASS),
    legend: { kind: 'classes', texts: rest === 0 ? kept : [...kept, `${rest} others`] },
  };
}

function byMetric(report: Report, metric: string): Coloring {
  const { show } = report;
  const values = report.numbersOf(metric);
  const known = values.filter((value) => !Number.isNaN(value));
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const log = low > 0 && spansDecades(report, metric);
  const scale = log ? Math.log : (value: number): number => value;
  const place = (value: number): number => (high > low ? (scale(value) - scale(low)) / (scale(high) - scale(low)) : 0);
  return {
    key: METRIC + metric,
    classes: Array.from({ length: STEPS }, (_, i) => ({
      shape: 'circle',
      hollow: false,
      color: (scheme) => rampColor(i / (STEPS - 1), scheme),
    })),
    classOf: Uint8Array.from(values, (value) =>
      Number.isNaN(value) ? NO_CLASS : Math.min(STEPS - 1, Math.floor(place(value) * STEPS)),
    ),
    legend: { kind: 'scale', title: metricTitle(metric), low: show(metric, low), high: show(metric, high), log },
  };
}
