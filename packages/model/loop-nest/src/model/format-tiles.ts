import { packingOf, type Architecture, type Level } from './architecture.js';
import type { Evaluation, LevelEvaluation } from './evaluation.js';
import { DATA_SPACES } from './problem.js';

/**
 * What one instance of each level holds at once, in words of each data space it keeps and, behind a slash, of how many words; levels
 * as `formatMapping` lists them. A level without a limit says no size, one that keeps nothing `none`. Where words are packed the size is
 * that for the mix of words in the tiles.
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
      const size = sizeFor(accesses, architecture.levels[l]);
      if (words.length === 0) return 'none';
      return [...words, ...(size === undefined ? [] : ['/', size])].join(' ');
    })
    .join(' - ');
}

/** Words a level holds if its data spaces grow together; the size it has where none is packed. */
function sizeFor(accesses: LevelEvaluation['accesses'], level: Level | undefined): number | undefined {
  if (level?.packing === undefined || level.sizeWords === undefined) return level?.sizeWords;
  const tiles = DATA_SPACES.map((space) => ({
    words: accesses[space]?.tileWords ?? 0,
    packing: packingOf(level, space),
  }));
  const words = tiles.reduce((sum, tile) => sum + tile.words, 0);
  const room = tiles.reduce((sum, tile) => sum + tile.words / tile.packing, 0);
  return room === 0 ? level.sizeWords : Math.floor((level.sizeWords * words) / room);
}
