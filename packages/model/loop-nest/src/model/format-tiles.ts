import type { Architecture } from './architecture.js';
import type { Evaluation } from './evaluation.js';
import { DATA_SPACES } from './problem.js';

/**
 * What one instance of each level holds at once, in words of each data space it keeps and, behind a slash, of how many words; levels
 * as `formatMapping` lists them. A level without a limit says no size, one that keeps nothing `none`.
 *
 * Example: `W864 I3072 O131072 - I304 O512 / 55296 - none - I3 / 16 - W9 / 224 - O16 / 24`.
 */
export function formatTiles({ levels }: Evaluation, architecture: Pick<Architecture, 'levels'>): string {
  return levels
    .map(({ accesses }, l) => {
      const words = DATA_SPACES.flatMap((space) => {
        const tile = accesses[space];
        return tile === undefined ? [] : [`${space.charAt(0)}${tile.tileWords}`];
      });
      const size = architecture.levels[l]?.sizeWords;
      if (words.length === 0) return 'none';
      return [...words, ...(size === undefined ? [] : ['/', size])].join(' ');
    })
    .join(' - ');
}
