import { metricTitle, printableLine } from '@archon-dse/core';
import { drawSvg } from '#drawing/draw-svg';
import { isPartial, partialMark } from '../explain.js';
import { densityCells } from '../points/density.js';
import { STATES, type PointTable } from '../points/point-table.js';
import type { ReportModel } from '../report-model.js';
import { numberIn, unitFor, unitsOver } from '../units.js';
import { GROUP_COLORS, SHAPES } from './palette.js';

const SIZE = { width: 960, height: 600 };
const GREY = '#b9c0cc';
/** Points that get a mark each; more are drawn as the cells they lie in. */
const MOST_MARKS = 2000;
/** Points of a front that are joined by a line. */
const MOST_FRONT = 500;
const CELLS = { columns: 92, rows: 48, sizePx: 8 };
const SHADES = ['#dfe3e9', '#c9ced8', '#b0b7c3', '#8e97a6', '#6b7485'];
const FAINT_SHADES = ['#eceef2', '#e1e5ea'];
const SCREENED = STATES.indexOf('screened');
/** Of points that only the first step has. */
const FAINT = { symbolSize: 5, itemStyle: { color: 'transparent', borderColor: GREY, borderWidth: 1 } };

/** `front.svg`: the first two objectives of the feasible points, each group's front joined. For slides and READMEs; needs no DOM. */
export function renderSvg(model: ReportModel): string {
  const [x, y = x] = model.objectives.map(({ metric }) => metric);
  if (x === undefined || y === undefined) return emptySvg();
  const { table } = model;
  const units = unitsOver([x, y], (metric) => table.metrics.get(metric) ?? [], model.derived);
  const axis = (metric: string): object => {
    const unit = units.get(metric) ?? unitFor(metric, []);
    return {
      type: 'value',
      scale: true,
      name: printableLine(unit.text === '' ? metricTitle(metric) : `${metricTitle(metric)} (${unit.text})`),
      nameLocation: 'middle',
      nameGap: 46,
      axisLabel: { formatter: (value: number) => numberIn(unit, value) },
    };
  };
  const placeOf = new Map(table.ids.map((id, at) => [id, at]));
  const screened = pairsOf(table, x, y, (at) => table.states[at] === SCREENED);
  const dominated = pairsOf(table, x, y, (at) => (table.ranks[at] ?? 0) > 1);
  const option = {
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: printableLine(titleOf(model)), left: 24, top: 16, textStyle: { fontSize: 18 } },
    legend: { top: 48, left: 24 },
    grid: { left: 96, right: 40, top: 96, bottom: 72 },
    xAxis: axis(x),
    yAxis: { ...axis(y), nameGap: 72 },
    series: [
      ...(screened.length === 0 ? [] : marksOf('screened', screened, FAINT, FAINT_SHADES)),
      ...marksOf('dominated', dominated, { symbolSize: 7, itemStyle: { color: GREY } }, SHADES),
      ...model.groups.map(({ key, front }, i) => ({
        type: 'line',
        name: printableLine(key) || 'Pareto front', // no XML has control characters
        ...frontData(front.flatMap((id) => pairOf(table, x, y, placeOf.get(id) ?? -1))),
        // Colours begin again after ten groups, shapes after six: no two of the first thirty look the same.
        symbol: SHAPES[i % SHAPES.length],
        color: GROUP_COLORS[i % GROUP_COLORS.length],
      })),
    ],
  };
  return stableIds(drawSvg(option, SIZE));
}

type Pair = readonly [x: number, y: number];

function pairOf({ metrics }: PointTable, x: string, y: string, at: number): readonly Pair[] {
  const [left, up] = [metrics.get(x)?.[at], metrics.get(y)?.[at]];
  return left === undefined || up === undefined ? [] : [[left, up]];
}

function pairsOf(table: PointTable, x: string, y: string, isSo: (at: number) => boolean): readonly Pair[] {
  return table.ids.flatMap((_, at) => (isSo(at) ? pairOf(table, x, y, at) : []));
}

/** A mark for each of some points, or, of many, one for each cell that has any: the darker the more. */
function marksOf(name: string, points: readonly Pair[], look: object, shades: readonly string[]): object[] {
  if (points.length <= MOST_MARKS) return [{ type: 'scatter', name, data: points, ...look }];
  const cells = densityCells(Float64Array.from(points.flat()), CELLS.columns, CELLS.rows);
  const most = cells.reduce((max, cell) => Math.max(max, cell.points), 1);
  const shadeOf = (count: number): number =>
    Math.min(shades.length - 1, Math.floor((shades.length * Math.log(count)) / Math.log(most + 1)));
  return shades.map((color, shade) => ({
    ...{ type: 'scatter', name, symbol: 'rect', symbolSize: CELLS.sizePx, color, itemStyle: { color } },
    data: cells.filter((cell) => shadeOf(cell.points) === shade).map(({ x, y }) => [x, y]),
  }));
}

/** A front joined, or, where it is long, as the cells it lies in. */
function frontData(points: readonly Pair[]): object {
  if (points.length <= MOST_FRONT) return { data: points, symbolSize: 10 };
  const cells = densityCells(Float64Array.from(points.flat()), CELLS.columns, CELLS.rows);
  return { data: cells.map(({ x, y }) => [x, y]), symbolSize: 6, lineStyle: { width: 0 } };
}

function titleOf({ name, counts }: ReportModel): string {
  return isPartial(counts) ? `${name} (${partialMark(counts)})` : name;
}

/** ECharts numbers its ids over the life of the process; they are numbered anew so that equal reports are equal files. */
function stableIds(svg: string): string {
  const known = new Map<string, string>();
  return svg.replace(/\bzr\d+-[a-z]+-?\d+\b/g, (id) => {
    const name = known.get(id) ?? `id${known.size}`;
    known.set(id, name);
    return name;
  });
}

function emptySvg(): string {
  return `<svg width="${SIZE.width}" height="${SIZE.height}" xmlns="http://www.w3.org/2000/svg"></svg>`;
}
