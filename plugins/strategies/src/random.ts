import { defineStrategy, seededRandom, type Strategy } from '@archon-dse/core';
import { drawNew } from './draw.js';
import { batchOption } from './options.js';

/** Points drawn alike; its state counts batches. */
export const random = defineStrategy({
  name: 'random',
  title: 'Random',
  description: 'Every axis at any of its values, all alike: what other strategies are measured against.',
  source: 'Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012',
  options: { batch: batchOption(64, 'Points asked for at a time.') },
  create: ({ batch }, { space, seed }): Strategy<number> => ({
    start: () => 0,
    ask(told) {
      const draw = seededRandom(seed, `random ${String(told)}`);
      return Array.from({ length: batch }, () => drawNew(space, draw));
    },
    tell: (told) => told + 1,
  }),
});
