import { metricTitle } from '@archon-dse/core';
import { useSignal } from '@preact/signals';
import { formatIn } from '../../units.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Section, Select } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { LAYER_VIEWS, layerBars, layerLook, layerUnit, type LayerView } from './charts/layer-bars.js';
import { useLayers } from './use-layers.js';
import { MappingCell, MappingLegend } from './loop-nest.js';
import type { Layer, Point } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';

/** Layers of the chosen point, block by block: bars and a table with each layer's mapping. */
export function Layers({ page }: { readonly page: SweepPage }) {
  const point = page.chosen.value;
  const layers = useLayers(page, point);
  return (
    <Section id="layers" title="Layers of the chosen point" lead="One bar a layer, in network order; bands are blocks.">
      {point === undefined || layers.length === 0 ? (
        <p class="muted">{absence(point)}</p>
      ) : (
        <div>
          <LayerBars layers={layers} subject={point.label} />
          <LayerTable key={point.id} layers={layers} />
        </div>
      )}
    </Section>
  );
}

function absence(point: Point | undefined): string {
  return point?.state === 'failed'
    ? 'This point failed before its layers were priced.'
    : "This point's layers are not in this page, which keeps those of the fronts and of as many others as fit; the journal has them.";
}

interface LayersProps {
  readonly layers: readonly Layer[];
}

function LayerBars({ layers, subject }: LayersProps & { readonly subject: string }) {
  const view = useSignal<LayerView>('cycles');
  const data = layerBars(layers, view.value);
  const show = (next: string): void => {
    view.value = LAYER_VIEWS.find(([id]) => id === next)?.[0] ?? view.value;
  };
  return (
    <>
      <div class="controls">
        <Select label="Bars" choices={LAYER_VIEWS} chosen={view.value} onChoose={show} />
        <p class="subject">{subject}</p>
      </div>
      <Legend entries={data.series.flatMap(({ name, fill }) => (fill === undefined ? [] : [[name, fill]]))} />
      <BarChart
        label="Bars by layer; the table below lists the same values."
        class="layers"
        data={data}
        look={(colors, widthPx) => layerLook(layers, view.value, colors, widthPx)}
      />
    </>
  );
}

function LayerTable({ layers }: LayersProps) {
  const columns: readonly Column<Layer>[] = [
    { title: 'Layer', cell: ({ name }) => name },
    { title: 'Block', cell: ({ block }) => block },
    { title: 'Role', cell: ({ role, phase }) => (phase === '' ? role : `${role}, ${phase}`) },
    ...(['macs', 'cycles', 'energyPj', 'utilization'] as const).map((metric): Column<Layer> => {
      const unit = layerUnit(layers, metric);
      return { title: metricTitle(metric), numeric: true, cell: (layer) => formatIn(unit, layer[metric]) };
    }),
    { title: 'Mapping', cell: (layer) => <MappingCell layer={layer} /> },
  ];
  return (
    <div>
      {layers.some(({ mapping }) => mapping !== '') && <MappingLegend />}
      <WideTable columns={columns} rows={layers} />
    </div>
  );
}
