import {
  defineStrategy,
  isAllowed,
  seededRandom,
  type Choices,
  type SearchProblem,
  type SearchResult,
  type Strategy,
} from '@archon-dse/core';
import { drawNew, keyOf } from './draw.js';
import { byStanding, standingsOf, type Standing } from './ranking.js';
import { crossOver, mutate, type Variation } from './vary.js';

interface State {
  readonly generation: number;
  readonly population: readonly SearchResult[];
  /** Keys of all points so far: none is asked for twice while others can be found. */
  readonly known: readonly string[];
}

/** How often a child that is known or breaks a constraint is changed again. */
const MOST_CHANGES = 30;

export const nsga2 = defineStrategy({
  name: 'nsga2',
  title: 'NSGA-II',
  description:
    'A population of points, from which the best by dominance and by how alone they are have children; points inside the constraints first.',
  source:
    'Deb, Pratap, Agarwal, Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE TEVC 6(2), 2002',
  options: {
    population: {
      type: 'integer',
      minimum: 4,
      maximum: 10_000,
      default: 40,
      unit: 'points',
      description: 'Points that live on, and points asked for at a time.',
    },
    crossover: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: 'Share of pairs of parents that exchange anything.',
    },
    mutations: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 100,
      default: 1,
      description: 'Axes of a child that change by chance, on average.',
    },
  },
  create: ({ population: size, ...variation }, problem): Strategy<State> => ({
    start: () => ({ generation: 0, population: [], known: [] }),
    ask(state) {
      const random = seededRandom(problem.seed, `generation ${String(state.generation)}`);
      return offspringOf(state, { size, variation, problem, random });
    },
    tell({ generation, population, known }, results) {
      return {
        generation: generation + 1,
        population: survivorsOf([...population, ...results], size),
        known: [...known, ...results.map(({ choices }) => keyOf(choices))],
      };
    },
  }),
});

/** The best, each point once. */
function survivorsOf(results: readonly SearchResult[], size: number): readonly SearchResult[] {
  const distinct = [...new Map(results.map((result) => [keyOf(result.choices), result])).values()];
  const members = distinct.filter(({ state }) => state !== 'excluded');
  const standings = standingsOf(members);
  const order = members.map((_, index) => index).sort((a, b) => byStanding(standings[a], standings[b]) || a - b);
  return order.slice(0, size).flatMap((index) => members[index] ?? []);
}

interface Breeding {
  readonly size: number;
  readonly variation: Variation;
  readonly problem: SearchProblem;
  readonly random: () => number;
}

function offspringOf({ population, known }: State, { size, variation, problem, random }: Breeding): readonly Choices[] {
  const { space } = problem;
  const taken = new Set(known);
  const isFit = (choices: Choices): boolean => !taken.has(keyOf(choices)) && isAllowed(space, choices);
  const children: Choices[] = [];
  const add = (choices: Choices): void => {
    taken.add(keyOf(choices));
    children.push(choices);
  };
  const standings = standingsOf(population);
  while (children.length < size) {
    const [one, two] = [pick(population, standings, random), pick(population, standings, random)];
    if (one === undefined || two === undefined) {
      add(drawNew(space, random, (drawn) => taken.has(keyOf(drawn))));
      continue;
    }
    for (const child of crossOver(space, [one.choices, two.choices], variation.crossover, random)) {
      if (children.length >= size) break;
      let changed = mutate(space, child, variation.mutations, random);
      for (let changes = 0; changes < MOST_CHANGES && !isFit(changed); changes += 1) {
        changed = mutate(space, changed, variation.mutations, random);
      }
      add(isFit(changed) ? changed : drawNew(space, random, (drawn) => taken.has(keyOf(drawn))));
    }
  }
  return children;
}

/** The better of two members by chance. */
function pick(
  population: readonly SearchResult[],
  standings: readonly Standing[],
  random: () => number,
): SearchResult | undefined {
  const [a, b] = [Math.floor(random() * population.length), Math.floor(random() * population.length)];
  return population[byStanding(standings[a], standings[b]) <= 0 ? a : b];
}
