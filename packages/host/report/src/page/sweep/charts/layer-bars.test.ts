import { describe, expect, it } from 'vitest';
import { MOST_FILLS, REST_FILL } from '../../shared/patterns.js';
import type { ChartColors } from '../../shared/chart/style.js';
import type { Layer } from '../state/report.js';
import { layerBars, layerLook } from './layer-bars.js';

const layer = (name: string, role: string, cycles: number, energyByComponentPj: Record<string, number>): Layer => ({
  ...{ name, role, cycles, energyByComponentPj },
  ...{ block: 'b0', phase: '', mapping: '', tiles: '', notes: '', macs: 2 * cycles, utilization: 0.5 },
  energyPj: Object.values(energyByComponentPj).reduce((sum, pj) => sum + pj, 0),
});
const layers = [
  layer('expand', 'pointwise', 10, { mac: 5, glb: 1 }),
  layer('middle', 'depthwise', 20, { mac: 1, glb: 9, idle: 0 }),
];
const bars = (view: Parameters<typeof layerBars>[1]) =>
  layerBars(layers, view).series.map(({ name, values }) => [name, ...values]);

describe('bars of layers', () => {
  it('are of one role each, in the order of the roles', () => {
    expect(bars('cycles')).toEqual([
      ['pointwise', 10, 0],
      ['depthwise', 0, 20],
    ]);
  });

  it('are stacked of the components with energy, the largest first', () => {
    expect(bars('energyPj')).toEqual([
      ['glb', 1, 9],
      ['mac', 5, 1],
    ]);
  });

  it('put the smallest of many components together', () => {
    const many = Object.fromEntries(Array.from({ length: MOST_FILLS + 3 }, (_, i) => [`c${i}`, 100 - i]));
    const { series } = layerBars([layer('one', 'r', 1, many)], 'energyPj');
    expect(series).toHaveLength(MOST_FILLS + 1);
    expect(series.at(-1)).toMatchObject({ name: '3 others', fill: REST_FILL, values: [91 + 90 + 89] });
  });

  it('say what they are, to eyes and ears', () => {
    const { tips, sentences } = layerBars(layers, 'energyPj');
    expect(sentences[1]).toBe('middle, depthwise, Energy 10 pJ');
    expect(tips[0]).toEqual({
      title: 'expand',
      rows: [...[['Role', 'pointwise']], ['MACs', '20'], ['Cycles', '10'], ['Energy', '6 pJ'], ['Utilization', '50 %']],
    });
  });

  it('have an axis in one unit, and that of shares ends at one', () => {
    const axis = (view: Parameters<typeof layerBars>[1]) => layerLook(layers, view, {} as ChartColors, 800).valueAxis;
    expect(axis('energyPj')).toMatchObject({ name: 'Energy (pJ)' });
    expect(axis('cycles')).not.toHaveProperty('max');
    expect(axis('utilization')).toMatchObject({ name: 'Utilization (%)', max: 1 });
  });
});
