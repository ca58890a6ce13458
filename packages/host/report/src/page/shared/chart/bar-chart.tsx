import { barOption, type BarData, type BarLook } from './bars.js';
import { Chart } from './chart.js';
import type { ChartColors } from './style.js';

interface BarChartProps {
  readonly label: string;
  readonly class: string;
  readonly height?: string;
  readonly data: BarData;
  /** Chooses a bar by a click or Enter. */
  readonly onChoose?: (at: number) => void;
  readonly look: (colors: ChartColors, widthPx: number) => BarLook;
}

/** Bars with a tooltip for each category, which the arrow keys walk over. */
export function BarChart({ label, class: name, height, data, onChoose, look }: BarChartProps) {
  return (
    <Chart
      label={label}
      class={name}
      height={height}
      marks={0}
      option={(colors, widthPx) => barOption(data, look(colors, widthPx), colors)}
      tipOf={({ dataIndex }) => data.tips[dataIndex]}
      places={{
        count: data.categories.length,
        sentence: (at) => data.sentences[at] ?? '',
        tipAt: (at) => at,
        ...(onChoose === undefined ? {} : { choose: onChoose }),
      }}
      onClick={onChoose && (({ dataIndex }) => onChoose(dataIndex))}
    />
  );
}
