import type { EChartsCoreOption } from 'echarts/core';
import type { PaperBlock } from '../../paper-model.js';
import { shareText } from '../../units.js';
import { axisStyle, barStop, createChart, tooltip, type Chart } from '../shared/charts.js';
import { h, section, textTable } from '../shared/dom.js';
import { fillOf, itemStyle, legendOf, type Fill } from '../shared/patterns.js';
import type { ChartColors } from '../shared/theme.js';
import { axisText, energyText } from './format.js';
import { partFills } from './colors.js';
import { shownOf, type PaperPage } from './state.js';

interface Component {
  readonly name: string;
  /** One a part of the accelerator, uJ. */
  readonly byPart: readonly number[];
  /** One a block, uJ. */
  readonly byBlock: readonly number[];
  readonly totalUj: number;
}

/** Components shown by themselves in every block; the others are one. */
const BY_BLOCK = 9;

/** Where the energy of the publication's accelerator goes: by component and phase, and by block. */
export function componentsSection(page: PaperPage): HTMLElement {
  const { accelerators } = page.model;
  const subject = accelerators.at(-1);
  const parts = subject?.parts ?? [];
  const fills = partFills(accelerators, accelerators.length - 1);
  let components: readonly Component[] = [];
  let blocks: readonly PaperBlock[] = [];
  const byPart: Chart = createChart({
    label: 'Energy by component, stacked by phase; the table below lists the values.',
    className: 'components',
    marks: 60,
    option: (colors) => partOption(components, parts, fills, colors),
    stops: () => components.map(({ name, totalUj }, i) => barStop(byPart, i, `${name} ${energyText(totalUj)}`)),
  });
  const byBlock: Chart = createChart({
    label: 'Energy by block, stacked by component; the table below lists the components.',
    className: 'components',
    marks: 300,
    option: (colors) => blockOption(largest(components), blocks, colors),
    stops: () =>
      blocks.map(({ name }, i) => barStop(byBlock, i, `block ${name} ${energyText(blockTotal(components, i))}`)),
  });
  const legend = h('div');
  const body = h('div');
  const redraw = (): void => [byPart, byBlock].forEach((chart) => chart.redraw());
  page.choice.watch(() => {
    blocks = (shownOf(page)?.figures.blocks ?? []).filter(({ componentsUj }) => componentsUj !== undefined);
    components = componentsOf(blocks, parts);
    legend.replaceChildren(legendOf(largest(components).map(({ name }, at) => [name, fillOf(at)] as const)));
    body.replaceChildren(componentTable(components, parts));
    redraw();
  });
  const active = fills.slice(0, -1).map((fill, at) => [parts[at] ?? '', fill] as const);
  return section(
    'components',
    `Energy of ${subject?.title ?? ''} by component`,
    'The fused blocks without head and tail. Overhead is what fusion adds: masks, prediction buffers, adders, decoders and the fused weights they fetch.',
    h(
      'div',
      { class: 'columns' },
      h('div', {}, h('h3', {}, 'By component and phase'), legendOf(active), byPart.element),
      h('div', {}, h('h3', {}, 'By block and component'), legend, byBlock.element),
    ),
    h('details', {}, h('summary', {}, 'The values of these bars'), body),
  );
}

function componentsOf(blocks: readonly PaperBlock[], parts: readonly string[]): Component[] {
  const names = [
    ...new Set(blocks.flatMap(({ componentsUj = [] }) => componentsUj.flatMap((part) => Object.keys(part)))),
  ];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return names
    .map((name) => {
      const at = (block: PaperBlock, part: number): number => block.componentsUj?.[part]?.[name] ?? 0;
      const byPart = parts.map((_, part) => sum(blocks.map((block) => at(block, part))));
      const byBlock = blocks.map((block) => sum(parts.map((_, part) => at(block, part))));
      return { name, byPart, byBlock, totalUj: sum(byPart) };
    })
    .filter(({ totalUj }) => totalUj > 0)
    .sort((a, b) => b.totalUj - a.totalUj);
}

