import { API_VERSION, defineStrategy, type Choices, type Strategy, type StrategyContribution } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { describeStrategyContract } from './strategy-contract.js';

const first = defineStrategy({
  ...{ name: 'first', title: 'First', description: 'The first point, and what follows it.', source: 'made up' },
  options: { batch: { type: 'integer', enum: [1, 3], default: 1, description: 'Points at a time.' } },
  create: ({ batch }, { space }): Strategy<{ told: number }> => ({
    start: () => ({ told: 0 }),
    ask: () => new Array<Choices>(batch).fill(space.axes.map(() => 0)),
    tell: ({ told }, results) => ({ told: told + results.length }),
  }),
});

/** The checks that a strategy fails with other functions. */
async function failing(change: (strategy: Strategy) => Partial<Strategy>): Promise<readonly string[]> {
  const create: StrategyContribution['create'] = (given, problem) => {
    const strategy = first.create(given, problem);
    return { ...strategy, ...change(strategy) };
  };
  const tests: [string, () => void | Promise<void>][] = [];
  const plugin = { meta: { name: 'p', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION } };
  describeStrategyContract(
    { ...plugin, strategies: [{ ...first, create }] },
    { describe: (_, body) => body(), it: (name, test) => tests.push([name, test]), expect },
  );
  const failed = new Set<string>();
  for (const [name, test] of tests) {
    try {
      await test();
    } catch {
      failed.add(name);
    }
  }
  expect(tests.length).toBeGreaterThan(20);
  return [...failed];
}

const SPACE = 'asks for points of the space';
const SAME = 'asks for the same points when it is told the same, without writing to what it is given';
const PURE = 'asks for the same points of a state however often it is asked';
const PLAIN = 'has all it knows in a state of plain JSON';
const FEW = 'asks for no more than an engine takes at a time';

describe('the strategy contract', () => {
  let calls = 0;

  it('passes a sound strategy', async () => {
    expect(await failing(() => ({}))).toEqual([]);
  });

  it.each<[string, readonly string[], (strategy: Strategy) => Partial<Strategy>]>([
    ['a place that there is not', [SPACE], () => ({ ask: () => [[1e9, 1e9]] })],
    ['half a place', [SPACE], ({ ask }) => ({ ask: (state) => ask(state).map((one) => one.map(() => 0.5)) })],
    ['too few axes', [SPACE], () => ({ ask: () => [[]] })],
    [
      'a memory of its own',
      [SAME, PURE, PLAIN],
      ({ ask }) => ({ ask: (state) => new Array<Choices>((calls += 1)).fill(ask(state)[0] ?? []) }),
    ],
    ['a state that is no JSON', [PLAIN], () => ({ start: () => ({ told: NaN }), tell: (state) => state })],
    [
      'a state it writes to',
      [SPACE, FEW, SAME, PURE, PLAIN],
      () => ({ tell: (state, { length }) => Object.assign(state as object, { told: length }) }),
    ],
  ])('fails %s', async (_, checks, change) => {
    expect([...(await failing(change))].sort()).toEqual([...checks].sort());
  });

  it('fails a batch that no engine takes', async () => {
    const failed = await failing(() => ({ ask: () => new Array<Choices>(100_001).fill([]) }));
    expect(failed).toContain(FEW);
  });
});
