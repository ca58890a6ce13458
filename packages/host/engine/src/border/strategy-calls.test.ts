import {
  API_VERSION,
  defineStrategy,
  Registry,
  type Choices,
  type SearchProblem,
  type SearchResult,
  type Strategy,
} from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { platform, rejection } from '../test-fixtures.js';
import { Border } from './border.js';
import { createStrategy } from './strategy-calls.js';

const axis = { values: [1, 2, 4], isOrdered: true, when: [] };
const problem: SearchProblem = {
  space: {
    axes: [
      { ...axis, name: 'a' },
      { ...axis, name: 'b', when: [{ axis: 0, choices: [2] }] },
    ],
    constraints: [
      { text: 'b < 4', formula: { kind: 'operation', operator: '<', left: { kind: 'name', name: 'b', at: 0 }, right: { kind: 'number', value: 4 } }, names: { b: [{ when: [{ axis: 0, choices: [2] }], axis: 1 }, { when: [], value: 0 }] }, when: [] }, // prettier-ignore
    ],
  },
  ...{ objectives: 1, seed: 1, budget: 10 },
};
const sound: Strategy = { start: () => null, ask: () => [[0, 0]], tell: (state) => state };

/** A strategy of a plugin with other functions, some of them wrong. */
function guarded(functions: object | string) {
  const about = { name: 'odd', title: 'Odd', description: 'A strategy.', source: 'made up' };
  const create = () => (typeof functions === 'string' ? (functions as never) : { ...sound, ...functions });
  const odd = defineStrategy({ ...about, options: {}, create });
  const meta = { name: 'x', namespace: 'x', version: '1.0.0', apiVersion: API_VERSION };
  const entry = new Registry([{ meta, strategies: [odd] }]).resolve('strategy', 'odd');
  return createStrategy(new Border(platform), entry, {}, problem);
}

const told = (choices: Choices): SearchResult => ({ choices, state: 'ok', costs: [1], violation: 0, group: '' });

describe('createStrategy', () => {
  it('has an axis of effort only where it says so', async () => {
    expect((await guarded({})).effort).toBeUndefined();
    expect((await guarded({ effort: 1 })).effort).toBe(1);
  });

  it('settles points, and says which keep the constraints', async () => {
    const strategy = await guarded({ ask: () => [[1, 2], [2, 2], [2, 1]] }); // prettier-ignore
    expect(await strategy.ask()).toEqual([
      { choices: [1, 0], isAllowed: true },
      { choices: [2, 2], isAllowed: false },
      { choices: [2, 1], isAllowed: true },
    ]);
  });

  it('keeps the state, which nobody can change', async () => {
    const states: unknown[] = [];
    const counting = {
      start: () => ({ told: [] as number[] }),
      ask: (state: object) => (states.push(state), [[0, 0]]),
      tell: (state: { told: number[] }, { length }: readonly unknown[]) => ({ told: [...state.told, length] }),
    };
    const strategy = await guarded(counting);
    for (const count of [1, 2]) {
      await strategy.ask();
      await strategy.tell(new Array<SearchResult>(count).fill(told([0, 0])));
    }
    await strategy.ask();
    expect(states).toEqual([{ told: [] }, { told: [1] }, { told: [1, 2] }]);
    expect(states.every((state) => Object.isFrozen(state))).toBe(true);
    const writing = await guarded({ start: () => ({ told: 0 }), ask: (state: { told: number }) => [[(state.told += 1), 0]] }); // prettier-ignore
    expect(await rejection(writing.ask())).toMatchObject([{ code: 'ARCHON_PLUGIN_THREW', plugin: 'x' }]);
  });

  it('hands over results and problems that cannot be changed', async () => {
    const strategy = await guarded({ tell: (_: unknown, results: SearchResult[]) => results.pop() });
    const results = [told([0, 0])];
    expect(await rejection(strategy.tell(results))).toMatchObject([{ code: 'ARCHON_PLUGIN_THREW' }]);
    expect(results).toHaveLength(1);
  });

  it.each<[object | string, string]>([
    ['fast', "the strategy is 'fast'"],
    [{ ask: 3 }, 'the strategy has 3 for its function ask'],
    [{ effort: 2 }, 'the strategy has 2 for its axis of effort'],
    [{ effort: 0.5 }, 'the strategy has 0.5 for its axis of effort'],
    [{ effort: '0' }, "the strategy has '0' for its axis of effort"],
    [{ start: () => undefined }, 'the state of the search is undefined'],
    [{ start: () => new Map() }, 'the state of the search: it is an instance of a class'],
    [{ start: () => ({ then: () => 1 }) }, 'the state of the search: then is a function'],
  ])('refuses one that is %j', async (functions, message) => {
    const [found] = await rejection(guarded(functions));
    expect(found).toMatchObject({ code: 'ARCHON_RESULT_INVALID', message, plugin: 'x' });
  });

  it.each<[unknown, string]>([
    ['all', 'the batch is no list'],
    [Promise.resolve([]), 'the batch is no list'],
    [[[0]], 'point 0 of the batch has 1 places'],
    [[[0, 0], 7], 'point 1 of the batch is no list'],
    [[[0, 3]], 'point 0 of the batch has 3 for b'],
    [[[-1, 0]], 'point 0 of the batch has -1 for a'],
    [[[0.5, 0]], 'point 0 of the batch has 0.5 for a'],
    [[['1', 0]], 'point 0 of the batch has no number for a'],
    [new Array(100_001), 'the batch has 100001 points'],
  ])('refuses a batch that is %j', async (batch, message) => {
    const strategy = await guarded({ ask: () => batch });
    expect(await rejection(strategy.ask())).toMatchObject([{ code: 'ARCHON_RESULT_INVALID', message, plugin: 'x' }]);
  });
});
