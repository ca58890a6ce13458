import type { SearchProblem } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { random } from './random.js';
import { problemOf, resultIn, searchOf, volumeOf, ZDT1, type TestProblem } from './test-fixtures.js';
import { tpe } from './tpe.js';

/** ZDT1 with six variables: what 150 evaluations can do something about. */
const SMALL: TestProblem = { ...ZDT1, variables: 6 };

describe('the Parzen estimator', () => {
  it('leaves less of the volume undone than chance does, with any seed', () => {
    for (const seed of [1, 2, 3]) {
      const problem = problemOf(SMALL, seed, 150);
      const [found, byChance] = [tpe, random].map((strategy) =>
        volumeOf(searchOf(strategy, {}, problem, resultIn(SMALL, problem)), [1.1, 6]),
      );
      const whole = 1.1 * 6 - 1 / 3;
      expect(whole - (found ?? 0)).toBeLessThan(0.5 * (whole - (byChance ?? 0)));
    }
  });

  it('finds the points inside constraints, and learns from failures', () => {
    const values = { from: 0, step: 1, count: 100 };
    const axes = ['a', 'b'].map((name) => ({ name, values, isOrdered: true, when: [] }));
    const problem: SearchProblem = { space: { axes, constraints: [] }, objectives: 1, seed: 3, budget: 160 };
    const results = searchOf(tpe, {}, problem, (choices) => {
      const [a = 0, b = 0] = choices;
      if (a > 60) return { choices, state: 'failed', group: '' };
      return { choices, state: 'ok', costs: [a], violation: Math.max(0, 80 - b), group: '' };
    });
    const late = results.slice(80);
    expect(late.filter(({ state }) => state === 'failed').length).toBeLessThan(10); // of 80, 31 by chance
    expect(late.filter(({ violation }) => violation === 0).length).toBeGreaterThan(40); // 16 by chance
  });

  it('asks for every point of a small space once', () => {
    const axes = [{ name: 'a', values: [1, 2, 3, 4, 5, 6, 7], isOrdered: true, when: [] }];
    const problem: SearchProblem = { space: { axes, constraints: [] }, objectives: 1, seed: 1, budget: 7 };
    const results = searchOf(tpe, { startup: 2, batch: 1 }, problem, (choices) => {
      return { choices, state: 'ok', costs: [choices[0] ?? 0], violation: 0, group: '' };
    });
    expect(new Set(results.map(({ choices }) => choices.join())).size).toBe(7);
  });
});
