import type { Choices, SearchProblem, SearchResult } from '@archon-dse/core';
import { describeStrategyContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';
import { tweak } from './tweak.ts';

describeStrategyContract(plugin, { describe, expect, it }, [{ batch: 1 }]);

const axis = (name: string) => ({ name, values: { from: 0, step: 1, count: 10 }, isOrdered: true, when: [] });
const space = { axes: [axis('a'), axis('b')], constraints: [] };
const problem: SearchProblem = { space, objectives: 1, seed: 1, budget: 100 };

it('changes one axis of the best point', () => {
  const result = (choices: Choices, cost: number): SearchResult => {
    return { choices, state: 'ok', costs: [cost], violation: 0, group: '' };
  };
  const strategy = tweak.create({ batch: 50 }, problem);
  const asked = strategy.ask(strategy.tell(strategy.start(), [result([0, 5], 3), result([4, 4], 7)]));
  expect(asked.filter(([a, b]) => a !== 0 && b !== 5)).toEqual([]);
  expect(new Set(asked.map(([a, b]) => `${String(a)} ${String(b)}`)).size).toBeGreaterThan(10);
});
