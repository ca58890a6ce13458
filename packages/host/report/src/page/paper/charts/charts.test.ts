import { describe, expect, it } from 'vitest';
import type { PaperBlock, PaperFigures, PaperModel, PaperRule } from '../../../paper-model.js';
import type { ChartColors } from '../../shared/chart/style.js';
import { blockBars } from './block-bars.js';
import { componentBars, componentsOf, largestComponents, partBars } from './component-bars.js';
import { effectBars, effectsIn, ruleBars, ruleLook } from './rule-bars.js';
import { TOTAL_CHARTS, totalBars } from './total-bars.js';

const cost = (cycles: number | null, energyUj: number) => ({ cycles, energyUj });
const accelerators = [
  { id: 'dense', title: 'Dense', parts: ['PW', 'DW'] },
  { id: 'archon', title: 'ARCHON', parts: ['Main', 'Overhead'] },
];
const blocks: readonly PaperBlock[] = [
  {
    name: 'b1',
    costs: { dense: [cost(100, 1), cost(20, 0)], archon: [cost(30, 2), cost(0, 0.5)] },
    componentsUj: [
      { mac: 1, glb: 0.5 },
      { mask: 0.5, glb: 0 },
    ],
  },
  { name: 'tail fc', costs: { dense: [cost(null, 3), cost(5, 1)] } },
];

describe('bars of blocks', () => {
  const { categories, series, tips, sentences } = blockBars(accelerators, blocks, 'cycles');

  it('are stacked of the parts of each accelerator, with none where nothing is known or spent', () => {
    expect(categories).toEqual(['b1', 'tail\nfc']);
    expect(series.map(({ stack, name, values }) => [stack, name, ...values])).toEqual([
      ['dense', 'PW', 100, '-'],
      ['dense', 'DW', 20, 5],
      ['archon', 'Main', 30, '-'],
      ['archon', 'Overhead', '-', '-'],
    ]);
  });

  it('tell parts that cost something, and totals that are known', () => {
    expect(tips[0]?.rows).toEqual([
      ['Dense PW', '100'],
      ['Dense DW', '20'],
      ['ARCHON Main', '30'],
    ]);
    expect(tips[1]?.rows[0]).toEqual(['Dense PW', '–']);
    expect(sentences).toEqual(['block b1: Dense 120, ARCHON 30', 'block tail fc: ']);
  });
});

describe('bars of components', () => {
  const components = componentsOf(blocks, ['Main', 'Overhead']);

  it('add up over parts and blocks, the largest first', () => {
    expect(components).toEqual([
      { name: 'mac', byPart: [1, 0], byBlock: [1, 0], totalUj: 1 },
      { name: 'glb', byPart: [0.5, 0], byBlock: [0.5, 0], totalUj: 0.5 },
      { name: 'mask', byPart: [0, 0.5], byBlock: [0.5, 0], totalUj: 0.5 },
    ]);
    expect(partBars(components, ['Main', 'Overhead'], []).tips[2]).toEqual({
      title: 'mask',
      rows: [['Overhead', '0.50 µJ']],
    });
    expect(componentBars(components, blocks).sentences[0]).toBe('block b1 2.00 µJ');
  });

  it('put all but nine together, unless that is one', () => {
    const names = (count: number): readonly string[] => {
      const many = Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, 20 - i]));
      return largestComponents(componentsOf([{ name: 'b', costs: {}, componentsUj: [many] }], ['Main'])).map(
        ({ name }) => name,
      );
    };
    expect(names(10)).toHaveLength(10);
    expect(names(12).slice(8)).toEqual(['c8', '3 others']);
  });
});

describe('bars of rules', () => {
  const rule = (name: string, ...changes: readonly number[]): PaperRule => ({
    ...{ name, published: '', corrected: '', why: '', areaUm2: 0 },
    effects: changes.map((energyUj, at) => ({
      network: 'net',
      accelerator: accelerators[at]?.id ?? '',
      cycles: 0,
      energyUj,
    })),
  });
  const rules = effectsIn([rule('small', 1), rule('none', 0), rule('large', 0.5, -7)], 'net');
  const bars = effectBars(rules, accelerators, 'energyUj');

  it('are those that change the figure, the largest change first, named once', () => {
    expect(bars.map(({ rule: name, label, accelerator, change }) => [name, label, accelerator, change])).toEqual([
      ['large', 'large', 0, 0.5],
      ['large', '', 1, -7],
      ['small', 'small', 0, 1],
    ]);
    expect(effectBars(rules, accelerators, 'cycles')).toEqual([]);
    expect(effectsIn([rule('small', 1)], 'other')[0]?.effects).toEqual([]);
  });

  it('say their change, on the side it goes to', () => {
    expect(ruleBars(bars, accelerators, 'energyUj').sentences[1]).toBe('large, ARCHON −7.00 µJ');
    const { bar } = ruleLook(bars, 'energyUj', {} as ChartColors);
    expect(bar?.(-7, 1)).toMatchObject({ label: { position: 'left', formatter: '−7.00 µJ' } });
    expect(bar?.(1, 2)).toMatchObject({ label: { position: 'right' } });
  });
});

describe('bars of whole networks', () => {
  const model = { accelerators, networks: [{ title: 'Net, CIFAR-10' }] } as unknown as PaperModel;
  const figures = [{ totals: { dense: cost(300, 8), archon: cost(100, 10) } }] as unknown as readonly PaperFigures[];

  it('are speed-ups and multiples of energy against each other accelerator', () => {
    const [speedup, energy] = TOTAL_CHARTS.map((chart) => totalBars(model, figures, chart));
    expect(speedup?.series).toMatchObject([{ name: 'against Dense', values: [3] }]);
    expect(energy?.series).toMatchObject([{ name: 'against Dense', values: [1.25] }]);
    expect(speedup?.sentences).toEqual(['Net, CIFAR-10: against Dense 3.000×']);
  });
});
