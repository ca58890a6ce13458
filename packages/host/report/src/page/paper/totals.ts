import type { EChartsCoreOption } from 'echarts/core';
import type { PaperCost, PaperFigures, PaperModel, PaperNetwork } from '../../paper-model.js';
import { axisStyle, barStop, createChart, tooltip, type Chart } from '../shared/charts.js';
import { h, scrolling, section, textTable, type Child } from '../shared/dom.js';
import { itemStyle, legendOf } from '../shared/patterns.js';
import type { ChartColors } from '../shared/theme.js';
import { acceleratorFill } from './colors.js';
import { cyclesText, microjoules, ratio, ratioText, type Measure } from './format.js';
import { shownOf, type PaperPage } from './state.js';

interface Bars {
  readonly title: string;
  readonly measure: Measure;
  /** What a bar says: how many times the subject is faster, or its energy as a multiple. */
  readonly value: (subject: PaperCost | undefined, other: PaperCost | undefined) => number;
  readonly label: string;
}

const BARS: readonly Bars[] = [
  {
    title: 'Speed-up: cycles of the other / cycles of',
    measure: 'cycles',
    value: (subject, other) => ratio(other, subject, 'cycles'),
    label: 'above 1 it is faster',
  },
  {
    title: 'Energy of the other = 1, energy of',
    measure: 'energyUj',
    value: (subject, other) => ratio(subject, other, 'energyUj'),
    label: 'below 1 it saves energy',
  },
];

/** Whole networks: speed-ups and energies against the other accelerators, then all figures. */
export function totalsSection(page: PaperPage): HTMLElement {
  const { model, choice } = page;
  const subject = model.accelerators.at(-1)?.title ?? '';
  const others = model.accelerators.slice(0, -1);
  const charts = BARS.map((bars) => {
    const chart: Chart = createChart({
      label: `${bars.title} ${subject}; the table below lists the values.`,
      className: 'totals',
      marks: 40,
      option: (colors) => barOption(page, bars, colors),
      stops: () => model.networks.map((_, i) => barStop(chart, i, sentence(page, bars, i))),
    });
    return { bars, chart };
  });
  const body = h('div');
  const notes = h('ul', { class: 'rules' });
  choice.watch(() => {
    for (const { chart } of charts) chart.redraw();
    const figures = model.runs[choice.value.run]?.figures ?? [];
    body.replaceChildren(totalsTable(model, figures, choice.value.network));
    const shown = shownOf(page);
    const lines = shown?.figures.notes.map((note) => h('li', {}, h('strong', {}, shown.network.title), `: ${note}`));
    notes.replaceChildren(...(lines ?? []));
  });
  const panel = ({ bars, chart }: { bars: Bars; chart: Chart }): HTMLElement =>
    h('div', {}, h('h3', {}, `${bars.title} ${subject} (${bars.label})`), scrolling(chart.element));
  return section(
    'totals',
    'Whole networks',
    `${subject} runs the fused network, the others its original. Small print under a figure is what the publication printed, where that differs.`,
    legendOf(others.map(({ title }, at) => [`against ${title}`, acceleratorFill(at)] as const)),
    h('div', { class: 'columns' }, ...charts.map(panel)),
    body,
    notes,
  );
}

/** The ratios of a network, for reading out. */
function sentence({ model, choice }: PaperPage, { value }: Bars, at: number): string {
  const totals = model.runs[choice.value.run]?.figures[at]?.totals ?? {};
  const subject = totals[model.accelerators.at(-1)?.id ?? ''];
  const ratios = model.accelerators
    .slice(0, -1)
    .map(({ id, title }) => `against ${title} ${ratioText(value(subject, totals[id]))}`);
  return `${model.networks[at]?.title ?? ''}: ${ratios.join(', ')}`;
}

