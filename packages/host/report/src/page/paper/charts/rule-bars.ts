import type { PaperEffect, PaperModel, PaperRule } from '../../../paper-model.js';
import type { BarData, BarLook } from '../../shared/chart/bars.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { itemStyle } from '../../shared/patterns.js';
import { axisText, changeText, type Measure } from '../format.js';
import { acceleratorFill } from './colors.js';

/** A rule with what it alone changes in one network. */
export interface RuleEffects {
  readonly rule: PaperRule;
  readonly effects: readonly PaperEffect[];
}

/** One bar: what a rule changes on one accelerator. */
export interface EffectBar {
  readonly rule: string;
  /** Empty but for the first bar of a rule. */
  readonly label: string;
  /** Index into the model's accelerators. */
  readonly accelerator: number;
  readonly change: number;
}

export function effectsIn(rules: readonly PaperRule[], network: string | undefined): readonly RuleEffects[] {
  return rules.map((rule) => ({ rule, effects: rule.effects.filter((effect) => effect.network === network) }));
}

/** The largest change of a rule on any accelerator. */
export function largestEffect(effects: readonly PaperEffect[], measure: Measure): number {
  return Math.max(0, ...effects.map((effect) => Math.abs(effect[measure])));
}

/** Bars of the rules that change the figure, the largest change first. */
export function effectBars(
  rules: readonly RuleEffects[],
  accelerators: PaperModel['accelerators'],
  measure: Measure,
): readonly EffectBar[] {
  const sorted = [...rules].sort((a, b) => largestEffect(b.effects, measure) - largestEffect(a.effects, measure));
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

export function ruleBars(
  bars: readonly EffectBar[],
  accelerators: PaperModel['accelerators'],
  measure: Measure,
): BarData {
  const title = ({ accelerator }: EffectBar): string => accelerators[accelerator]?.title ?? '';
  return {
    categories: bars.map(({ label }) => label),
    series: [{ name: 'change', values: bars.map(({ change }) => change) }],
    tips: bars.map((bar) => ({ title: bar.rule, rows: [[title(bar), changeText(measure, bar.change)]] })),
    sentences: bars.map((bar) => `${bar.rule}, ${title(bar)} ${changeText(measure, bar.change)}`),
  };
}

export function ruleLook(bars: readonly EffectBar[], measure: Measure, colors: ChartColors): BarLook {
  return {
    grid: { left: 168, right: 24, top: 6, bottom: 34 },
    lying: true,
    categoryLabel: { interval: 0, width: 160, overflow: 'truncate' },
    categoryAxis: { axisLine: { onZero: false, lineStyle: { color: colors.line } }, axisTick: { show: false } },
    valueAxis: { boundaryGap: ['12%', '12%'] },
    valueText: (value) => axisText(measure, value),
    series: { barWidth: 11 },
    bar: (_, i) => {
      const { change = 0, accelerator = 0 } = bars[i] ?? {};
      return {
        itemStyle: { ...itemStyle(acceleratorFill(accelerator)), borderRadius: 2 },
        label: {
          show: true,
          position: change < 0 ? 'left' : 'right',
          color: colors.muted,
          fontSize: 10.5,
          formatter: changeText(measure, change),
        },
      };
    },
  };
}