function blockTotal(components: readonly Component[], block: number): number {
  return components.reduce((sum, { byBlock }) => sum + (byBlock[block] ?? 0), 0);
}

/** The largest components, and all others added up. */
function largest(components: readonly Component[]): readonly Component[] {
  const rest = components.slice(BY_BLOCK);
  if (rest.length < 2) return components;
  const add = (lists: readonly (readonly number[])[]): readonly number[] =>
    (lists[0] ?? []).map((_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0));
  const others: Component = {
    name: `${rest.length} others`,
    byPart: add(rest.map(({ byPart }) => byPart)),
    byBlock: add(rest.map(({ byBlock }) => byBlock)),
    totalUj: rest.reduce((sum, { totalUj }) => sum + totalUj, 0),
  };
  return [...components.slice(0, BY_BLOCK), others];
}

function partOption(
  components: readonly Component[],
  parts: readonly string[],
  fills: readonly Fill[],
  colors: ChartColors,
): EChartsCoreOption {
  return {
    grid: { left: 116, right: 16, top: 8, bottom: 30 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => {
        const one = components[first?.dataIndex ?? -1];
        return tooltip(
          one?.name ?? '',
          parts.flatMap((part, at): [string, string][] =>
            (one?.byPart[at] ?? 0) === 0 ? [] : [[part, energyText(one?.byPart[at] ?? 0)]],
          ),
        );
      },
    },
    xAxis: energyAxis(colors),
    yAxis: {
      ...axisStyle(colors),
      type: 'category',
      inverse: true,
      data: components.map(({ name }) => name),
      axisLabel: { color: colors.muted, fontSize: 11, width: 104, overflow: 'truncate' },
    },
    series: parts.map((name, at) => ({
      type: 'bar',
      name,
      stack: 'component',
      barCategoryGap: '26%',
      itemStyle: fills[at] === undefined ? {} : itemStyle(fills[at]),
      data: components.map(({ byPart }) => byPart[at] ?? 0),
    })),
  };
}

function blockOption(
  components: readonly Component[],
  blocks: readonly PaperBlock[],
  colors: ChartColors,
): EChartsCoreOption {
  return {
    grid: { left: 56, right: 8, top: 12, bottom: 30 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => {
        const at = first?.dataIndex ?? -1;
        return tooltip(
          blocks[at]?.name ?? '',
          components.map(({ name, byBlock }) => [name, energyText(byBlock[at] ?? 0)]),
        );
      },
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'category',
      data: blocks.map(({ name }) => name),
      axisLabel: { color: colors.muted, fontSize: 11 },
    },
    yAxis: energyAxis(colors),
    series: components.map(({ name, byBlock }, at) => ({
      type: 'bar',
      name,
      stack: 'block',
      barCategoryGap: '26%',
      itemStyle: itemStyle(fillOf(at)),
      data: byBlock,
    })),
  };
}

function energyAxis(colors: ChartColors): object {
  const formatter = (value: number): string => axisText('energyUj', value);
  return {
    ...axisStyle(colors),
    type: 'value',
    axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true, formatter },
  };
}

function componentTable(components: readonly Component[], parts: readonly string[]): HTMLElement {
  const total = components.reduce((sum, { totalUj }) => sum + totalUj, 0);
  const used = parts.map((_, at) => at).filter((at) => components.some(({ byPart }) => (byPart[at] ?? 0) > 0));
  const header = ['Component', ...used.map((at) => parts[at] ?? ''), 'Total', 'Share'];
  const rows = components.map(({ name, byPart, totalUj }) => [
    name,
    ...used.map((at) => energyText(byPart[at] ?? 0)),
    energyText(totalUj),
    shareText(totalUj / total),
  ]);
  return textTable(header, rows, new Set(header.map((_, at) => at).slice(1)));
}
