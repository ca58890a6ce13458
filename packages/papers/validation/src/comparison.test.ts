import { describe, expect, it } from 'vitest';
import { type Comparison, errorsOf } from './comparison.js';
import { formatComparisons } from './markdown.js';

const comparison: Comparison = {
  title: 'Made up',
  source: 'nobody',
  validates: 'nothing.',
  assumptions: ['None.'],
  layers: [
    { layer: 'a', figures: [{ quantity: 'cycles', published: 100, modelled: 110 }] },
    { layer: 'long', figures: [{ quantity: 'cycles', published: 300, modelled: 240 }] },
  ],
};

describe('errorsOf', () => {
  it('averages over layers without signs, and compares the sums', () => {
    const [error] = errorsOf(comparison);
    expect(error?.meanAbsoluteError).toBeCloseTo((0.1 + 0.2) / 2, 12);
    expect(error?.totalError).toBeCloseTo(350 / 400 - 1, 12);
  });
});

describe('formatComparisons', () => {
  it('prints every error with its sign', () => {
    const text = formatComparisons([comparison]);
    expect(text).toContain('## Made up');
    expect(text).toContain(
      [
        '| layer | cycles | model |   error |',
        '| ----- | -----: | ----: | ------: |',
        '| a     |    100 |   110 | +10.0 % |',
        '| long  |    300 |   240 | -20.0 % |',
      ].join('\n'),
    );
    expect(text).toContain('- cycles: mean error of a layer 15.0 % without signs, error of the sum -12.5 %');
  });
});
