import {
  axisSizes,
  hypervolume,
  isAllowed,
  settle,
  type Choices,
  type Costs,
  type SearchProblem,
  type SearchResult,
  type StrategyContribution,
} from '@archon-dse/core';

/** Values of an axis that stands for the real numbers from 0 to 1. */
const PLACES = 2 ** 24 + 1;

/** A test problem on axes from 0 to 1. */
export interface TestProblem {
  readonly variables: number;
  readonly objectives: number;
  readonly costsOf: (x: readonly number[]) => Costs;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** @source Zitzler, Deb, Thiele, "Comparison of Multiobjective Evolutionary Algorithms: Empirical Results", Evol. Comput. 8(2), 2000 */
function zdt(shape: (f: number, g: number) => number): TestProblem {
  return {
    ...{ variables: 30, objectives: 2 },
    costsOf([f = 0, ...rest]) {
      const g = 1 + (9 * sumOf(rest)) / rest.length;
      return [f, g * shape(f, g)];
    },
  };
}
export const ZDT1 = zdt((f, g) => 1 - Math.sqrt(f / g));
export const ZDT2 = zdt((f, g) => 1 - (f / g) ** 2);
export const ZDT3 = zdt((f, g) => 1 - Math.sqrt(f / g) - (f / g) * Math.sin(10 * Math.PI * f));

/** With three objectives and ten distance variables. @source Deb, Thiele, Laumanns, Zitzler, "Scalable Test Problems", 2005 */
export const DTLZ2: TestProblem = {
  ...{ variables: 12, objectives: 3 },
  costsOf([a = 0, b = 0, ...rest]) {
    const r = 1 + sumOf(rest.map((x) => (x - 0.5) ** 2));
    const [u, v] = [(a * Math.PI) / 2, (b * Math.PI) / 2];
    return [r * Math.cos(u) * Math.cos(v), r * Math.cos(u) * Math.sin(v), r * Math.sin(u)];
  },
};

export function problemOf({ variables, objectives }: TestProblem, seed: number, budget: number): SearchProblem {
  const values = { from: 0, step: 1 / (PLACES - 1), count: PLACES };
  const axes = Array.from({ length: variables }, (_, index) => {
    return { name: `x${String(index)}`, values, isOrdered: true, when: [] };
  });
  return { space: { axes, constraints: [] }, objectives, seed, budget };
}

/** The results of a search, each point once, in the order they were asked for, as many as the budget allows. */
export function searchOf(
  strategy: StrategyContribution,
  options: Parameters<StrategyContribution['create']>[0],
  problem: SearchProblem,
  resultOf: (choices: Choices) => SearchResult,
): readonly SearchResult[] {
  const search = strategy.create(options, problem);
  const found = new Map<string, SearchResult>();
  for (let state = search.start(); found.size < problem.budget;) {
    const asked = search.ask(state).map((choices) => settle(problem.space, choices));
    if (asked.length === 0) break;
    const told = asked.map((choices): SearchResult => {
      return isAllowed(problem.space, choices) ? resultOf(choices) : { choices, state: 'excluded', group: '' };
    });
    for (const one of told) if (found.size < problem.budget) found.set(one.choices.join(), one);
    state = search.tell(state, told);
  }
  return [...found.values()];
}

/** The result of a point of a test problem. */
export function resultIn({ costsOf }: TestProblem, { space }: SearchProblem): (choices: Choices) => SearchResult {
  const sizes = axisSizes(space);
  return (choices) => {
    const costs = costsOf(choices.map((place, axis) => place / ((sizes[axis] ?? 2) - 1)));
    return { choices, state: 'ok', costs, violation: 0, group: '' };
  };
}

export function volumeOf(results: readonly SearchResult[], reference: Costs): number {
  return hypervolume(
    results.map(({ costs = [] }) => costs),
    reference,
  );
}
