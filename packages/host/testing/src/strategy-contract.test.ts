import {
  API_VERSION,
  defineStrategy,
  fail,
  type Choices,
  type Strategy,
  type StrategyContribution,
} from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { SAMPLE_SEARCHES } from './sample-searches.js';
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
async function failing(change: (strategy: Strategy) => Partial<Strategy>, least = 20): Promise<readonly string[]> {
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
  expect(tests.length).toBeGreaterThan(least);
  return [...failed];
}

const SPACE = 'asks for points of the space';
const SAME = 'asks for the same points when it is told the same, without writing to what it is given';
const PURE = 'asks for the same points of a state however often it is asked';
const PLAIN = 'has all it knows in a state of plain JSON';
const FEW = 'asks for no more than an engine takes at a time';

/** The first axis, which has three places, at one that depends on a number from 0 to 1. */
const changed = (choices: Choices, share: number): Choices => [Math.floor(3 * share), ...choices.slice(1)];
/** Parts of a microsecond that have passed. */
const clock = (): number => (performance.now() * 1e3) % 1;

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
    [
      'chance',
      [SAME, PURE, PLAIN],
      ({ ask }) => ({ ask: (state) => ask(state).map((one) => changed(one, Math.random())) }),
    ],
    [
      'the clock',
      [SAME, PURE, PLAIN],
      ({ ask }) => ({ ask: (state) => ask(state).map((one) => changed(one, clock())) }),
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

  it('fails one that refuses every search, in good order or not', async () => {
    const refusing = (path: string) => () => fail({ code: 'ARCHON_BAD_OPTION', message: 'no', path });
    const names = Object.keys(SAMPLE_SEARCHES).map((name) => `takes some of its options in ${name}`);
    expect(await failing(refusing('options.batch'), 2)).toEqual(names);
    expect(await failing(refusing('elsewhere'))).toEqual(expect.arrayContaining([SPACE, SAME, PURE]));
  });

  it('fails a batch that no engine takes', async () => {
    const failed = await failing(() => ({ ask: () => new Array<Choices>(100_001).fill([]) }));
    expect(failed).toContain(FEW);
  });
});
