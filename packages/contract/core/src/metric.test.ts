import { describe, expect, it } from 'vitest';
import { displayUnits } from './display-unit.js';
import { ENGINE_METRICS, isMetricName, knownMetric, metricTitle } from './metric.js';

describe('metrics', () => {
  it.each([
    ['cycles', 'Cycles', ['', 'k', 'M', 'G', 'T']],
    ['energyPj', 'Energy', ['pJ', 'nJ', 'µJ', 'mJ', 'J', 'kJ', 'MJ']],
    [
      'edpPjCycles',
      'Energy-delay product',
      ['pJ·cycles', 'nJ·cycles', 'µJ·cycles', 'mJ·cycles', 'J·cycles', 'kJ·cycles', 'MJ·cycles'],
    ],
    ['areaUm2', 'Area', ['µm²', 'mm²']],
    ['utilization', 'Utilization', ['%']],
    ['accuracy', 'Accuracy', ['%']],
    ['padAreaUm2', 'Pad area', ['µm²', 'mm²']],
    ['leakPj', 'Leak', ['pJ', 'nJ', 'µJ', 'mJ', 'J', 'kJ', 'MJ']],
    ['latencyMs', 'Latency', ['ms', 's']],
    ['top5', 'Top5', ['', 'k', 'M', 'G', 'T']],
    ['toString', 'To string', ['', 'k', 'M', 'G', 'T']],
  ])('%s is called %s and read in %j', (metric, title, units) => {
    expect(metricTitle(metric)).toBe(title);
    expect(displayUnits(metric).map(({ text }) => text)).toEqual(units);
  });

  it('are read in units of a thousand, areas in those of a million, shares in percent', () => {
    const factors = ['energyPj', 'areaUm2', 'accuracy'].map((metric) =>
      displayUnits(metric).map(({ factor }) => factor),
    );
    expect(factors).toEqual([[1, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18], [1, 1e6], [0.01]]);
  });

  it('of the engine have names that stages may not take, and ways to be better', () => {
    expect(Object.keys(ENGINE_METRICS).every(isMetricName)).toBe(true);
    expect(['top-1', 'x'.repeat(100), '1top', 'x'.repeat(101), 'valueOf'].map(isMetricName)).toEqual([
      ...[true, true, false, false, false],
    ]);
    expect(knownMetric('utilization')?.direction).toBe('maximize');
    expect(knownMetric('loss')).toBeUndefined();
    expect(knownMetric('constructor')).toBeUndefined();
  });
});
