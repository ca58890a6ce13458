import type { PaperBlock, PaperModel } from '../../../paper-model.js';
import type { BarData, BarLook } from '../../shared/chart/bars.js';
import { axisText, measureText, type Measure } from '../format.js';
import { partFills } from './colors.js';

type Accelerators = PaperModel['accelerators'];

/** One stacked bar an accelerator for each block. */
export function blockBars(accelerators: Accelerators, blocks: readonly PaperBlock[], measure: Measure): BarData {
  return {
    categories: blocks.map(({ name }) => name.replace(' ', '\n')),
    series: accelerators.flatMap(({ id, parts }, at) => {
      const fills = partFills(accelerators, at);
      return parts.map((name, part) => ({
        name,
        stack: id,
        fill: fills[part],
        values: blocks.map(({ costs }) => costs[id]?.[part]?.[measure] || '-'),
      }));
    }),
    tips: blocks.map(({ name, costs }) => ({
      title: name,
      rows: accelerators.flatMap(({ id, title, parts }) =>
        (costs[id] ?? []).flatMap((cost, part) =>
          cost[measure] === 0 ? [] : [[`${title} ${parts[part] ?? ''}`, measureText(measure, cost[measure])] as const],
        ),
      ),
    })),
    sentences: blocks.map((block) => sentence(accelerators, block, measure)),
  };
}

export function blockLook(measure: Measure): BarLook {
  return {
    grid: { left: 64, right: 8, top: 12, bottom: 40 },
    categoryLabel: { lineHeight: 14, interval: 0, width: 50, overflow: 'truncate' },
    valueText: (value) => axisText(measure, value),
    series: { barGap: '8%', barCategoryGap: '24%' },
  };
}

/** What a block costs on each accelerator where all of it is known. */
function sentence(accelerators: Accelerators, { name, costs }: PaperBlock, measure: Measure): string {
  const totals = accelerators.flatMap(({ id, title }) => {
    const values = (costs[id] ?? []).map((cost) => cost[measure]);
    if (values.length === 0 || values.includes(null)) return [];
    const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    return [`${title} ${measureText(measure, total)}`];
  });
  return `block ${name}: ${totals.join(', ')}`;
}
