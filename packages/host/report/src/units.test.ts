import { metricTitle } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { countText, digits, formatIn, formatMetric, shareText, unitFor, unitsOver } from './units.js';

describe('units', () => {
  it.each([
    ['energyPj', 1234.6e6, '1.235 mJ'],
    ['energyPj', 486.62e6, '486.6 µJ'],
    ['energyPj', 0.5, '0.5 pJ'],
    ['areaUm2', 2.5e6, '2.5 mm²'],
    ['areaUm2', 413_600, '0.4136 mm²'],
    ['areaUm2', 999, '999 µm²'],
    ['cycles', 12_345_678, '12.35 M'],
    ['cycles', 7, '7'],
    ['cycles', 0, '0'],
    ['utilization', 0.8712, '87.12 %'],
    ['edpPjCycles', 2.451e13, '24.51 J·cycles'],
    ['cycles', NaN, '–'],
    ['cycles', undefined, '–'],
    ['cycles', null, '–'],
    ['cycles', Infinity, '∞'],
    ['loss', -0.25, '-0.25'],
    ['loss', 0.1 + 0.2, '0.3'],
  ])('%s %s is %s', (metric, value, expected) => {
    expect(formatMetric(metric, value)).toBe(expected);
  });

  it.each([
    ['areaUm2', [413_600, 612_800, 1_011_000], 'mm²'],
    ['energyPj', [483.7e6, 3.82e9], 'µJ'],
    ['energyPj', [483.7e6, 48.37e9], 'mJ'],
    ['cycles', [176_400, 8_883_000], 'k'],
    ['cycles', [12, 9_000, NaN, undefined, 0], ''],
    ['accuracy', [0.2, 0.9], '%'],
    ['energyPj', [], 'pJ'],
  ])('a column of %s %j is in %s', (metric, values, expected) => {
    expect(unitFor(metric, values).text).toBe(expected);
  });

  const derived = [
    { name: 'topsPerW', formula: '2 * macs / energyPj', unit: 'TOPS/W' },
    { name: 'spentPj', formula: 'energyPj / 1e3', unit: 'nJ' },
    { name: 'wait', formula: 'cycles / 2e5', unit: 'ms' },
    { name: 'energyNj', formula: 'energyPj / 1e3' },
  ];
  it.each([
    ['topsPerW', 12_345_678, '1.235e7 TOPS/W'],
    ['spentPj', 12, '12 nJ'],
    ['wait', 12_000, '12 s'],
    ['energyNj', 12_345, '12.35 k'],
    ['energyPj', 12_345, '12.35 nJ'],
  ])('%s %s is %s, by the unit that the sweep gives', (metric, value, expected) => {
    expect(formatMetric(metric, value, derived)).toBe(expected);
    expect(unitsOver([metric], () => [value], derived).get(metric)?.text).toBe(expected.split(' ')[1]);
  });

  it('has one unit for each metric of all points', () => {
    const values: Readonly<Record<string, readonly number[]>> = { cycles: [5, NaN], areaUm2: [413_600, 1_011_000] };
    const units = unitsOver(['cycles', 'areaUm2'], (metric) => values[metric] ?? []);
    expect([...units].map(([metric, { text }]) => `${metric} ${text}`)).toEqual(['cycles ', 'areaUm2 mm²']);
  });

  it('shows each value of a column in the one unit', () => {
    const values = [413_600, 1_011_000];
    const unit = unitFor('areaUm2', values);
    expect(values.map((value) => formatIn(unit, value))).toEqual(['0.4136 mm²', '1.011 mm²']);
    expect(formatIn(unit, undefined)).toBe('–');
  });

  it.each([
    [12_345.6, '12,350'],
    [999_999, '1e6'],
    [1_234_567, '1.235e6'],
    [0.000_012_3, '1.23e-5'],
    [-1_200_000, '-1.2e6'],
    [1234.5, '1235'],
    [NaN, '–'],
    [-Infinity, '−∞'],
  ])('%s has the digits %s', (value, expected) => {
    expect(digits(value)).toBe(expected);
  });

  it.each([
    [0.2931, '29.3 %'],
    [0.0001, '< 0.1 %'],
    [0, '0.0 %'],
    [NaN, '–'],
  ])('a share of %s is %s', (share, expected) => {
    expect(shareText(share)).toBe(expected);
  });

  it.each([
    ['energyPj', 'Energy'],
    ['macs', 'MACs'],
    ['prunedWeights', 'Pruned weights'],
  ])('%s is called %s', (metric, expected) => {
    expect(metricTitle(metric)).toBe(expected);
  });
});

it('separates the thousands of counts', () => {
  expect([0, 999, 1000, 1_234_567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
});
