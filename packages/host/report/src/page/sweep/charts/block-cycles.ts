import type { DisplayUnit } from '@archon-dse/core';
import { digits, formatMetric, numberIn, shareText, unitFor } from '../../../units.js';
import type { BarData, BarLook, BarSeries } from '../../shared/chart/bars.js';
import { stackOf } from '../../shared/chart/stack.js';
import type { ChartColors, Tip } from '../../shared/chart/style.js';
import { fillOf, MOST_FILLS } from '../../shared/patterns.js';
import type { ExecutedBlock } from '../state/executed-blocks.js';
import { stallWords } from '../state/execution-words.js';
import { unnamedBetween } from './layer-bands.js';

export type CycleView = 'cycles' | 'relative';

export const CYCLE_VIEWS: readonly (readonly [CycleView, string])[] = [
  ['cycles', 'Cycles'],
  ['relative', 'Times the analytical cycles'],
];

/** Two bars a block: its analytical cycles, and those of the execution, stacked of useful ones and the causes of the others. */
export function blockCycles(blocks: readonly ExecutedBlock[], view: CycleView): BarData {
  const unit = (block: ExecutedBlock): number => (view === 'cycles' ? 1 : block.analyticalCycles);
  const scaled = (cycles: number, block: ExecutedBlock): number => (unit(block) === 0 ? 0 : cycles / unit(block));
  const bars = (name: string, stack: string, fill: number, cyclesOf: (block: ExecutedBlock) => number): BarSeries => ({
    ...{ name, stack, fill: fillOf(fill) },
    values: blocks.map((block) => scaled(cyclesOf(block), block)),
  });
  const stalls = blocks.map((block) => [...block.stalls].map(([name, lost]) => [name, scaled(lost, block)] as const));
  return {
    categories: blocks.map(({ name }) => name),
    series: [
      bars('Analytical', 'analytical', MOST_FILLS, ({ analyticalCycles }) => analyticalCycles),
      bars('Executed: useful', 'executed', 0, ({ usefulCycles }) => usefulCycles),
      ...stackOf(stalls, { stack: 'executed', taken: 1, title: stallWords }),
    ],
    tips: blocks.map(tipOf),
    sentences: blocks.map(sentenceOf),
  };
}

/** How many times the analytical cycles the execution took. */
export function timesText({ cycles, analyticalCycles }: ExecutedBlock): string {
  return analyticalCycles === 0 ? '–' : `${digits(cycles / analyticalCycles)} ×`;
}

/** Where the cycles went, the largest cause first. */
function lossesOf({ cycles, stalls }: ExecutedBlock): readonly (readonly [cause: string, lost: string])[] {
  return [...stalls]
    .sort(([, a], [, b]) => b - a)
    .map(([name, lost]) => [stallWords(name), `${formatMetric('cycles', lost)}, ${shareText(lost / cycles)}`]);
}

function tipOf(block: ExecutedBlock): Tip {
  const { name, analyticalCycles, cycles, usefulCycles } = block;
  return {
    title: name,
    rows: [
      ['Analytical', formatMetric('cycles', analyticalCycles)],
      ['Executed', `${formatMetric('cycles', cycles)}, ${timesText(block)}`],
      ['Useful', formatMetric('cycles', usefulCycles)],
      ...lossesOf(block),
    ],
  };
}

function sentenceOf(block: ExecutedBlock): string {
  const { name, analyticalCycles, cycles } = block;
  return [
    `${name}, analytical ${formatMetric('cycles', analyticalCycles)}, executed ${formatMetric('cycles', cycles)} cycles`,
    ...lossesOf(block).map(([cause, lost]) => `${cause} ${lost}`),
  ].join(', ');
}

function cyclesUnit(blocks: readonly ExecutedBlock[]): DisplayUnit {
  return unitFor(
    'cycles',
    blocks.flatMap(({ analyticalCycles, cycles }) => [analyticalCycles, cycles]),
  );
}

/** Room beside the plot, in pixels. */
const MARGIN = { left: 66, right: 12 };

/** @param chosen - index of the block that is marked */
export function blockLook(
  blocks: readonly ExecutedBlock[],
  view: CycleView,
  chosen: number,
  colors: ChartColors,
  widthPx: number,
): BarLook {
  const unit = cyclesUnit(blocks);
  return {
    grid: { ...MARGIN, top: 22, bottom: 46 },
    categoryLabel: {
      ...{ rotate: 40, width: 80, overflow: 'truncate' },
      interval: unnamedBetween(blocks.length, widthPx - MARGIN.left - MARGIN.right),
    },
    valueAxis: {
      name: view === 'cycles' ? `Cycles${unit.text === '' ? '' : ` (${unit.text})`}` : 'Times the analytical',
      nameLocation: 'middle',
      nameGap: 46,
    },
    valueText: (value) => (view === 'cycles' ? numberIn(unit, value) : digits(value)),
    series: { barCategoryGap: '28%', barGap: '6%', barMaxWidth: 46 },
    firstSeries: { markArea: markOf(chosen, colors) },
  };
}

/** Frames the chosen block. */
function markOf(chosen: number, colors: ChartColors): object {
  const itemStyle = { color: colors.band, borderColor: colors.accent, borderWidth: 1, borderType: 'dashed' };
  return { silent: true, itemStyle, data: [[{ xAxis: chosen }, { xAxis: chosen }]] };
}
