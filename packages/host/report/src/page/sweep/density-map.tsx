import { HeatmapChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { rampColor } from '../../render/palette.js';
import { shareText } from '../../units.js';
import { Chart } from '../shared/chart/chart.js';
import { ScaleLegend } from '../shared/legend.js';
import type { Column } from '../shared/table/table.js';
import { theme } from '../shared/theme.js';
import { cellSentence, cellTip, columnsOf, densityOption, type DensityMap } from './charts/density-map.js';
import type { MapWords } from './state/execution-words.js';
import { Values } from './values.js';

use([HeatmapChart]);

interface DensityMapProps {
  readonly words: MapWords;
  readonly map: DensityMap;
}

/** Places of the scale whose colours its legend shows. */
const STOPS = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

/** A table of shares as colours, which the arrow keys walk over in both directions. */
export function DensityMapChart({ words, map }: DensityMapProps) {
  const columns = columnsOf(map);
  const cells = map.length * columns;
  if (cells === 0) return null;
  const { scheme } = theme.value;
  return (
    <div>
      <h4>{words.title}</h4>
      <ScaleLegend title="Share" low="0" high="1" stops={STOPS.map((place) => rampColor(place, scheme))} />
      <Chart
        label={`${words.title}: ${words.row} by ${words.column}; the table below lists the same values.`}
        class="density"
        marks={cells}
        option={(colors, _, place) => densityOption(map, words, colors, place)}
        tipOf={({ dataIndex }) => cellTip(map, words, dataIndex)}
        places={{
          count: cells,
          rowLength: columns,
          sentence: (at) => cellSentence(map, words, at),
          tipAt: (at) => at,
        }}
      />
      <Values of="map" columns={valueColumns(words, columns)} rows={map} />
    </div>
  );
}

function valueColumns({ row, column: of }: MapWords, count: number): readonly Column<readonly number[]>[] {
  return [
    { title: `${row}, by ${of}`, names: true, cell: (_, at) => at + 1 },
    ...Array.from({ length: count }, (_, column) => ({
      title: String(column + 1),
      numeric: true,
      cell: (shares: readonly number[]) => shareText(shares[column] ?? 0),
    })),
  ];
}
