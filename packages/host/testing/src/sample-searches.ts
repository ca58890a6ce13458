import {
  deepFreeze,
  isAllowed,
  settle,
  spaceOf,
  type Candidate,
  type Choices,
  type SearchProblem,
  type SearchResult,
  type Sweep,
} from '@archon-dse/core';

function problemOf(accelerators: readonly Candidate[], objectives: number): SearchProblem {
  const network = { use: 'sample/network', options: {}, axes: { width: [0.25, 0.5, 1] } };
  const sweep: Sweep = {
    ...{ apiVersion: 'archon/v1', name: 'sample', plugins: [], seed: 1, networks: [network], stages: [] },
    ...{ accelerators, objectives: [], constraints: [], executor: { kind: 'serial' } },
  };
  const { axes, constraints } = spaceOf(sweep);
  return deepFreeze({ space: { axes, constraints }, objectives, seed: 7, budget: 200 });
}

const array: Candidate = {
  use: 'sample/array',
  options: { lanes: 1 },
  axes: {
    meshX: { from: 1, step: 1, count: 1_000_000 },
    buffer: { from: 16, factor: 2, count: 8 },
    mode: ['fixed', 'scaled'],
    lanes: [2, 4, 8],
  },
  when: { lanes: { mode: ['scaled'] } },
  where: ['meshX * buffer <= 4000000'],
};

/** Problems that every strategy has to take: long ranges, conditions, constraints, several entries; and few points, or one. */
export const SAMPLE_SEARCHES: Readonly<Record<string, SearchProblem>> = {
  'a space of ranges, conditions and constraints': problemOf([array], 2),
  'several accelerators and one objective': problemOf([array, { use: 'sample/other', options: {}, axes: {} }], 1),
  'a space of six points': problemOf([{ use: 'sample/small', options: {}, axes: { gating: [true, false] } }], 3),
};

/** What comes of a point: made up of its places, with some that fail and some outside of the constraints. */
export function sampleResult({ space, objectives }: SearchProblem, asked: Choices): SearchResult {
  const choices = settle(space, asked);
  if (!isAllowed(space, choices)) return { choices, group: '', state: 'excluded' };
  const sum = choices.reduce((total, place, axis) => total + (axis + 1) * place, 0);
  if (sum % 7 === 3) return { choices, group: '', state: 'failed' };
  const costs = Array.from({ length: objectives }, (_, index) => (index % 2 === 0 ? sum : 1 / (1 + sum)) + index);
  return { choices, group: '', state: 'ok', costs, violation: sum % 5 === 1 ? 0.5 : 0 };
}
