import { describe, expect, it } from 'vitest';
import { axisText, changeText, cyclesText, energyText, ratio, ratioText } from './format.js';

describe('numbers of the paper page', () => {
  it('are printed like the publication prints them', () => {
    expect(cyclesText(4_132_672)).toBe('4,132,672');
    expect(cyclesText(null)).toBe('–');
    expect(energyText(3665.473)).toBe('3,665.47 µJ');
    expect(changeText('energyUj', -0.07)).toBe('−0.07 µJ');
    expect(changeText('cycles', 6360)).toBe('+6,360');
    expect(axisText('cycles', 400_000)).toBe('400,000');
    expect(axisText('energyUj', 500)).toBe('500 µJ');
  });

  it('of ratios are dashes where a side is not known', () => {
    const dense = { cycles: 4_132_672, energyUj: 1 };
    expect(ratioText(ratio(dense, { cycles: 718_116, energyUj: 1 }, 'cycles'))).toBe('5.755×');
    expect(ratioText(ratio(dense, { cycles: null, energyUj: 1 }, 'cycles'))).toBe('–');
    expect(ratioText(ratio(dense, undefined, 'energyUj'))).toBe('–');
  });
});
