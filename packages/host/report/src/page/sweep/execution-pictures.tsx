import { MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { shareText } from '../../units.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Legend } from '../shared/legend.js';
import { histogramBars, histogramLook, histogramOf, histogramText, type Histogram } from './charts/histogram-bars.js';
import { DensityMapChart } from './density-map.js';
import { hasPictures, type ExecutedBlock, type ExecutedLayer } from './state/executed-blocks.js';
import { histogramWords, mapWords, shareWords } from './state/execution-words.js';
import { Values } from './values.js';

use([MarkLineComponent]);

interface BlockPicturesProps {
  readonly block: ExecutedBlock;
  /** Said where there is no picture of the block. */
  readonly absence: string;
  /** Value of an option of the accelerator. */
  readonly optionOf: (name: string) => unknown;
}

/** Shares, histograms and maps of the layers of a block. */
export function BlockPictures({ block, absence, optionOf }: BlockPicturesProps) {
  const layers = block.layers.filter((layer) => hasPictures(layer) || sharesOf(layer).length > 0);
  return (
    <div key={block.name}>
      <h3 class="chosen-block">{`Block ${block.name}`}</h3>
      {!block.layers.some(hasPictures) && <p class="muted">{absence}</p>}
      {layers.map((layer, at) => (
        <LayerPictures key={at} layer={layer} optionOf={optionOf} />
      ))}
    </div>
  );
}

function sharesOf({ execution: { shares = {} } }: ExecutedLayer): readonly (readonly [string, number])[] {
  return Object.entries(shares);
}

interface LayerPicturesProps extends Pick<BlockPicturesProps, 'optionOf'> {
  readonly layer: ExecutedLayer;
}

function LayerPictures({ layer, optionOf }: LayerPicturesProps) {
  const { histograms = {}, maps = {} } = layer.execution;
  return (
    <>
      <p class="executed-layer">
        <strong>{[layer.name, layer.phase].filter(Boolean).join(', ')}</strong>
        {sharesOf(layer).map(([name, share]) => (
          <span key={name}>{`${shareWords(name)} ${shareText(share)}`}</span>
        ))}
      </p>
      <div class="pictures">
        {Object.entries(histograms).map(([name, counts]) => (
          <HistogramChart key={name} histogram={histogramOf(histogramWords(name), counts, optionOf)} />
        ))}
        {Object.entries(maps).map(([name, map]) => (
          <DensityMapChart key={name} words={mapWords(name)} map={map} />
        ))}
      </div>
    </>
  );
}

const HEIGHT_PX = 290;

function HistogramChart({ histogram }: { readonly histogram: Histogram }) {
  const { words, counts } = histogram;
  const data = histogramBars(histogram);
  const rows = counts.map((count, n) => ({ name: data.categories[n] ?? '', count }));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  return (
    <div>
      <h4>{words.title}</h4>
      {data.series.length > 1 && (
        <Legend entries={data.series.flatMap(({ name, fill }) => (fill === undefined ? [] : [[name, fill]]))} />
      )}
      <BarChart
        label={`${words.title}, a histogram; the table below lists the same values.`}
        class="histogram"
        height={`${HEIGHT_PX}px`}
        data={data}
        look={(colors, widthPx) => histogramLook(histogram, colors, widthPx, HEIGHT_PX)}
      />
      <p class="muted small">{histogramText(histogram)}</p>
      <Values
        of="histogram"
        columns={[
          { title: words.of, names: true, cell: ({ name }) => name },
          { title: words.counted, numeric: true, cell: ({ count }) => count.toLocaleString('en-US') },
          { title: 'share', numeric: true, cell: ({ count }) => shareText(count / total) },
        ]}
        rows={rows}
      />
    </div>
  );
}
