import { expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { defineStrategy, type SearchProblem, type Strategy } from './index.js';

const problem: SearchProblem = { space: { axes: [], constraints: [] }, objectives: 1, seed: 1, budget: 10 };
const counting = defineStrategy({
  ...{ name: 'counting', title: 'Counting', description: 'Counts.', source: 'made up' },
  options: { batch: { type: 'integer', minimum: 1, default: 2, description: 'Points at a time.' } },
  create: ({ batch }, { budget }): Strategy<number> => ({
    start: () => 0,
    ask: (told) => (told < budget ? new Array<number[]>(batch).fill([]) : []),
    tell: (told, results) => told + results.length,
  }),
});

it('closes a strategy over its options and the problem', () => {
  const strategy = counting.create({ batch: 3 }, problem);
  expect(strategy.ask(strategy.start())).toHaveLength(3);
  expect(counting.create({}, problem).ask(10)).toEqual([]);
});

it('refuses options that its schemas do not allow', () => {
  const [found] = diagnosticsOf(() => counting.create({ batch: 0 }, problem));
  expect(found).toMatchObject({ code: 'ARCHON_BAD_OPTION', path: 'options.batch' });
});
