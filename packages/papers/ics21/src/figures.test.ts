import { describe, expect, it } from 'vitest';
import type { Cost } from './costs.js';
import { computeIcs21 } from './reproduce.js';
import { allRules } from './rules.js';
import type { BlockCosts } from './table.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const { totals, networks } = computeIcs21();
const parts = (blocks: readonly BlockCosts[]) => blocks.flatMap(({ PW1, DW, PW2 }) => [PW1, DW, PW2]);
const outer = (network: (typeof networks)[number], side: 'dense' | 'archon'): Cost[] =>
  [...network.head, ...network.tail].flatMap((row) => row[side] ?? []);

describe.each(networks.map((network, at) => ({ name: `${network.network}/${network.dataset}`, network, at })))(
  'figures of $name',
  ({ network, at }) => {
    const total = totals[at]!;

    it('add up to the totals', () => {
      const dense = [...parts(network.dense), ...outer(network, 'dense')];
      expect(sum(dense.map(({ cycles }) => cycles))).toBe(total.dense.cycles);
      expect(sum(dense.map(({ energyUj }) => energyUj))).toBeCloseTo(total.dense.energyUj, 6);
      const phases = network.archon.flatMap((block) => Object.values(block.phases));
      const archon = [...phases, ...outer(network, 'archon')];
      expect(sum(archon.map(({ cycles }) => cycles))).toBe(total.archon.cycles);
      expect(sum(archon.map(({ energyUj }) => energyUj))).toBeCloseTo(total.archon.energyUj, 6);
      const sparse = parts(network.sparse);
      expect(sum([...sparse, ...outer(network, 'dense')].map(({ cycles }) => cycles))).toBe(total.sparse.cycles);
    });

    it('split every phase by component, up to printed roundings', () => {
      for (const { phases, componentsUj } of network.archon) {
        for (const [name, cost] of Object.entries(phases)) {
          const components = componentsUj[name as keyof typeof componentsUj];
          expect(Math.abs(sum(Object.values(components)) - cost.energyUj)).toBeLessThan(0.05);
        }
      }
    });
  },
);

describe('corrected figures', () => {
  const [first] = computeIcs21({ network: 'fusionet', dataset: 'cifar10', rules: allRules('corrected') }).networks;

  it('split exactly', () => {
    for (const { phases, componentsUj } of first?.archon ?? []) {
      expect(sum(Object.values(componentsUj.overhead))).toBeCloseTo(phases.overhead.energyUj, 9);
      expect(sum(Object.values(componentsUj.second))).toBeCloseTo(phases.second.energyUj, 9);
    }
  });
});

describe('printed totals', () => {
  it('are those of the publication', () => {
    const mnasnet = totals.find(({ network, dataset }) => network === 'mnasnet' && dataset === 'cifar10');
    expect(mnasnet?.printed.archon).toEqual({ cycles: 940_768, energyUj: 4109.558677784499 });
    expect(mnasnet?.printed.dense.cycles).toBe(mnasnet?.dense.cycles);
  });
});
