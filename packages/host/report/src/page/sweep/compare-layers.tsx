import { metricTitle } from '@archon-dse/core';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatIn } from '../../units.js';
import { Checkbox, Select } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { layerUnit } from './charts/layer-bars.js';
import { keptName } from './compare.js';
import { NestOf } from './loop-nest.js';
import { pairLayers, type PairedLayer } from './state/paired-layers.js';
import type { Layer, Point } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';
import { useLayers } from './use-layers.js';

interface CompareLayersProps {
  readonly page: SweepPage;
  readonly one: Point;
  readonly others: readonly Point[];
}

const FIGURES = ['cycles', 'energyPj', 'utilization'] as const;
type Figure = (typeof FIGURES)[number];

/** The layers of the points side by side, and how each maps them: levels and loops. */
export function CompareLayers({ page, one, others }: CompareLayersProps) {
  const points = [one, ...others];
  const layers = useManyLayers(page, points);
  const paired = useMemo(() => pairLayers(layers), [...layers]);
  const figure = useSignal<Figure>('cycles');
  const onlyDifferent = useSignal(false);
  if (layers.every((each) => each.length === 0)) return null;
  const shown = onlyDifferent.value ? paired.filter(({ differs }) => differs) : paired;
  const names = ['Chosen', ...others.map((_, at) => keptName(at, others.length))];
  return (
    <>
      <h3>Layers side by side</h3>
      <div class="controls">
        <Select
          label="Figure"
          choices={FIGURES.map((name) => [name, metricTitle(name)])}
          chosen={figure.value}
          onChoose={(name) => (figure.value = FIGURES.find((known) => known === name) ?? figure.value)}
        />
        <Checkbox
          label="only layers that are mapped differently"
          checked={onlyDifferent.value}
          onChange={(is) => (onlyDifferent.value = is)}
        />
      </div>
      <WideTable columns={columnsOf(layers.flat(), figure.value, names)} rows={shown} />
    </>
  );
}

/** As many as there are places, so that hooks keep their order. */
function useManyLayers(page: SweepPage, points: readonly Point[]): readonly (readonly Layer[])[] {
  const [a, b, c, d, e] = points;
  const all = [useLayers(page, a), useLayers(page, b), useLayers(page, c), useLayers(page, d), useLayers(page, e)];
  return all.slice(0, points.length);
}

function columnsOf(layers: readonly Layer[], figure: Figure, names: readonly string[]): readonly Column<PairedLayer>[] {
  const unit = layerUnit(layers, figure);
  return [
    { title: 'Layer', names: true, cell: ({ name }) => name },
    ...names.map((name, at): Column<PairedLayer> => ({
      title: name,
      numeric: true,
      cell: (row) => formatIn(unit, row.layers[at]?.[figure]),
    })),
    { title: 'Mappings', cell: (row) => <Mappings row={row} names={names} /> },
  ];
}

/** Whether they differ; opened, levels and loops of each, one below the other. */
function Mappings({ row, names }: { readonly row: PairedLayer; readonly names: readonly string[] }) {
  const wasOpened = useSignal(false);
  const known = row.layers.map((layer, at) => [names[at] ?? '', layer] as const).filter(([, layer]) => layer?.mapping);
  if (known.length === 0) return <>–</>;
  const shown = row.differs ? known : known.slice(0, 1);
  return (
    <details onToggle={() => (wasOpened.value = true)}>
      <summary>{row.differs ? 'differ' : 'equal'}</summary>
      {wasOpened.value &&
        shown.map(([name, layer]) => (
          <div key={name}>
            <p class="muted">{row.differs ? name : 'All of them'}</p>
            {layer !== undefined && <NestOf layer={layer} />}
          </div>
        ))}
    </details>
  );
}
