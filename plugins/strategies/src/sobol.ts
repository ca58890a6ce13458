import { axisSizes, defineStrategy, seededRandom, type Strategy } from '@archon-dse/core';
import { batchOption } from './options.js';
import { MOST_SOBOL_AXES, sobolBits } from './sobol-sequence.js';

/** Points of the Sobol sequence; its state is the index of the next. */
export const sobol = defineStrategy({
  name: 'sobol',
  title: 'Sobol points',
  description: `Points that fill the space evenly, however many are evaluated. Axes past the first ${String(MOST_SOBOL_AXES)} are drawn at random.`,
  source:
    'Joe and Kuo, SIAM J. Sci. Comput. 30, 2635-2654, 2008; shifted by the seed as in Lemieux, "Monte Carlo and Quasi-Monte Carlo Sampling", 2009, section 6.2.1',
  options: {
    batch: batchOption(64, 'Points asked for at a time; changes nothing else.'),
    shift: {
      type: 'string',
      enum: ['seed', 'none'],
      default: 'seed',
      description: 'Whether the seed shifts the points digit by digit, or they are the published ones.',
    },
  },
  create({ batch, shift }, { space, seed }): Strategy<number> {
    const sizes = axisSizes(space);
    const draw = seededRandom(seed, 'sobol shift');
    const shifts = sizes.map(() => (shift === 'seed' ? Math.floor(draw() * 2 ** 32) : 0));
    const place = (axis: number, index: number): number => {
      const bits =
        axis < MOST_SOBOL_AXES
          ? (sobolBits(axis, index) ^ (shifts[axis] ?? 0)) >>> 0
          : seededRandom(seed, `sobol ${String(axis)} ${String(index)}`)() * 2 ** 32;
      return Math.floor((bits / 2 ** 32) * (sizes[axis] ?? 1));
    };
    return {
      start: () => 0,
      ask: (next) => Array.from({ length: batch }, (_, ahead) => sizes.map((_size, axis) => place(axis, next + ahead))),
      tell: (next, results) => next + results.length,
    };
  },
});
