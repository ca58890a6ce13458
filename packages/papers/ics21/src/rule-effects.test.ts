import { describe, expect, it } from 'vitest';
import { CORRECTED_RULES } from '@archon-dse/archon-model';
import { TABLES } from './data/parameters.js';
import { ruleEffects, type Effect } from './rule-effects.js';
import { allRules, archonRules, ICS21_RULES, readRules, type RuleName } from './rules.js';

const effects = ruleEffects(TABLES, allRules('published'));
const effectsOf = (name: RuleName): readonly Effect[] => effects.find((rule) => rule.name === name)?.effects ?? [];
const cycles = (name: RuleName): Record<string, number> =>
  Object.fromEntries(effectsOf(name).map((e) => [`${e.network}/${e.dataset} ${e.accelerator}`, e.cycles]));

describe('every rule by itself', () => {
  it.each(effects.filter(({ name }) => name !== 'sparseLabels'))('$name changes a total or the area', (rule) => {
    expect(rule.effects.length > 0 || rule.areaUm2 !== 0).toBe(true);
  });

  it('changes only the accelerators it speaks of', () => {
    for (const { name, effects: found } of effects) {
      if (name in CORRECTED_RULES) expect(found.every(({ accelerator }) => accelerator === 'archon')).toBe(true);
      if (name.startsWith('sparse')) expect(found.every(({ accelerator }) => accelerator === 'sparse')).toBe(true);
    }
  });

  it('skippedMainBlocks: b6, b7 and b10 of MnasNet, b3 and b7 of ShuffleNet', () => {
    const mnasnet = 2 * (36_864 - 82_944) + (14_400 - 11_520);
    expect(cycles('skippedMainBlocks')).toEqual({
      'mnasnet/cifar10 archon': mnasnet,
      'mnasnet/cifar100 archon': mnasnet,
      'shufflenet/cifar10 archon': 5184 - 15_552 + (3024 - 6912),
    });
  });

  it('mainWithoutMapping: 5x5 blocks of MnasNet, and b6 and b7 that copy b5', () => {
    const b4b5 = 76_800 - 82_944 + 3 * (102_400 - 82_944);
    const change = b4b5 + 3 * (40_000 - 14_400);
    expect(cycles('mainWithoutMapping')).toEqual({
      'mnasnet/cifar10 archon': change,
      'mnasnet/cifar100 archon': change,
    });
  });

  it('outerGroups: three more groups of 1 024 and of 9 600 cycles in FusioNet', () => {
    expect(cycles('outerGroups')).toEqual({
      'fusionet/cifar10 dense': 3 * 1024,
      'fusionet/cifar10 sparse': 3 * 1024,
      'fusionet/cifar10 archon': 3 * 9600,
    });
  });

  it('missingBaselineLayers: 24 to 24 and depthwise at 32 px, 240 to 960 at 8 px', () => {
    const added = (3 * 8 * 8 * 1024) / 64 + (24 * 9 * 1024) / 72 + (3 * 80 * 320 * 64) / 64;
    expect(cycles('missingBaselineLayers')['shufflenet/cifar10 dense']).toBe(added);
  });

  it('mainGroups: ShuffleNet mixes its three groups', () => {
    expect(cycles('mainGroups')['shufflenet/cifar10 archon']).toBe(2 * 127_116);
    expect(cycles('mainGroups')['fusionet/cifar10 archon']).toBe(0);
  });

  it('printedEnergies: less than 0.3 uJ in a whole network', () => {
    for (const { energyUj } of effectsOf('printedEnergies')) expect(Math.abs(energyUj)).toBeLessThan(0.3);
  });

  it('areaAdders and predictionGlbArea: one adder a PE, 164 714 um2', () => {
    const area = (name: RuleName): number => effects.find((rule) => rule.name === name)?.areaUm2 ?? 0;
    expect(area('areaAdders')).toBeCloseTo(1_531_226.86 - 1_474_072.68, 2);
    expect(area('predictionGlbArea')).toBeCloseTo(164_714, 6);
  });

  it('sparseLabels: nothing but labels', () => {
    expect(effectsOf('sparseLabels')).toEqual([]);
  });
});

describe('readRules', () => {
  it('applies texts in order', () => {
    const states = readRules(['all=corrected', 'fusedTaps=published']);
    expect(states.fusedTaps).toBe('published');
    expect(Object.values(states).filter((state) => state === 'published')).toHaveLength(1);
    expect(Object.keys(states)).toHaveLength(ICS21_RULES.length);
  });

  it.each([
    ['fusedTap=corrected', /no rule is called "fusedTap"/],
    ['fusedTaps', /"fusedTaps" sets no rule/],
    ['fusedTaps=right', /"fusedTaps=right" sets no rule/],
  ])('refuses %s', (text, message) => {
    expect(() => readRules([text])).toThrow(message);
  });
});

describe('archonRules', () => {
  it('is the corrected preset when everything is corrected', () => {
    for (const table of TABLES) expect(archonRules(table, allRules('corrected'))).toEqual(CORRECTED_RULES);
  });
});
