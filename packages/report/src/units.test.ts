import { describe, expect, it } from 'vitest';
import { formatMetric, metricTitle } from './units.js';

describe('units', () => {
  it.each([
    ['energyPj', 1234.6e6, '1.235 mJ'],
    ['energyPj', 0.5, '0.5 pJ'],
    ['areaUm2', 2.5e6, '2.5 mm²'],
    ['areaUm2', 999, '999 µm²'],
    ['cycles', 12_345_678, '12.35 M'],
    ['cycles', 7, '7'],
    ['utilization', 0.8712, '87.12 %'],
    ['edpPjCycles', 2.451e13, '2.451e13 pJ·cycles'],
    ['cycles', NaN, 'NaN'],
    ['cycles', undefined, '–'],
    ['loss', -0.25, '-0.25'],
  ])('%s %s is %s', (metric, value, expected) => {
    expect(formatMetric(metric, value)).toBe(expected);
  });

  it.each([
    ['energyPj', 'Energy'],
    ['macs', 'MACs'],
    ['prunedWeights', 'Pruned weights'],
  ])('%s is called %s', (metric, expected) => {
    expect(metricTitle(metric)).toBe(expected);
  });
});
