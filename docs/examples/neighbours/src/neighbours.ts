import {
  axisSizes,
  defineStrategy,
  dominates,
  isAllowed,
  seededRandom,
  settle,
  type Choices,
  type SearchResult,
  type SearchSpace,
  type Strategy,
} from '@archon-dse/core';

interface State {
  readonly batch: number;
  /** Points on the front so far. */
  readonly front: readonly SearchResult[];
  /** Points whose neighbours have been asked for. */
  readonly explored: readonly string[];
}

/** Walks from points on the front to those beside them; where all of these are known, starts somewhere else. */
export const neighbours = defineStrategy({
  name: 'neighbours',
  title: 'Neighbours',
  description: 'Starts at points drawn by chance, and asks for the neighbours of every point on the front.',
  source: 'Paquete, Chiarandini, Stuetzle, Pareto local optimum sets in the biobjective TSP, 2004',
  options: {
    starts: { type: 'integer', minimum: 1, default: 8, unit: 'points', description: 'Points drawn at a time.' },
  },
  create: ({ starts }, { space, seed }): Strategy<State> => ({
    start: () => ({ batch: 0, front: [], explored: [] }),
    ask({ batch, front, explored }) {
      const next = nextOf(front, explored);
      if (next !== undefined) return neighboursOf(space, next.choices);
      const random = seededRandom(seed, `batch ${String(batch)}`);
      const draw = () => axisSizes(space).map((size) => Math.floor(random() * size));
      return Array.from({ length: starts }, () => settle(space, draw()));
    },
    tell({ batch, front, explored }, results) {
      const next = nextOf(front, explored);
      return {
        batch: batch + 1,
        front: frontOf([...front, ...results]),
        explored: next === undefined ? explored : [...explored, next.choices.join()],
      };
    },
  }),
});

function nextOf(front: readonly SearchResult[], explored: readonly string[]): SearchResult | undefined {
  return front.find(({ choices }) => !explored.includes(choices.join()));
}

/** One place up and down on each axis, as far as there are such points. */
function neighboursOf(space: SearchSpace, choices: Choices): readonly Choices[] {
  const points = axisSizes(space).flatMap((size, axis) =>
    [-1, 1]
      .map((step) => (choices[axis] ?? 0) + step)
      .filter((place) => place >= 0 && place < size)
      .map((place) =>
        settle(
          space,
          choices.map((other, index) => (index === axis ? place : other)),
        ),
      ),
  );
  return [choices, ...points].filter((point) => isAllowed(space, point));
}

/** Points inside the constraints that no other of their group dominates, each once. */
function frontOf(results: readonly SearchResult[]): readonly SearchResult[] {
  const sound = results.filter(({ state, violation }) => state === 'ok' && violation === 0);
  const distinct = [...new Map(sound.map((result) => [result.choices.join(), result])).values()];
  return distinct.filter(
    ({ costs = [], group }) => !distinct.some((other) => other.group === group && dominates(other.costs ?? [], costs)),
  );
}
