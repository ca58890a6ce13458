import { expect, it } from 'vitest';
import { comparisonText } from './compare.js';
import type { DevOutcome } from './run.js';

const outcome = (points: DevOutcome['points'], evaluated: number, kept = 0, failed = 0): DevOutcome => ({
  objectives: [
    { metric: 'cycles', direction: 'minimize' },
    { metric: 'accuracy', direction: 'maximize' },
  ],
  ...{ points, evaluated, kept, failed },
});
const before = outcome(
  { a: { cycles: 100, accuracy: 0.5 }, b: { cycles: 200, accuracy: 0.8 }, gone: { cycles: 50 } },
  3,
);

it('counts the points of a first run', () => {
  expect(comparisonText(undefined, before)).toBe('3 points evaluated');
  expect(comparisonText(undefined, outcome({ a: {} }, 1, 2, 2))).toBe('1 point evaluated, 2 as before, 2 failed');
});

it('tells for each objective what is best now, and how far points went', () => {
  const now = outcome(
    { a: { cycles: 150, accuracy: 0.5 }, b: { cycles: 100, accuracy: 0.8 }, c: { cycles: 400 } },
    2,
    1,
  );
  expect(comparisonText(before, now).split('\n')).toEqual([
    '2 points evaluated, 1 as before, 1 new, 1 gone',
    'objective  best before  best now  change   points changed    from      to',
    'cycles              50       100  +100.0%               2  -50.0%  +50.0%',
    'accuracy           0.8       0.8  same                  0',
  ]);
});

it('shows energy in the unit that the sweep shows it in', () => {
  const energy = (energyPj: number): DevOutcome => ({
    objectives: [{ metric: 'energyPj', direction: 'minimize' }],
    ...{ points: { a: { energyPj } }, evaluated: 1, kept: 0, failed: 0 },
  });
  expect(comparisonText(energy(542_610_000), energy(1_085_220_000))).toMatch(
    /energyPj +542\.61 uJ +1\.085 mJ +\+100\.0%/,
  );
});
