import type { DisplayUnit } from '@archon-dse/core';
import type { EChartsCoreOption } from 'echarts/core';
import { unitFor } from '../../../units.js';
import { metricAxis, SVG_MARKS, type ChartColors } from '../../shared/chart/style.js';
import type { Coloring } from '../state/coloring.js';
import { frontEdges, refinedMoves, type Extent, type Marks, type MarkSet, type View } from '../state/marks.js';
import { labelRoom, referenceLines } from './reference-lines.js';
import type { Point, Report } from '../state/report.js';

/** Points that rings are drawn around. */
interface Rings {
  readonly selected: Point | undefined;
  readonly compared: readonly Point[];
  /** Where the arrow keys are. */
  readonly cursor: Point | undefined;
}

/** What a mark's data say: x, y and the point's index. */
export type MarkData = readonly [x: number, y: number, index: number];

/** What the plot is drawn of. */
export interface Scene {
  readonly report: Report;
  readonly view: View;
  readonly marks: Marks;
  readonly coloring: Coloring;
  readonly rings: Rings;
  readonly widthPx: number;
  /** Width of the whole page. */
  readonly screenPx: number;
}

/** Plots up to here have no room for names beside marks. */
const NARROW_PX = 480;

export function scatterOption(scene: Scene, colors: ChartColors): EChartsCoreOption {
  const { report, view, marks, coloring, rings } = scene;
  const { x, y } = view;
  const reach = { reach: !view.zoom, roomPx: labelRoom(scene.screenPx) };
  const [first] = marks.order;
  const anchor = [first?.metrics[x] ?? 1, first?.metrics[y] ?? 1] as const;
  const large = marks.order.length > SVG_MARKS;
  const at = (points: readonly (Point | undefined)[]): number[][] =>
    points.flatMap((point) => (point === undefined ? [] : [[point.metrics[x] ?? NaN, point.metrics[y] ?? NaN]]));
  const ring = (point: Point | undefined, size: number, style: object): object => ({
    type: 'scatter',
    silent: true,
    symbolSize: size,
    symbol: 'circle',
    tooltip: { show: false },
    itemStyle: { color: 'transparent', borderColor: colors.text, borderWidth: 2, ...style },
    data: at([point].filter((one) => one !== undefined && marks.shows(one))),
  });
  return {
    grid: { left: 68, right: 24, top: 16, bottom: 52 },
    xAxis: { ...axis(x, view.logX, marks.extents.x, report, colors), nameGap: 30 },
    yAxis: { ...axis(y, view.logY, marks.extents.y, report, colors), nameGap: 50 },
    series: [
      ...frontLines(report, view, coloring, colors),
      ...moveLines(scene, colors),
      ...referenceLines(
        report.summary.references,
        { ...view, ...reach, derived: report.summary.derived },
        anchor,
        colors,
      ),
      ...marks.sets.map((set) => series(set, coloring, report.summary.counts.front, large, colors)),
      {
        ...kneeLabels(colors, scene.widthPx > NARROW_PX),
        data: at(marks.order.filter(({ id }) => report.kneeIds.has(id))),
      },
      ...rings.compared.map((point) => ring(point, 24, { borderType: 'dashed' })),
      ring(rings.selected, 22, {}),
      ring(rings.cursor, 30, { borderColor: colors.accent, borderWidth: 3 }),
    ],
  };
}

function series(
  { tier, markClass, passing, marks }: MarkSet,
  { classes }: Coloring,
  fronts: number,
  large: boolean,
  colors: ChartColors,
): object {
  const { shape = 'circle', hollow = false, color } = classes[markClass] ?? { hollow: true };
  const paint = color?.(colors.scheme) ?? colors.off;
  const front = tier === 'front';
  const isHollow = hollow || tier === 'outside' || tier === 'screened';
  const filled = isHollow ? { color: 'transparent', borderColor: paint, borderWidth: 1.6 } : { color: paint };
  const outlined = front && !hollow ? { borderColor: colors.surface, borderWidth: 1 } : {};
  return {
    type: 'scatter',
    symbol: shape,
    symbolSize: front ? (fronts > 150 ? 9 : 13) : 7,
    large: large && !front,
    largeThreshold: 1,
    itemStyle: { ...filled, ...outlined, opacity: passing ? OPACITY[tier] : 0.1 },
    silent: !passing,
    data: marks,
  };
}

const OPACITY: Readonly<Record<MarkSet['tier'], number>> = { outside: 0.6, screened: 0.35, ranked: 0.6, front: 1 };

/** Thin lines from screened points to what they were refined to; a gap parts one from the next. */
function moveLines({ report, view, marks }: Scene, colors: ChartColors): object[] {
  const moves = refinedMoves(report, marks);
  const place = ({ metrics }: Point): (number | undefined)[] => [metrics[view.x], metrics[view.y]];
  const data = moves.flatMap(([before, after]) => [place(before), place(after), ['-', '-']]);
  const lineStyle = { width: 1, color: colors.muted, opacity: 0.6, type: 'dotted' };
  return moves.length === 0 ? [] : [{ type: 'line', silent: true, showSymbol: false, lineStyle, data }];
}

function axis(metric: string, log: boolean, { min, max }: Extent, { units }: Report, colors: ChartColors): object {
  const unit: DisplayUnit = units.get(metric) ?? unitFor(metric, []);
  const ends = log && min > 0 ? { min: roundDown(min), max: 1 / roundDown(1 / max) } : {};
  return {
    ...metricAxis(metric, unit, colors),
    ...(log ? { type: 'log' } : {}),
    ...ends,
  };
}

/** The nearest 1, 2 or 5 times a power of ten at or below a positive value. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}

function kneeLabels(colors: ChartColors, show: boolean): object {
  return {
    type: 'scatter',
    silent: true,
    tooltip: { show: false },
    symbolSize: 13,
    itemStyle: { color: 'transparent' },
    labelLayout: { hideOverlap: true },
    label: {
      show,
      formatter: 'knee',
      position: 'left',
      distance: 6,
      color: colors.text,
      fontWeight: 600,
      fontSize: 11,
      textBorderColor: colors.surface,
      textBorderWidth: 3,
    },
  };
}

/** The edge of what each group dominates in the two shown objectives; nothing when an axis is not an objective. */
function frontLines(report: Report, view: View, { classOf, classes }: Coloring, colors: ChartColors): object[] {
  const direction = report.summary.objectives.find(({ metric }) => metric === view.x)?.direction;
  return [...frontEdges(report, view).values()].map((front) => {
    const kinds = new Set(front.map(({ index }) => classOf[index]));
    const [only] = kinds;
    const color = kinds.size === 1 ? classes[only ?? -1]?.color(colors.scheme) : undefined;
    return {
      type: 'line',
      step: direction === 'maximize' ? 'start' : 'end',
      silent: true,
      showSymbol: false,
      lineStyle: { width: 1.8, color: color ?? colors.muted, opacity: 0.75 },
      data: front.map(({ metrics }) => [metrics[view.x], metrics[view.y]]),
    };
  });
}
