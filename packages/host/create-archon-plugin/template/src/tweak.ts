import {
  axisSizes,
  defineStrategy,
  dominates,
  seededRandom,
  settle,
  type Choices,
  type SearchResult,
  type SearchSpace,
  type Strategy,
} from '@archon-dse/core';

interface State {
  readonly batch: number;
  /** Points that no other dominates, so far. */
  readonly front: readonly SearchResult[];
}

/** Changes one thing of a good point at a time. */
export const tweak = defineStrategy({
  name: 'tweak',
  title: 'Tweak',
  description: 'Takes points of the front so far, and gives one axis of each another value.',
  source: 'written for this plugin',
  options: {
    batch: { type: 'integer', description: 'Points asked for at a time.', default: 8, minimum: 1, maximum: 1000 },
  },
  create: ({ batch: size }, { space, seed }): Strategy<State> => ({
    start: () => ({ batch: 0, front: [] }),
    ask({ batch, front }) {
      const random = seededRandom(seed, `batch ${String(batch)}`);
      return Array.from({ length: size }, () => nextPoint(front, space, random));
    },
    tell: ({ batch, front }, results) => ({ batch: batch + 1, front: frontOf([...front, ...results]) }),
  }),
});

/** A point of the front with another value on one axis; one by chance while there is no front. */
function nextPoint(front: readonly SearchResult[], space: SearchSpace, random: () => number): Choices {
  const below = (count: number): number => Math.floor(random() * count);
  const good = front[below(front.length)];
  const sizes = axisSizes(space);
  const changed = below(sizes.length);
  const places = sizes.map((count, axis) => (good === undefined || axis === changed ? below(count) : undefined));
  return settle(
    space,
    places.map((place, axis) => place ?? good?.choices[axis] ?? 0),
  );
}

/** Points inside the constraints that none of their group dominates. */
function frontOf(results: readonly SearchResult[]): readonly SearchResult[] {
  const sound = results.filter(({ state, violation }) => state === 'ok' && violation === 0);
  const distinct = [...new Map(sound.map((result) => [result.choices.join(), result])).values()];
  return distinct.filter(
    ({ costs = [], group }) => !distinct.some((other) => other.group === group && dominates(other.costs ?? [], costs)),
  );
}
