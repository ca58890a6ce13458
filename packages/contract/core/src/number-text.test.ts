import { describe, expect, it } from 'vitest';
import { errorText, figureText, percentText } from './number-text.js';

describe('numbers as texts', () => {
  it('are shares in percent', () => {
    expect([percentText(0.9125), percentText(0.9125, 2, ''), percentText(0)]).toEqual(['91.3 %', '91.25%', '0.0 %']);
  });

  it('are errors with their sign, and none where nothing is left of them', () => {
    expect([0.1, -0.1, 0, 0.0004, -0.0004].map((error) => errorText(error))).toEqual([
      ...['+10.0 %', '-10.0 %', '0.0 %', '0.0 %', '0.0 %'],
    ]);
    expect(errorText(-0.25, 1, '')).toBe('-25.0%');
  });

  it('are figures of three digits or more', () => {
    expect([0.012345, 99.95, 100.4, 1_234_567.8].map(figureText)).toEqual(['0.0123', '100', '100', '1,234,568']);
  });
});
