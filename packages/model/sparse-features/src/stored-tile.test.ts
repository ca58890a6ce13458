import { parseMapping, type Problem } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import type { FormatRank } from './features.js';
import { nestLoops } from './nest-loops.js';
import { Operand } from './operand.js';
import { storedTiles } from './stored-tile.js';

const problem: Problem = { C: 4, M: 4, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const level = { name: '', keeps: ['Weights'], blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 } as const;
/** Two tiles of two rows M of four columns C. */
const nest = nestLoops(parseMapping('L1[W] M2 - L0[W] M2 C4', { levels: [level, level] }));
const weights = new Operand(problem, 'Weights', {
  kind: 'mask',
  values: Uint8Array.from([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]),
});

const tiles = (ranks: readonly FormatRank[]): ReturnType<typeof storedTiles> =>
  storedTiles(
    weights,
    { ranks, loops: nest.filter((loop) => loop.level === 0), part: nest.filter((loop) => loop.level === 1) },
    8,
  );

describe('storedTiles', () => {
  it.each<[string, readonly FormatRank[], [words: number, bits: number], [words: number, bits: number]]>([
    ['as it is', [{ format: 'uncompressed', dims: ['M', 'C'] }], [8, 0], [8, 0]],
    ['a bitmask', [{ format: 'bitmask', dims: ['M', 'C'] }], [2, 8], [5, 8]],
    ['coordinates', [{ format: 'coordinate', dims: ['M', 'C'] }], [2, 6], [5, 15]],
    // Rows of CSR: three offsets of 4 bit, and a column of 2 bit with every word.
    [
      'CSR',
      [
        { format: 'offset', dims: ['M'] },
        { format: 'coordinate', dims: ['C'] },
      ],
      [2, 12 + 4],
      [5, 12 + 10],
    ],
    // Empty rows are not written: only the first tile has one.
    [
      'rows that are not empty',
      [
        { format: 'bitmask', dims: ['M'] },
        { format: 'bitmask', dims: ['C'] },
      ],
      [2, 2 + 4],
      [5, 2 + 8],
    ],
    // Runs of up to one zero. 1001 0000: the second zero of a pair is written, three times; 0001 1111: once.
    ['run lengths of 1 bit', [{ format: 'run-length', dims: ['M', 'C'], bits: 1 }], [5, 5], [6, 6]],
  ])('%s', (_, ranks, first, second) => {
    const { mean, largest } = tiles(ranks);
    expect(mean).toEqual({ words: (first[0] + second[0]) / 2, metadataBits: (first[1] + second[1]) / 2 });
    expect(largest).toEqual({ words: second[0], metadataBits: second[1] });
  });
});
