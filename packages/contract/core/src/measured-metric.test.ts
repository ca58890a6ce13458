import { describe, expect, it } from 'vitest';
import { meetsNeed, neededOption, needText, type MetricNeed } from './measured-metric.js';

const EXECUTED: MetricNeed = { option: 'fidelity', is: 'executed' };

describe('the need of a metric', () => {
  it.each<[MetricNeed, string, string]>([
    ['data', 'data', 'data'],
    [EXECUTED, 'fidelity', 'fidelity: "executed"'],
    [{ option: 'lanes', is: 2 }, 'lanes', 'lanes: 2'],
  ])('%j is of the option %s and reads %s', (need, option, text) => {
    expect([neededOption(need), needText(need)]).toEqual([option, text]);
  });

  it('of a text is met by any text but none, that of a value by the same value alone', () => {
    expect(['cifar10', ''].map((value) => meetsNeed('data', value))).toEqual([true, false]);
    expect(['executed', 'analytical', '', undefined].map((value) => meetsNeed(EXECUTED, value))).toEqual([
      ...[true, false, false, false],
    ]);
    const listed: MetricNeed = { option: 'pe', is: { lanes: [1, 2], bits: 8 } };
    expect(meetsNeed(listed, { bits: 8, lanes: [1, 2] })).toBe(true);
    expect(meetsNeed(listed, { bits: 8, lanes: [2, 1] })).toBe(false);
  });
});
