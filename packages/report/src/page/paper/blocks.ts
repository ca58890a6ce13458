import type { EChartsCoreOption } from 'echarts/core';
import type { PaperAccelerator, PaperBlock, PaperModel } from '../../paper-model.js';
import { axisStyle, createChart, tooltip } from '../shared/charts.js';
import { h, section, textTable, type Child } from '../shared/dom.js';
import { scheme, type ChartColors } from '../shared/theme.js';
import { partColors } from './colors.js';
import { axisText, MEASURES, measureText, type Measure } from './format.js';
import { legendOf } from './legend.js';
import { shownOf, type PaperPage } from './state.js';

/** The publication's figures: one stacked bar an accelerator for each block, in cycles and in energy. */
export function blocksSection(page: PaperPage): HTMLElement {
  const { model, choice } = page;
  const subject = h('p', { class: 'subject' });
  const charts = MEASURES.map(([measure, title]) => ({
    title,
    chart: createChart(`${title} by block, stacked; the table below lists the values.`, 'blocks', 600, (colors) =>
      stackOption(model, shownOf(page)?.figures.blocks ?? [], measure, colors),
    ),
  }));
  const redraw = (): void => charts.forEach(({ chart }) => chart.redraw());
  const body = h('div');
  choice.watch(() => {
    const shown = shownOf(page);
    subject.textContent = `${shown?.network.title ?? ''} beside ${shown?.network.baseline ?? ''}. ${shown?.run.title ?? ''}.`;
    body.replaceChildren(blockTable(model, shown?.figures.blocks ?? []));
    redraw();
  });
  scheme.onChange(redraw);
  return section(
    'blocks',
    'Block by block',
    'Three bars a block, from left to right in the order of the legend, stacked of the layers of the original block or the phases of the fused one. The block of a fused network with the same number is not the same block: fused networks have their own.',
    subject,
    h('div', { class: 'legends' }, ...model.accelerators.map((one, at) => acceleratorLegend(one, model, at))),
    ...charts.map(({ title, chart }) =>
      h('div', { class: 'figure' }, h('h3', {}, title), h('div', { class: 'scroll' }, chart.element)),
    ),
    h('details', {}, h('summary', {}, 'The values of these bars'), body),
  );
}

function acceleratorLegend({ title, parts }: PaperAccelerator, { accelerators }: PaperModel, at: number): HTMLElement {
  const colors = partColors(accelerators, at);
  return h('div', {}, h('strong', {}, title), legendOf(parts.map((part, i) => [part, colors[i] ?? ''])));
}

function stackOption(
  { accelerators }: PaperModel,
  blocks: readonly PaperBlock[],
  measure: Measure,
  colors: ChartColors,
): EChartsCoreOption {
  const series = accelerators.flatMap(({ id, parts }, at) => {
    const shades = partColors(accelerators, at);
    return parts.map((name, part) => ({
      type: 'bar',
      name,
      stack: id,
      barGap: '8%',
      barCategoryGap: '24%',
      itemStyle: { color: shades[part] },
      data: blocks.map(({ costs }) => costs[id]?.[part]?.[measure] || '-'),
    }));
  });
  return {
    grid: { left: 56, right: 8, top: 12, bottom: 40 },
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

function blockTable({ accelerators }: PaperModel, blocks: readonly PaperBlock[]): HTMLElement {
  const rows = blocks.flatMap(({ name, costs }) =>
    accelerators.flatMap(({ id, title, parts }) =>
      (costs[id] ?? []).flatMap(({ cycles, energyUj }, part): Child[][] =>
        cycles === 0 && energyUj === 0
          ? []
          : [[name, title, parts[part], measureText('cycles', cycles), measureText('energyUj', energyUj)]],
      ),
    ),
  );
  return textTable(['Block', 'Accelerator', 'Part', 'Cycles', 'Energy'], rows, new Set([3, 4]));
}