function barOption({ model, choice }: PaperPage, { value }: Bars, colors: ChartColors): EChartsCoreOption {
  const { accelerators, networks, runs } = model;
  const subject = accelerators.at(-1)?.id ?? '';
  const figures = runs[choice.value.run]?.figures ?? [];
  const series = accelerators.slice(0, -1).map(({ id, title }, index) => ({
    type: 'bar',
    name: `against ${title}`,
    itemStyle: { ...itemStyle(acceleratorFill(index)), borderRadius: [3, 3, 0, 0] },
    barMaxWidth: 34,
    label: {
      show: true,
      position: 'top',
      distance: 3,
      color: colors.muted,
      fontSize: 10,
      formatter: ({ value: shown }: { value: number }) => shown.toFixed(2),
    },
    labelLayout: { hideOverlap: true },
    data: figures.map(({ totals }) => value(totals[subject], totals[id])),
  }));
  return {
    grid: { left: 32, right: 8, top: 22, bottom: 46 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (items: readonly { dataIndex: number; seriesName: string; value: number }[]) =>
        tooltip(
          networks[items[0]?.dataIndex ?? -1]?.title ?? '',
          items.map((item) => [item.seriesName, ratioText(item.value)]),
        ),
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'category',
      data: networks.map(({ title }) => title.replace(', ', '\n')),
      axisLabel: {
        color: (_: string, index: number) => (index === choice.value.network ? colors.accent : colors.muted),
        fontSize: 10.5,
        lineHeight: 14,
        interval: 0,
      },
    },
    yAxis: { ...axisStyle(colors), type: 'value', minInterval: 1 },
    series: [{ ...series[0], markArea: unityLine(colors) }, ...series.slice(1)],
  };
}

/** Shades the range up to 1, where both sides are equal. */
function unityLine(colors: ChartColors): object {
  return { silent: true, itemStyle: { color: colors.band }, data: [[{ yAxis: 0 }, { yAxis: 1 }]] };
}

function totalsTable(
  { accelerators, networks }: PaperModel,
  figures: readonly PaperFigures[],
  chosen: number,
): HTMLElement {
  const subject = accelerators.at(-1)?.id ?? '';
  const others = accelerators.slice(0, -1);
  const header = [
    'Network',
    ...accelerators.flatMap(({ title }) => [`${title} cycles`, `${title} µJ`]),
    ...others.map(({ title }) => `Cycles, ${title.toLowerCase()} / ours`),
    ...others.map(({ title }) => `Energy, ours / ${title.toLowerCase()}`),
  ];
  const rows = networks.map((network, at): Child[] => {
    const totals = figures[at]?.totals ?? {};
    return [
      networkCell(network, at === chosen),
      ...accelerators.flatMap(({ id }) => costCells(totals[id], network, id)),
      ...others.map(({ id }) => ratioText(ratio(totals[id], totals[subject], 'cycles'))),
      ...others.map(({ id }) => ratioText(ratio(totals[subject], totals[id], 'energyUj'))),
    ];
  });
  return textTable(header, rows, new Set(header.map((_, at) => at).slice(1)));
}

function networkCell({ title, baseline, caveat }: PaperNetwork, isChosen: boolean): HTMLElement {
  return h(
    'div',
    {},
    isChosen ? h('strong', {}, title) : title,
    h('small', {}, `beside ${baseline}${caveat === undefined ? '' : `; ${caveat}`}`),
  );
}

function costCells(cost: PaperCost | undefined, { printed }: PaperNetwork, id: string): Child[] {
  const cell = (ours: string, theirs: string | undefined): HTMLElement =>
    h('div', {}, ours, theirs === undefined || theirs === ours ? undefined : h('small', {}, `printed ${theirs}`));
  const was = printed[id];
  return [
    cell(cyclesText(cost?.cycles ?? null), was === undefined ? undefined : cyclesText(was.cycles)),
    cell(
      cost === undefined ? '–' : microjoules(cost.energyUj),
      was === undefined ? undefined : microjoules(was.energyUj),
    ),
  ];
}
