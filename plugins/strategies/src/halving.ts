import {
  defineStrategy,
  isAllowed,
  seededRandom,
  settle,
  valueCount,
  type Choices,
  type SearchProblem,
  type SearchResult,
  type Strategy,
} from '@archon-dse/core';
import { drawNew, keyOf } from './draw.js';
import { byStanding, standingsOf } from './ranking.js';
import { bracketStart } from './bracket.js';
import { effortAxis, requireRoom } from './effort-axis.js';

interface State {
  readonly bracket: number;
  /** Place on the axis of effort of the points that are asked for next. */
  readonly rung: number;
  /** These points; none at the start of a bracket, where they are drawn. */
  readonly members: readonly Choices[];
  /** Keys of all designs that a bracket has begun with. */
  readonly known: readonly string[];
  /** Points that have been evaluated. */
  readonly spent: number;
}

export const halving = defineStrategy({
  name: 'halving',
  title: 'Successive halving',
  description:
    'Draws designs by chance and evaluates them with the least effort, such as epochs of training; the best of them go on with more, until a few are left that get all of it. Then it begins again with others.',
  source:
    'Jamieson, Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016; the best by non-dominated sorting and crowding distance, as Schmucker, Donini, Perrone, Archambeau, "Multi-objective multi-fidelity hyperparameter optimization with application to fairness", NeurIPS workshop on meta-learning, 2020',
  options: {
    resource: {
      type: 'string',
      default: 'epochs',
      description:
        'The axis of effort, by its path or its option. Its values rise, each is a rung, and only points at the last one count in the end.',
    },
    points: {
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 27,
      unit: 'points',
      description: 'Designs that a bracket begins with; fewer where the budget has no room for them to go all the way.',
    },
    eta: {
      type: 'integer',
      minimum: 2,
      maximum: 100,
      default: 3,
      description: 'From rung to rung one of so many goes on.',
    },
  },
  create({ resource, points, eta }, problem): Strategy<State> {
    const effort = effortAxis(problem, resource);
    const rungs = valueCount(problem.space.axes[effort]?.values ?? []);
    requireRoom(resource, rungs, problem.budget);
    const at = (choices: Choices, rung: number): Choices =>
      settle(
        problem.space,
        choices.map((place, axis) => (axis === effort ? rung : place)),
      );
    return {
      effort,
      start: () => ({ bracket: 0, rung: 0, members: [], known: [], spent: 0 }),
      ask({ bracket, members, known, spent }) {
        if (members.length > 0) return members;
        const count = bracketStart(points, { eta, rungs, room: problem.budget - spent });
        return designsOf(problem, { count, bracket, known, at });
      },
      tell(state, results) {
        const known = state.rung > 0 ? state.known : [...state.known, ...results.map(({ choices }) => keyOf(choices))];
        const spent = state.spent + results.filter((one) => one.state !== 'excluded').length;
        const best = state.rung + 1 < rungs ? bestOf(results, eta) : [];
        if (best.length === 0) return { bracket: state.bracket + 1, rung: 0, members: [], known, spent };
        const rung = state.rung + 1;
        return { bracket: state.bracket, rung, members: best.map((choices) => at(choices, rung)), known, spent };
      },
    };
  },
});

/** Those that go on: one of so many, the best first, and none that failed. */
function bestOf(results: readonly SearchResult[], eta: number): readonly Choices[] {
  const standings = standingsOf(results);
  const sound = [...results.keys()].filter((index) => results[index]?.state === 'ok');
  const order = sound.sort((a, b) => byStanding(standings[a], standings[b]) || a - b);
  return order.slice(0, Math.ceil(results.length / eta)).map((index) => results[index]?.choices ?? []);
}

interface Drawing {
  readonly count: number;
  readonly bracket: number;
  readonly known: readonly string[];
  readonly at: (choices: Choices, rung: number) => Choices;
}

/** New designs on the first rung, as many as are found. */
function designsOf({ space, seed }: SearchProblem, { count, bracket, known, at }: Drawing): readonly Choices[] {
  const random = seededRandom(seed, `bracket ${String(bracket)}`);
  const taken = new Set(known);
  const isOut = (choices: Choices): boolean => taken.has(keyOf(choices)) || !isAllowed(space, choices);
  const designs: Choices[] = [];
  for (let drawn = 0; drawn < count; drawn += 1) {
    const design = at(
      drawNew({ ...space, constraints: [] }, random, (one) => isOut(at(one, 0))),
      0,
    );
    if (isOut(design)) break;
    taken.add(keyOf(design));
    designs.push(design);
  }
  return designs;
}
