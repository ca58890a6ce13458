import type { ConvShape } from './conv-shape.js';
import { type ChipLimits, EYERISS_LIMITS, type TiledMapping } from './data/eyeriss-limits.js';
import { countPasses, cyclesOf, dramWords, foldOf, glbWords, type PassCounts } from './eyeriss-passes.js';

/** One limit of the chip on a mapping: what it asks for, what there is. */
export interface ChipConstraint {
  readonly name: string;
  readonly why: string;
  readonly needs: (shape: ConvShape, mapping: TiledMapping, counts: PassCounts) => number;
  readonly has: (limits: ChipLimits) => number;
}

const banksFor = (words: number): number => Math.ceil(words / EYERISS_LIMITS.bankWords);

/** The dataflow of the chip, as constraints. Which mapping of those left is taken says `chooseMapping`. */
export const CHIP_CONSTRAINTS: readonly ChipConstraint[] = [
  {
    name: 'ifmap spad',
    why: 'a window of one row of q channels stays in a PE',
    needs: ({ kernel }, { q }) => q * kernel,
    has: ({ ifmapSpadWords }) => ifmapSpadWords,
  },
  {
    name: 'filter spad',
    why: 'one row of p filters and q channels stays in a PE',
    needs: ({ kernel }, { p, q }) => p * q * kernel,
    has: ({ filterSpadWords }) => filterSpadWords,
  },
  {
    name: 'psum spad',
    why: 'one partial sum of each of p filters stays in a PE',
    needs: (_, { p }) => p,
    has: ({ psumSpadWords }) => psumSpadWords,
  },
  {
    name: 'PE rows',
    why: 'a set has one row of PEs for each kernel row; sets stand on each other, folds of one strip too',
    needs: ({ kernel }, mapping) => {
      const { folds, columns } = foldOf(mapping);
      const besides = folds === 1 ? Math.floor(EYERISS_LIMITS.columns / columns) : 1;
      return kernel * folds * Math.ceil((mapping.r * mapping.t) / besides);
    },
    has: ({ rows }) => rows,
  },
  {
    name: 'global buffer banks',
    why: 'ifmaps of a pass and partial sums of m filters stay in the global buffer, each in banks of its own',
    needs: (_, __, { ifmapWords, psumWords }) => banksFor(ifmapWords) + banksFor(psumWords),
    has: ({ banks }) => banks,
  },
  {
    name: 'filter prefetch',
    why: 'filters of the next pass arrive while one runs',
    needs: ({ kernel }, { p, q, r, t }) => p * t * q * r * kernel ** 2,
    has: ({ prefetchWords }) => prefetchWords,
  },
];

/** The constraints a mapping breaks. */
export function brokenConstraints(shape: ConvShape, mapping: TiledMapping): readonly ChipConstraint[] {
  const counts = countPasses(shape, mapping);
  return CHIP_CONSTRAINTS.filter(({ needs, has }) => needs(shape, mapping, counts) > has(EYERISS_LIMITS));
}

/**
 * The mapping that the constraints and the aim of the dataflow leave: the fewest words from DRAM, then the fewest accesses of the global
 * buffer, then the most PEs at work, then the fewest cycles.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017: the dataflow is configured to spend the least on moving data, most of all from DRAM
 * @throws Error when no mapping keeps the constraints
 */
export function chooseMapping(shape: ConvShape): TiledMapping {
  const tiles = tilesOf(shape).filter((tile) => brokenConstraints(shape, smallestPass(tile)).length === 0);
  const wordsOf = (tile: Tile): number => dramWords(countPasses(shape, smallestPass(tile)));
  const least = tiles.reduce((words, tile) => Math.min(words, wordsOf(tile)), Infinity);
  const mappings = tiles
    .filter((tile) => wordsOf(tile) === least)
    .flatMap((tile) => passesOf(shape, tile))
    .filter((mapping) => brokenConstraints(shape, mapping).length === 0)
    .map((mapping) => ({ mapping, counts: countPasses(shape, mapping), cycles: cyclesOf(shape, mapping).total }));
  const [best] = mappings.sort(
    (a, b) => glbWords(a.counts) - glbWords(b.counts) || b.counts.activePes - a.counts.activePes || a.cycles - b.cycles,
  );
  if (best === undefined) throw new Error('No mapping of the chip fits a layer of this shape.');
  return best.mapping;
}

/** What stays in the global buffer; DRAM accesses follow from it alone. */
type Tile = Pick<TiledMapping, 'm' | 'n' | 'e' | 'f'>;

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);
const divisors = (value: number): readonly number[] => upTo(value).filter((candidate) => value % candidate === 0);

/** Every constraint asks for more when p, q, r or t grow: a tile that this pass does not fit fits none. */
function smallestPass(tile: Tile): TiledMapping {
  return { ...tile, p: 1, q: 1, r: 1, t: 1 };
}

function tilesOf({ M, plane, batch }: ConvShape): readonly Tile[] {
  return divisors(M).flatMap((m) => divisors(batch).flatMap((n) => upTo(plane).map((e) => ({ m, n, e, f: plane }))));
}

/** The passes over a tile: filters divide m, channels need not divide C. */
function passesOf({ C, kernel }: ConvShape, tile: Tile): readonly TiledMapping[] {
  const { rows, columns, ifmapSpadWords, psumSpadWords } = EYERISS_LIMITS;
  const sets = Math.floor(rows / kernel) * columns;
  return divisors(tile.m)
    .filter((filters) => filters <= psumSpadWords * sets)
    .flatMap((filters) => divisors(filters).map((p) => ({ ...tile, p, t: filters / p })))
    .filter(({ p, t }) => p <= psumSpadWords && t <= sets)
    .flatMap((mapping) =>
      upTo(Math.min(C, Math.floor(ifmapSpadWords / kernel))).flatMap((q) =>
        upTo(Math.min(Math.ceil(C / q), Math.floor(sets / mapping.t))).map((r) => ({ ...mapping, q, r })),
      ),
    );
}
