import { describe, expect, it } from 'vitest';
import { fillOf, loopText, nestRows, readNest } from './mapping-notation.js';

const MAPPING =
  'DRAM[WIO] Q8 - shared_glb[IO] P32 M2X - DummyBuffer[] Q1 C3Y S3Y - ifmap_spad[I] Q1 - psum_spad[O] M16';
const TILES = 'W864 I3072 O131072 - I304 O512 / 1632 - none - I3 / 16 - O16 / 24';

describe('readNest', () => {
  it('reads levels, loops and what each level holds', () => {
    expect(readNest(MAPPING, TILES)).toEqual([
      {
        name: 'DRAM',
        keeps: ['W', 'I', 'O'],
        loops: [{ dim: 'Q', bound: 8 }],
        tileWords: { W: 864, I: 3072, O: 131072 },
      },
      {
        name: 'shared_glb',
        keeps: ['I', 'O'],
        loops: [
          { dim: 'P', bound: 32 },
          { dim: 'M', bound: 2, axis: 'X' },
        ],
        tileWords: { I: 304, O: 512 },
        sizeWords: 1632,
      },
      {
        name: 'DummyBuffer',
        keeps: [],
        loops: [
          { dim: 'C', bound: 3, axis: 'Y' },
          { dim: 'S', bound: 3, axis: 'Y' },
        ],
        tileWords: {},
      },
      { name: 'ifmap_spad', keeps: ['I'], loops: [], tileWords: { I: 3 }, sizeWords: 16 },
      { name: 'psum_spad', keeps: ['O'], loops: [{ dim: 'M', bound: 16 }], tileWords: { O: 16 }, sizeWords: 24 },
    ]);
  });

  it('reads a mapping without tiles, and nothing in another notation', () => {
    expect(readNest('DRAM[WIO] Q8')).toEqual([
      { name: 'DRAM', keeps: ['W', 'I', 'O'], loops: [{ dim: 'Q', bound: 8 }], tileWords: {} },
    ]);
    for (const other of [
      '',
      'weights stay, 4 x 4',
      'DRAM[WIO] Q8 - glb',
      'DRAM[WIO] q8',
      'DRAM[WIO] Q0',
      'DRAM[XY] Q8',
    ])
      expect(readNest(other)).toBeUndefined();
  });
});

it('draws one loop a line, a level beside its first', () => {
  const lines = nestRows(readNest(MAPPING, TILES) ?? []).map(({ depth, level, loop }) => [
    depth,
    level?.name,
    loop && loopText(loop),
  ]);
  expect(lines).toEqual([
    [0, 'DRAM', 'for Q in 0:8'],
    [1, 'shared_glb', 'for P in 0:32'],
    [2, undefined, 'for M in 0:2 across X'],
    [3, 'DummyBuffer', 'for C in 0:3 across Y'],
    [4, undefined, 'for S in 0:3 across Y'],
    [5, 'ifmap_spad', undefined],
    [5, 'psum_spad', 'for M in 0:16'],
  ]);
});

it('a fill is the share of all words a level has room for', () => {
  expect(readNest(MAPPING, TILES)?.map(fillOf)).toEqual([undefined, 0.5, undefined, 3 / 16, 16 / 24]);
});
