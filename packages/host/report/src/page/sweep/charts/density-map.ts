import type { EChartsCoreOption } from 'echarts/core';
import { rampColor } from '../../../render/palette.js';
import { shareText } from '../../../units.js';
import { axisStyle, type ChartColors, type Tip } from '../../shared/chart/style.js';
import type { MapWords } from '../state/execution-words.js';

/** Shares 0..1, row by row. */
export type DensityMap = readonly (readonly number[])[];

/** Cells in reading order, as the arrow keys walk over them. */
function cellAt(map: DensityMap, index: number): { readonly row: number; readonly column: number } {
  const columns = columnsOf(map);
  return { row: Math.floor(index / columns), column: index % columns };
}

export function columnsOf(map: DensityMap): number {
  return map[0]?.length ?? 0;
}

export function cellTip(map: DensityMap, words: MapWords, index: number): Tip {
  const { row, column } = cellAt(map, index);
  return {
    title: words.title,
    rows: [
      [words.row, `${row + 1} of ${map.length}`],
      [words.column, `${column + 1} of ${columnsOf(map)}`],
      ['share', shareText(map[row]?.[column] ?? 0)],
    ],
  };
}

export function cellSentence(map: DensityMap, words: MapWords, index: number): string {
  const { row, column } = cellAt(map, index);
  return `${words.row} ${row + 1}, ${words.column} ${column + 1}: ${shareText(map[row]?.[column] ?? 0)}`;
}

/**
 * Cells coloured by their share on the scale from 0 to 1.
 *
 * @param place - the cell where the arrow keys are
 */
export function densityOption(
  map: DensityMap,
  words: MapWords,
  colors: ChartColors,
  place: number | undefined,
): EChartsCoreOption {
  const axis = (name: string, count: number, gap: number): object => ({
    ...axisStyle(colors),
    ...{ type: 'category', name, nameLocation: 'middle', nameGap: gap },
    data: Array.from({ length: count }, (_, at) => String(at + 1)),
    splitLine: { show: false },
  });
  const cells = map.flatMap((shares, row) =>
    shares.map((share, column) => ({
      value: [column, row, share],
      itemStyle: { color: rampColor(share, colors.scheme) },
    })),
  );
  const here = place === undefined ? [] : cells.slice(place, place + 1);
  const ring = { color: 'transparent', borderColor: colors.text, borderWidth: 2.5 };
  return {
    grid: { left: 46, right: 10, top: 26, bottom: 42 },
    xAxis: axis(words.column, columnsOf(map), 25),
    yAxis: { ...axis(words.row, map.length, 28), inverse: true },
    tooltip: { trigger: 'item' },
    series: [
      { type: 'heatmap', data: cells, emphasis: { disabled: true } },
      { type: 'heatmap', silent: true, data: here.map(({ value }) => ({ value, itemStyle: ring })) },
    ],
  };
}
