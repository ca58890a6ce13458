import { defineStrategy, pointsInOrder, type Choices, type Strategy } from '@archon-dse/core';
import { batchOption } from './options.js';

/** All points in the order of a sweep that does not search; its state is the last one. */
export const grid = defineStrategy({
  name: 'grid',
  title: 'Grid',
  description:
    'Every combination of the axes in order, the last axis varying fastest, to the end or until a budget is spent.',
  source: 'the full product',
  isExhaustive: true,
  options: { batch: batchOption(256, 'Points asked for at a time; changes nothing else.') },
  create: ({ batch }, { space }): Strategy<Choices | null> => ({
    start: () => null,
    ask(last) {
      const points: Choices[] = [];
      for (const point of pointsInOrder(space, last ?? undefined)) {
        points.push(point);
        if (points.length >= batch) break;
      }
      return points;
    },
    tell: (last, results) => results.at(-1)?.choices ?? last,
  }),
});
