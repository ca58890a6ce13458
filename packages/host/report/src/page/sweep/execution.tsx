import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatIn, formatMetric, unitFor } from '../../units.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Button, Section, Select } from '../shared/controls.js';
import { goTo } from '../shared/frame.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { blockCycles, blockLook, CYCLE_VIEWS, timesText, type CycleView } from './charts/block-cycles.js';
import { BlockPictures } from './execution-pictures.js';
import { executedBlocks, firstShown, wholeOf, type ExecutedBlock } from './state/executed-blocks.js';
import { stallWords } from './state/execution-words.js';
import type { Point } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';
import { useLayers } from './use-layers.js';

/** What executing the chosen point found, block by block; nothing where no layer was executed. */
export function Execution({ page }: { readonly page: SweepPage }) {
  const point = page.chosen.value;
  const layers = useLayers(page, point);
  const blocks = useMemo(() => executedBlocks(layers), [layers]);
  const block = useSignal('');
  const first = firstShown(blocks);
  if (point === undefined || first === undefined) return null;
  const chosen = blocks.find(({ name }) => name === block.value) ?? first;
  const choose = (name: string): void => {
    block.value = name;
  };
  return (
    <Section id="execution" title="Execution of the chosen point" lead={LEAD}>
      <BlockChart blocks={blocks} subject={point.label} chosen={chosen} onChoose={choose} />
      <BlockTable blocks={blocks} />
      <BlockPictures block={chosen} absence={absenceOf(point)} optionOf={optionsOf(point)} />
    </Section>
  );
}

/** What the execution took in all, and where to read more; nothing where no layer was executed. */
export function ExecutionNote({ page, point }: { readonly page: SweepPage; readonly point: Point }) {
  const layers = useLayers(page, point);
  const blocks = useMemo(() => executedBlocks(layers), [layers]);
  if (blocks.length === 0) return null;
  const whole = wholeOf(blocks);
  return (
    <p class="compare">
      <span class="muted">
        {`Executed blocks take ${formatMetric('cycles', whole.cycles)} cycles, ${timesText(whole)} the analytical ones.`}
      </span>
      <Button title="Go to the execution of this point, block by block" onClick={() => goTo('execution')}>
        Block by block
      </Button>
    </p>
  );
}

const LEAD =
  'Cycles of each block by the analytical model, beside those of its execution on real values and what it waited for. Layers that were not ' +
  'executed are left out. A click on a bar, or Enter, chooses the block whose maps and histograms stand below.';

function optionsOf({ options }: Point): (name: string) => unknown {
  return (name) => options[`accelerator.options.${name}`];
}

function absenceOf({ withoutPictures }: Point): string {
  return withoutPictures === true
    ? "This point's histograms and maps are not in this page, which keeps those of the fronts first and of as many others as fit; the journal has them."
    : 'No histogram or map was made of this block.';
}

interface BlockChartProps {
  readonly blocks: readonly ExecutedBlock[];
  /** Label of the point. */
  readonly subject: string;
  readonly chosen: ExecutedBlock;
  readonly onChoose: (name: string) => void;
}

function BlockChart({ blocks, subject, chosen, onChoose }: BlockChartProps) {
  const view = useSignal<CycleView>('cycles');
  const data = blockCycles(blocks, view.value);
  const at = blocks.indexOf(chosen);
  return (
    <>
      <div class="controls">
        <Select
          label="Bars"
          choices={CYCLE_VIEWS}
          chosen={view.value}
          onChoose={(next) => (view.value = next === 'relative' ? 'relative' : 'cycles')}
        />
        <Select
          label="Block"
          choices={blocks.map(({ name }) => [name, name] as const)}
          chosen={chosen.name}
          onChoose={onChoose}
        />
        <p class="subject">{subject}</p>
      </div>
      <Legend entries={data.series.flatMap(({ name, fill }) => (fill === undefined ? [] : [[name, fill]]))} />
      <BarChart
        label="Cycles by block, analytical and executed; the table below lists the same values."
        class="executed"
        data={data}
        onChoose={(index) => onChoose(blocks[index]?.name ?? chosen.name)}
        look={(colors, widthPx) => blockLook(blocks, view.value, at, colors, widthPx)}
      />
    </>
  );
}

/** The same as a table, with a last line for all blocks. */
function BlockTable({ blocks }: Pick<BlockChartProps, 'blocks'>) {
  const whole = { ...wholeOf(blocks), name: 'All' };
  const rows = [...blocks, whole];
  const cycles = (title: string, of: (block: ExecutedBlock) => number | undefined): Column<ExecutedBlock> => {
    const unit = unitFor('cycles', rows.map(of));
    return { title, numeric: true, cell: (block) => formatIn(unit, of(block) ?? 0) };
  };
  const causes = [...whole.stalls].sort(([, a], [, b]) => b - a).map(([cause]) => cause);
  const columns: readonly Column<ExecutedBlock>[] = [
    { title: 'Block', names: true, cell: ({ name }) => name },
    cycles('Analytical', ({ analyticalCycles }) => analyticalCycles),
    cycles('Executed', (block) => block.cycles),
    { title: 'Executed / analytical', numeric: true, cell: timesText },
    cycles('Useful', ({ usefulCycles }) => usefulCycles),
    ...causes.map((cause) => cycles(stallWords(cause), ({ stalls }) => stalls.get(cause))),
  ];
  return <WideTable columns={columns} rows={rows} />;
}
