import type { EChartsCoreOption } from 'echarts/core';
import type { PaperAccelerator, PaperBlock, PaperCost, PaperModel } from '../../paper-model.js';
import { axisStyle, barStop, createChart, tooltip, type Chart } from '../shared/charts.js';
import { h, scrolling, section, textTable, type Child } from '../shared/dom.js';
import { itemStyle, legendOf } from '../shared/patterns.js';
import type { ChartColors } from '../shared/theme.js';
import { partFills } from './colors.js';
import { axisText, MEASURES, measureText, type Measure } from './format.js';
import { shownOf, type PaperPage } from './state.js';

/** The publication's figures: one stacked bar an accelerator for each block, in cycles and in energy. */
export function blocksSection(page: PaperPage): HTMLElement {
  const { model, choice } = page;
  const subject = h('p', { class: 'subject' });
  const blocksShown = (): readonly PaperBlock[] => shownOf(page)?.figures.blocks ?? [];
  const charts = MEASURES.map(([measure, title]) => {
    const chart: Chart = createChart({
      label: `${title} by block, stacked; the table below lists the values.`,
      className: 'blocks',
      marks: 600,
      option: (colors) => stackOption(model, blocksShown(), measure, colors),
      stops: () => blocksShown().map((block, i) => barStop(chart, i, sentence(model, block, measure))),
    });
    return { title, chart };
  });
  const redraw = (): void => charts.forEach(({ chart }) => chart.redraw());
  const body = h('div');
  choice.watch(() => {
    const shown = shownOf(page);
    subject.textContent = `${shown?.network.title ?? ''} beside ${shown?.network.baseline ?? ''}. ${shown?.run.title ?? ''}.`;
    body.replaceChildren(blockTable(model, shown?.figures.blocks ?? []));
    redraw();
  });
  return section(
    'blocks',
    'Block by block',
    'Three bars a block, from left to right in the order of the legend, stacked of the layers of the original block or the phases of the fused one. The block of a fused network with the same number is not the same block: fused networks have their own.',
    subject,
    h('div', { class: 'legends' }, ...model.accelerators.map((one, at) => acceleratorLegend(one, model, at))),
    ...charts.map(({ title, chart }) => h('div', { class: 'figure' }, h('h3', {}, title), scrolling(chart.element))),
    h('details', {}, h('summary', {}, 'The values of these bars'), body),
  );
}

function acceleratorLegend({ title, parts }: PaperAccelerator, { accelerators }: PaperModel, at: number): HTMLElement {
  const fills = partFills(accelerators, at);
  const entries = fills.map((fill, i) => [parts[i] ?? '', fill] as const);
  return h('div', {}, h('strong', {}, title), legendOf(entries));
}

/** What a block costs on each accelerator, for reading out. */
function sentence({ accelerators }: PaperModel, { name, costs }: PaperBlock, measure: Measure): string {
  const totals = accelerators.flatMap(({ id, title }) => {
    const values = (costs[id] ?? []).map((cost) => cost[measure]);
    const isKnown = values.length > 0 && values.every((value) => value !== null);
    return isKnown
      ? [
          `${title} ${measureText(
            measure,
            values.reduce((a, b) => (a ?? 0) + (b ?? 0), 0),
          )}`,
        ]
      : [];
  });
  return `block ${name}: ${totals.join(', ')}`;
}

function stackOption(
  { accelerators }: PaperModel,
  blocks: readonly PaperBlock[],
  measure: Measure,
  colors: ChartColors,
): EChartsCoreOption {
  const series = accelerators.flatMap(({ id, parts }, at) => {
    const fills = partFills(accelerators, at);
    return parts.map((name, part) => ({
      type: 'bar',
      name,
      stack: id,
      barGap: '8%',
      barCategoryGap: '24%',
      itemStyle: fills[part] === undefined ? {} : itemStyle(fills[part]),
      data: blocks.map(({ costs }) => costs[id]?.[part]?.[measure] || '-'),
    }));
  });
  return {
    grid: { left: 64, right: 8, top: 12, bottom: 40 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) =>
        tipOf(accelerators, blocks[first?.dataIndex ?? -1], measure),
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'category',
      data: blocks.map(({ name }) => name.replace(' ', '\n')),
      axisLabel: { color: colors.muted, fontSize: 11, lineHeight: 14, interval: 0, width: 50, overflow: 'truncate' },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'value',
      axisLabel: {
        color: colors.muted,
        fontSize: 11,
        formatter: (value: number) => axisText(measure, value),
      },
    },
    series,
  };
}

function tipOf(
  accelerators: readonly PaperAccelerator[],
  block: PaperBlock | undefined,
  measure: Measure,
): HTMLElement | string {
  if (block === undefined) return '';
  const rows = accelerators.flatMap(({ id, title, parts }) =>
    (block.costs[id] ?? []).flatMap((cost, part): [string, Child][] =>
      cost[measure] === 0 ? [] : [[`${title} ${parts[part] ?? ''}`, measureText(measure, cost[measure])]],
    ),
  );
  return tooltip(block.name, rows);
}

function cyclesCell({ cycles, quoted }: PaperCost): Child {
  const text = measureText('cycles', cycles);
  return quoted === undefined ? text : h('div', {}, text, h('small', {}, quoted));
}

function blockTable({ accelerators }: PaperModel, blocks: readonly PaperBlock[]): HTMLElement {
  const rows = blocks.flatMap(({ name, costs }) =>
    accelerators.flatMap(({ id, title, parts }) =>
      (costs[id] ?? []).flatMap((cost, part): Child[][] =>
        cost.cycles === 0 && cost.energyUj === 0
          ? []
          : [[name, title, parts[part], cyclesCell(cost), measureText('energyUj', cost.energyUj)]],
      ),
    ),
  );
  return textTable(['Block', 'Accelerator', 'Part', 'Cycles', 'Energy'], rows, new Set([3, 4]));
}
