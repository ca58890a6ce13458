import type { PaperBlock } from '../../../paper-model.js';
import type { BarData, BarLook } from '../../shared/chart/bars.js';
import { fillOf, type Fill } from '../../shared/patterns.js';
import { axisText, energyText } from '../format.js';

/** Energy of one component over the blocks of a network, uJ. */
export interface Component {
  readonly name: string;
  /** One a part of the accelerator. */
  readonly byPart: readonly number[];
  /** One a block. */
  readonly byBlock: readonly number[];
  readonly totalUj: number;
}

/** Components shown by themselves in every block; the others are one. */
const BY_BLOCK = 9;

/** Components with energy, the largest first. */
export function componentsOf(blocks: readonly PaperBlock[], parts: readonly string[]): readonly Component[] {
  const names = [
    ...new Set(blocks.flatMap(({ componentsUj = [] }) => componentsUj.flatMap((part) => Object.keys(part)))),
  ];
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

/** The largest components, and all others added up. */
export function largestComponents(components: readonly Component[]): readonly Component[] {
  const rest = components.slice(BY_BLOCK);
  if (rest.length < 2) return components;
  const add = (lists: readonly (readonly number[])[]): readonly number[] =>
    (lists[0] ?? []).map((_, at) => sum(lists.map((list) => list[at] ?? 0)));
  const others: Component = {
    name: `${rest.length} others`,
    byPart: add(rest.map(({ byPart }) => byPart)),
    byBlock: add(rest.map(({ byBlock }) => byBlock)),
    totalUj: sum(rest.map(({ totalUj }) => totalUj)),
  };
  return [...components.slice(0, BY_BLOCK), others];
}

/** A bar a component, stacked of the accelerator's parts. */
export function partBars(components: readonly Component[], parts: readonly string[], fills: readonly Fill[]): BarData {
  return {
    categories: components.map(({ name }) => name),
    series: parts.map((name, part) => ({
      name,
      stack: 'component',
      fill: fills[part],
      values: components.map(({ byPart }) => byPart[part] ?? 0),
    })),
    tips: components.map(({ name, byPart }) => ({
      title: name,
      rows: parts.flatMap((part, at) => {
        const energyUj = byPart[at] ?? 0;
        return energyUj === 0 ? [] : [[part, energyText(energyUj)] as const];
      }),
    })),
    sentences: components.map(({ name, totalUj }) => `${name} ${energyText(totalUj)}`),
  };
}

/** A bar a block, stacked of components. */
export function componentBars(components: readonly Component[], blocks: readonly PaperBlock[]): BarData {
  return {
    categories: blocks.map(({ name }) => name),
    series: components.map(({ name, byBlock }, at) => ({ name, stack: 'block', fill: fillOf(at), values: byBlock })),
    tips: blocks.map(({ name: title }, at) => ({
      title,
      rows: components.map(({ name, byBlock }) => [name, energyText(byBlock[at] ?? 0)] as const),
    })),
    sentences: blocks.map(
      ({ name }, at) => `block ${name} ${energyText(sum(components.map(({ byBlock }) => byBlock[at] ?? 0)))}`,
    ),
  };
}

const valueText = (energyUj: number): string => axisText('energyUj', energyUj);

export const PART_LOOK: BarLook = {
  grid: { left: 116, right: 16, top: 8, bottom: 30 },
  lying: true,
  categoryLabel: { width: 104, overflow: 'truncate' },
  valueText,
  series: { barCategoryGap: '26%' },
};

export const COMPONENT_LOOK: BarLook = {
  grid: { left: 56, right: 8, top: 12, bottom: 30 },
  valueText,
  series: { barCategoryGap: '26%' },
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
