import {
  ArchonError,
  deepFreeze,
  valueCount,
  type Choices,
  type Options,
  type Plugin,
  type SearchProblem,
  type StrategyContribution,
  type TestApi,
} from '@archon-dse/core';
import { describeMeta } from './meta-contract.js';
import { namingValues } from './named-values.js';
import { everyChoice, frozenCopy, withDefaults } from './options.js';
import { sampleResult, SAMPLE_SEARCHES } from './sample-searches.js';

/** Batches that a strategy is asked for. */
const BATCHES = 4;
/** The most points of a batch that an engine takes. */
const MOST_POINTS = 100_000;

/**
 * Suite for every strategy of a plugin: a pure function of what it is told, in points that the space has. Runs each check on the defaults,
 * on each value of each option that lists its values, and on `cases`, for each of {@link SAMPLE_SEARCHES}. Options may be refused for a
 * search, as they are in a sweep; each search needs some that are not.
 *
 * @param runner - functions of the test runner
 * @param cases - further options to try, as they differ from the defaults
 */
export function describeStrategyContract(plugin: Plugin, runner: TestApi, cases: readonly Options[] = []): void {
  const api = namingValues(runner);
  for (const strategy of plugin.strategies ?? []) {
    api.describe(`strategy ${plugin.meta.namespace}/${strategy.meta.name}`, () => {
      describeMeta(strategy.meta, api);
      const known = cases.filter((given) => Object.keys(given).every((name) => name in strategy.meta.options));
      const tried = [...everyChoice(strategy.meta), ...known];
      for (const [name, problem] of Object.entries(SAMPLE_SEARCHES)) {
        api.it(`takes some of its options in ${name}`, () => {
          const refused = tried.filter((given) => isRefused(strategy, given, problem));
          api
            .expect(refused.length, 'options that are refused; cases may give others')
            .toBeLessThanOrEqual(tried.length - 1);
        });
        for (const given of tried) {
          if (isRefused(strategy, given, problem)) continue;
          api.describe(`with ${JSON.stringify(given)} in ${name}`, () => describeSearch(strategy, given, problem, api));
        }
      }
    });
  }
}

/** Whether a strategy says in good order that it cannot search with these options. */
function isRefused({ meta, create }: StrategyContribution, given: Options, problem: SearchProblem): boolean {
  try {
    create(frozenCopy(withDefaults(meta, given)), frozenCopy(problem));
    return false;
  } catch (error) {
    if (!(error instanceof ArchonError)) return false;
    return error.diagnostics.every(
      ({ code, path }) => code === 'ARCHON_BAD_OPTION' && path?.startsWith('options.') === true,
    );
  }
}

/** What a strategy was asked and what it answered, batch by batch. */
interface Transcript {
  readonly batches: readonly (readonly Choices[])[];
  /** The state before each batch, and the one after the last. */
  readonly states: readonly unknown[];
}

function describeSearch(
  contribution: StrategyContribution,
  given: Options,
  problem: SearchProblem,
  { it, expect }: TestApi,
): void {
  const create = () => contribution.create(frozenCopy(withDefaults(contribution.meta, given)), frozenCopy(problem));
  const search = (): Transcript => searchWith(create(), problem);

  it('asks for points of the space', () => {
    const wrong = search()
      .batches.flat()
      .filter((choices) => !isPoint(problem, choices));
    expect(wrong, 'points that are no places on the axes').toEqual([]);
  });

  it('asks for no more than an engine takes at a time', () => {
    const most = Math.max(...search().batches.map(({ length }) => length));
    expect(most, 'points of a batch').toBeLessThanOrEqual(MOST_POINTS);
  });

  it('asks for the same points when it is told the same, without writing to what it is given', () => {
    expect(search().batches).toEqual(search().batches);
  });

  it('asks for the same points of a state however often it is asked', () => {
    const strategy = create();
    for (const state of search().states) {
      expect(strategy.ask(deepFreeze(state))).toEqual(strategy.ask(deepFreeze(state)));
    }
  });

  it('has all it knows in a state of plain JSON', () => {
    const { states, batches } = search();
    expect(JSON.parse(JSON.stringify(states))).toEqual(states);
    const another = create();
    const fromText = states.slice(0, batches.length).map((state) => another.ask(frozenCopy(state)));
    expect(fromText).toEqual(batches);
  });
}

function searchWith(strategy: ReturnType<StrategyContribution['create']>, problem: SearchProblem): Transcript {
  const batches: (readonly Choices[])[] = [];
  const states = [deepFreeze(strategy.start())];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const asked = strategy.ask(states.at(-1));
    if (asked.length === 0) break;
    batches.push(asked);
    if (asked.length > MOST_POINTS || !asked.every((choices) => isPoint(problem, choices))) break;
    const results = deepFreeze(asked.map((choices) => sampleResult(problem, choices)));
    states.push(deepFreeze(strategy.tell(states.at(-1), results)));
  }
  return { batches, states };
}

function isPoint({ space: { axes } }: SearchProblem, choices: Choices): boolean {
  const isPlace = (place: number, axis: number): boolean =>
    Number.isInteger(place) && place >= 0 && place < valueCount(axes[axis]?.values ?? []);
  return choices.length === axes.length && choices.every(isPlace);
}
