import { metricTitle, printableLine } from '@archon-dse/core';
import { drawSvg } from '#drawing/draw-svg';
import { isPartial, partialMark } from '../explain.js';
import type { ReportModel, ReportPoint } from '../report-model.js';
import { numberIn, unitFor, unitsOver } from '../units.js';
import { GROUP_COLORS, SHAPES } from './palette.js';

const SIZE = { width: 960, height: 600 };
const GREY = '#b9c0cc';
/** Of points that only the first step has. */
const FAINT = { symbolSize: 5, itemStyle: { color: 'transparent', borderColor: GREY, borderWidth: 1 } };

/** `front.svg`: the first two objectives of the feasible points, each group's front joined. For slides and READMEs; needs no DOM. */
export function renderSvg(model: ReportModel): string {
  const [x, y = x] = model.objectives.map(({ metric }) => metric);
  if (x === undefined || y === undefined) return emptySvg();
  const pairs = (points: readonly ReportPoint[]): number[][] =>
    points.map(({ metrics }) => [metrics[x] ?? NaN, metrics[y] ?? NaN]);
  const units = unitsOver([x, y], model.points, model.derived);
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
  const byId = new Map(model.points.map((point) => [point.id, point]));
  const screened = model.points.filter(({ state }) => state === 'screened');
  const dominated = model.points.filter(({ rank }) => rank !== undefined && rank > 1);
  const option = {
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: printableLine(titleOf(model)), left: 24, top: 16, textStyle: { fontSize: 18 } },
    legend: { top: 48, left: 24 },
    grid: { left: 96, right: 40, top: 96, bottom: 72 },
    xAxis: axis(x),
    yAxis: { ...axis(y), nameGap: 72 },
    series: [
      ...(screened.length === 0 ? [] : [{ type: 'scatter', name: 'screened', data: pairs(screened), ...FAINT }]),
      { type: 'scatter', name: 'dominated', data: pairs(dominated), symbolSize: 7, itemStyle: { color: GREY } },
      ...model.groups.map(({ key, front }, i) => ({
        type: 'line',
        name: printableLine(key) || 'Pareto front', // no XML has control characters
        data: pairs(front.flatMap((id) => byId.get(id) ?? [])),
        // Colours begin again after ten groups, shapes after six: no two of the first thirty look the same.
        symbol: SHAPES[i % SHAPES.length],
        symbolSize: 10,
        color: GROUP_COLORS[i % GROUP_COLORS.length],
      })),
    ],
  };
  return stableIds(drawSvg(option, SIZE));
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
