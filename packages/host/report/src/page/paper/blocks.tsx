import type { PaperBlock, PaperCost, PaperModel } from '../../paper-model.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Scrolling, Section } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { blockBars, blockLook } from './charts/block-bars.js';
import { partFills } from './charts/colors.js';
import { MEASURES, measureText } from './format.js';
import { shownOf, type PaperPage } from './state.js';

/** The publication's figures: one stacked bar an accelerator for each block, in cycles and in energy. */
export function Blocks({ page }: { readonly page: PaperPage }) {
  const { accelerators } = page.model;
  const shown = shownOf(page);
  const blocks = shown?.figures.blocks ?? [];
  return (
    <Section id="blocks" title="Block by block" lead={page.model.leads.blocks}>
      <p class="subject">
        {`${shown?.network.title ?? ''} beside ${shown?.network.baseline ?? ''}. ${shown?.run.title ?? ''}.`}
      </p>
      <div class="legends">
        {accelerators.map(({ id, title, parts }, at) => (
          <div key={id}>
            <strong>{title}</strong>
            <Legend entries={partFills(accelerators, at).map((fill, part) => [parts[part] ?? '', fill])} />
          </div>
        ))}
      </div>
      {MEASURES.map(([measure, title]) => (
        <div key={measure} class="figure">
          <h3>{title}</h3>
          <Scrolling>
            <BarChart
              label={`${title} by block, stacked; the table below lists the values.`}
              class="blocks"
              data={blockBars(accelerators, blocks, measure)}
              look={() => blockLook(measure)}
            />
          </Scrolling>
        </div>
      ))}
      <details>
        <summary>The values of these bars</summary>
        <WideTable columns={COLUMNS} rows={partRows(accelerators, blocks)} />
      </details>
    </Section>
  );
}

interface PartRow {
  readonly block: string;
  readonly accelerator: string;
  readonly part: string;
  readonly cost: PaperCost;
}

const COLUMNS: readonly Column<PartRow>[] = [
  { title: 'Block', cell: ({ block }) => block },
  { title: 'Accelerator', cell: ({ accelerator }) => accelerator },
  { title: 'Part', cell: ({ part }) => part },
  { title: 'Cycles', numeric: true, cell: ({ cost }) => <Cycles cost={cost} /> },
  { title: 'Energy', numeric: true, cell: ({ cost }) => measureText('energyUj', cost.energyUj) },
];

function Cycles({ cost: { cycles, quoted } }: { readonly cost: PaperCost }) {
  return (
    <>
      {measureText('cycles', cycles)}
      {quoted !== undefined && <small>{quoted}</small>}
    </>
  );
}

function partRows(accelerators: PaperModel['accelerators'], blocks: readonly PaperBlock[]): readonly PartRow[] {
  return blocks.flatMap(({ name, costs }) =>
    accelerators.flatMap(({ id, title, parts }) =>
      (costs[id] ?? []).flatMap((cost, part): PartRow[] =>
        cost.cycles === 0 && cost.energyUj === 0
          ? []
          : [{ block: name, accelerator: title, part: parts[part] ?? '', cost }],
      ),
    ),
  );
}
