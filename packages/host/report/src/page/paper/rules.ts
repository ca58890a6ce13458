import type { EChartsCoreOption } from 'echarts/core';
import type { PaperAccelerator, PaperEffect, PaperRule } from '../../paper-model.js';
import { formatMetric, shareText } from '../../units.js';
import { axisStyle, barStop, createChart, tooltip, type Chart } from '../shared/charts.js';
import { h, scrolling, section, select } from '../shared/dom.js';
import { itemStyle, legendOf } from '../shared/patterns.js';
import { Signal } from '../shared/signal.js';
import { sortableTable } from '../shared/sortable-table.js';
import type { ChartColors } from '../shared/theme.js';
import { acceleratorFill } from './colors.js';
import { axisText, changeText, MEASURES, type Measure } from './format.js';
import { shownOf, type PaperPage } from './state.js';

/** A rule with what it alone changes in the chosen network. */
interface RuleRow {
  readonly rule: PaperRule;
  readonly effects: readonly PaperEffect[];
}

/** One bar: what a rule changes on one accelerator. */
interface Bar {
  readonly rule: string;
  /** Empty but for the first bar of a rule. */
  readonly label: string;
  readonly accelerator: number;
  readonly change: number;
}

const BAR_HEIGHT = 20;

/** What each correction changes by itself, as bars and as a table that says what the rule is about. */
export function rulesSection(page: PaperPage): HTMLElement {
  const { accelerators } = page.model;
  const measure = new Signal<Measure>('energyUj');
  let rows: readonly RuleRow[] = [];
  const bars = (): readonly Bar[] => barsOf(rows, accelerators, measure.value);
  const chart: Chart = createChart({
    label: 'Change by rule; the table below lists the values.',
    className: 'effects',
    marks: 120,
    option: (colors) => effectOption(bars(), accelerators, measure.value, colors),
    stops: () => bars().map((bar, i) => barStop(chart, i, sentence(bar, accelerators, measure.value))),
  });
  const none = h('p', { class: 'muted' });
  const body = h('div');
  const redraw = (): void => {
    const count = bars().length;
    chart.element.hidden = count === 0;
    none.textContent = count === 0 ? 'No rule alone changes this figure of this network.' : '';
    chart.element.style.height = `${count * BAR_HEIGHT + 50}px`;
    chart.redraw();
  };
  page.choice.watch(() => {
    const shown = shownOf(page);
    rows = page.model.rules.map((rule) => ({
      rule,
      effects: rule.effects.filter(({ network }) => network === shown?.network.id),
    }));
    body.replaceChildren(ruleTable(rows, page));
    redraw();
  });
  measure.onChange(redraw);
  const choices = MEASURES.map(([id, title]) => [id, title] as const);
  return section(
    'rules',
    'What each correction changes',
    'Every rule is one decision of the publication. Each is corrected alone, all others as published, so the changes need not add up to those of all corrections together.',
    h(
      'div',
      { class: 'controls' },
      select('Change of', choices, measure.value, (id) => measure.set(id === 'cycles' ? 'cycles' : 'energyUj')),
      legendOf(accelerators.map(({ title }, at) => [title, acceleratorFill(at)] as const)),
    ),
    none,
    scrolling(chart.element),
    body,
  );
}

function sentence(
  { rule, accelerator, change }: Bar,
  accelerators: readonly PaperAccelerator[],
  measure: Measure,
): string {
  return `${rule}, ${accelerators[accelerator]?.title ?? ''} ${changeText(measure, change)}`;
}

/** Bars of the rules that change the figure, the largest change first. */
function barsOf(rows: readonly RuleRow[], accelerators: readonly PaperAccelerator[], measure: Measure): Bar[] {
  const sorted = [...rows].sort((a, b) => largest(b.effects, measure) - largest(a.effects, measure));
  return sorted.flatMap(({ rule, effects }) =>
    effects
      .filter((effect) => effect[measure] !== 0)
      .map((effect, i) => ({
        rule: rule.name,
        label: i === 0 ? rule.name : '',
        accelerator: accelerators.findIndex(({ id }) => id === effect.accelerator),
        change: effect[measure],
      })),
  );
}

function largest(effects: readonly PaperEffect[], measure: Measure): number {
  return Math.max(0, ...effects.map((effect) => Math.abs(effect[measure])));
}

function effectOption(
  bars: readonly Bar[],
  accelerators: readonly PaperAccelerator[],
  measure: Measure,
  colors: ChartColors,
): EChartsCoreOption {
  const text = ({ change }: Bar): string => changeText(measure, change);
  return {
    grid: { left: 168, right: 24, top: 6, bottom: 34 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => {
        const bar = bars[first?.dataIndex ?? -1];
        return bar === undefined ? '' : tooltip(bar.rule, [[accelerators[bar.accelerator]?.title ?? '', text(bar)]]);
      },
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'value',
      boundaryGap: ['12%', '12%'],
      axisLabel: {
        color: colors.muted,
        fontSize: 11,
        hideOverlap: true,
        formatter: (value: number) => axisText(measure, value),
      },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLabel: { color: colors.muted, fontSize: 11, interval: 0, width: 160, overflow: 'truncate' },
      axisLine: { onZero: false, lineStyle: { color: colors.line } },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barWidth: 11,
        data: bars.map((bar) => ({
          value: bar.change,
          itemStyle: { ...itemStyle(acceleratorFill(bar.accelerator)), borderRadius: 2 },
          label: {
            show: true,
            position: bar.change < 0 ? 'left' : 'right',
            color: colors.muted,
            fontSize: 10.5,
            formatter: text(bar),
          },
        })),
      },
    ],
  };
}

function ruleTable(rows: readonly RuleRow[], page: PaperPage): HTMLElement {
  const published = page.model.runs[0]?.figures[page.choice.value.network]?.totals ?? {};
  const changes = (effects: readonly PaperEffect[], measure: Measure): HTMLElement =>
    h(
      'div',
      { class: 'changes' },
      ...effects.flatMap((effect) => {
        const title = page.model.accelerators.find(({ id }) => id === effect.accelerator)?.title;
        const total = published[effect.accelerator]?.[measure] ?? 0;
        if (effect[measure] === 0) return [];
        const share = shareText(Math.abs(effect[measure]) / total);
        return [h('div', {}, h('small', {}, `${title ?? ''} ${share} `), changeText(measure, effect[measure]))];
      }),
    );
  const text = (was: string, is: string, why: string): HTMLElement =>
    h(
      'div',
      { class: 'says' },
      h('p', {}, was),
      h('p', {}, h('span', { class: 'badge good' }, 'corrected'), is),
      h('small', {}, why),
    );
  return sortableTable(
    [
      { title: 'Rule' },
      { title: 'Published, corrected, why' },
      { title: 'Cycles', numeric: true },
      { title: 'Energy', numeric: true },
      { title: 'Area', numeric: true },
    ],
    rows.map(({ rule, effects }) => [
      { key: rule.name, content: h('code', {}, rule.name) },
      { key: rule.published, content: text(rule.published, rule.corrected, rule.why) },
      { key: largest(effects, 'cycles'), content: changes(effects, 'cycles') },
      { key: largest(effects, 'energyUj'), content: changes(effects, 'energyUj') },
      { key: Math.abs(rule.areaUm2), content: rule.areaUm2 === 0 ? '' : `+${formatMetric('areaUm2', rule.areaUm2)}` },
    ]),
  );
}
