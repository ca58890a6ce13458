import type { Choices, SearchProblem, SearchResult } from '@archon-dse/core';
import { describeStrategyContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin, { neighbours } from './index.ts';

describeStrategyContract(plugin, { describe, it, expect }, [{ starts: 1 }]);

const axis = (name: string) => ({ name, values: { from: 0, step: 1, count: 10 }, isOrdered: true, when: [] });
const space = { axes: [axis('a'), axis('b')], constraints: [] };
const problem: SearchProblem = { space, objectives: 1, seed: 1, budget: 100 };
const result = (choices: Choices, cost: number): SearchResult => {
  return { choices, state: 'ok', costs: [cost], violation: 0, group: '' };
};

describe('neighbours', () => {
  const strategy = neighbours.create({ starts: 2 }, problem);

  it('asks for those of the best point, and then of a better one', () => {
    const told = strategy.tell(strategy.start(), [result([0, 5], 3), result([4, 4], 7)]);
    expect(strategy.ask(told)).toEqual([
      [0, 5],
      [1, 5],
      [0, 4],
      [0, 6],
    ]);
    const further = strategy.tell(told, [result([0, 5], 3), result([1, 5], 2), result([0, 4], 3)]);
    expect(strategy.ask(further)).toContainEqual([2, 5]);
  });

  it('comes to the bottom of a bowl from anywhere', () => {
    let state = strategy.start();
    let best = Infinity;
    for (let batch = 0; batch < 20; batch += 1) {
      const results = strategy.ask(state).map((choices) => {
        const [a = 0, b = 0] = choices;
        return result(choices, (a - 7) ** 2 + (b - 2) ** 2);
      });
      best = Math.min(best, ...results.map(({ costs: [cost = Infinity] = [] }) => cost));
      state = strategy.tell(state, results);
    }
    expect(best).toBe(0);
  });
});
