import type { EChartsCoreOption } from 'echarts/core';
import type { PaperAccelerator, PaperEffect, PaperRule } from '../../paper-model.js';
import { formatMetric } from '../../units.js';
import { axisStyle, createChart, tooltip } from '../shared/charts.js';
import { h, section, select, type Child } from '../shared/dom.js';
import { Signal } from '../shared/signal.js';
import { sortableTable } from '../shared/sortable-table.js';
import { scheme, type ChartColors } from '../shared/theme.js';
import { acceleratorColor } from './colors.js';
import { axisText, changeText, MEASURES, shareText, type Measure } from './format.js';
import { legendOf } from './legend.js';
import { shownOf, type PaperPage } from './state.js';

/** A rule with what it alone changes in the chosen network. */
interface RuleRow {
  readonly rule: PaperRule;
  readonly effects: readonly PaperEffect[];
}

const ROW_HEIGHT = 30;

/** What each correction changes by itself, as bars and as a table that says what the rule is about. */
export function rulesSection(page: PaperPage): HTMLElement {
  const { accelerators } = page.model;
  const measure = new Signal<Measure>('energyUj');
  let rows: readonly RuleRow[] = [];
  const chart = createChart('Change by rule; the table below lists the values.', 'effects', 120, (colors) =>
    effectOption(rows, accelerators, measure.value, colors),
  );
  const none = h('p', { class: 'muted' });
  const body = h('div');
  const redraw = (): void => {
    const drawn = drawnRows(rows, measure.value);
    chart.element.hidden = drawn.length === 0;
    none.textContent = drawn.length === 0 ? 'No rule alone changes this figure of this network.' : '';
    chart.element.style.height = `${drawn.length * ROW_HEIGHT + 50}px`;
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
  scheme.onChange(redraw);
  const choices = MEASURES.map(([id, title]) => [id, title] as const);
  return section(
    'rules',
    'What each correction changes',
    'Every rule is one decision of the publication. Each is corrected alone, all others as published, so the changes need not add up to those of all corrections together.',
    h(
      'div',
      { class: 'controls' },
      select('Change of', choices, measure.value, (id) => measure.set(id === 'cycles' ? 'cycles' : 'energyUj')),
      legendOf(accelerators.map(({ title }, at) => [title, acceleratorColor(at)])),
    ),
    none,
    chart.element,
    body,
  );
}

/** Rules that change the figure, the largest change first. */
function drawnRows(rows: readonly RuleRow[], measure: Measure): RuleRow[] {
  return rows
    .filter(({ effects }) => largest(effects, measure) > 0)
    .sort((a, b) => largest(b.effects, measure) - largest(a.effects, measure));
}

function largest(effects: readonly PaperEffect[], measure: Measure): number {
  return Math.max(0, ...effects.map((effect) => Math.abs(effect[measure])));
}

function effectOption(
  rows: readonly RuleRow[],
  accelerators: readonly PaperAccelerator[],
  measure: Measure,
  colors: ChartColors,
): EChartsCoreOption {
  const drawn = drawnRows(rows, measure);
  const change = ({ effects }: RuleRow, id: string): number | '-' =>
    effects.find(({ accelerator }) => accelerator === id)?.[measure] || '-';
  return {
    grid: { left: 156, right: 24, top: 6, bottom: 34 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([first]: readonly { dataIndex: number }[]) => {
        const row = drawn[first?.dataIndex ?? -1];
        const values = accelerators.flatMap(({ id, title }): [string, Child][] => {
          const value = row === undefined ? '-' : change(row, id);
          return value === '-' ? [] : [[title, changeText(measure, value)]];
        });
        return tooltip(row?.rule.name ?? '', values);
      },
    },
    xAxis: {
      ...axisStyle(colors),
      type: 'value',
      axisLabel: {
        color: colors.muted,
        fontSize: 11,
        formatter: (value: number) => `${axisText(value)}${measure === 'energyUj' ? ' µJ' : ''}`,
      },
    },
    yAxis: {
      ...axisStyle(colors),
      type: 'category',
      inverse: true,
      data: drawn.map(({ rule }) => rule.name),
      axisLabel: { color: colors.muted, fontSize: 11, interval: 0, width: 146, overflow: 'truncate' },
      axisLine: { onZero: false, lineStyle: { color: colors.line } },
    },
    series: accelerators.map(({ id, title }, at) => ({
      type: 'bar',
      name: title,
      barMaxWidth: 9,
      barGap: '10%',
      itemStyle: { color: acceleratorColor(at), borderRadius: 2 },
      data: drawn.map((row) => change(row, id)),
    })),
  };
}

function ruleTable(rows: readonly RuleRow[], page: PaperPage): HTMLElement {
  const published = page.model.runs[0]?.figures[page.choice.value.network]?.totals ?? {};
  const changes = (effects: readonly PaperEffect[], measure: Measure): HTMLElement =>
    h(
      'div',
      {},
      ...effects.flatMap((effect) => {
        const title = page.model.accelerators.find(({ id }) => id === effect.accelerator)?.title;
        const total = published[effect.accelerator]?.[measure] ?? 0;
        if (effect[measure] === 0) return [];
        const share = shareText(Math.abs(effect[measure]) / total);
        return [h('div', {}, changeText(measure, effect[measure]), h('small', {}, `${title ?? ''}, ${share}`))];
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
