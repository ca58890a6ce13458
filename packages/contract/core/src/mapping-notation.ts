/** A loop of a level: `bound` steps, or as many instances side by side along an axis of the array. */
export interface NestLoop {
  /** A dimension such as `C`; see {@link MAPPING_LEGEND}. */
  readonly dim: string;
  readonly bound: number;
  readonly axis?: 'X' | 'Y';
}

/** Data spaces by their letters: weights, inputs, outputs. */
export type TileSpace = 'W' | 'I' | 'O';

/** A level of a mapping with what one instance of it holds at once. */
export interface NestLevel {
  readonly name: string;
  readonly keeps: readonly TileSpace[];
  /** Outer to inner; loops of bound 1 are left out. */
  readonly loops: readonly NestLoop[];
  /** Words of each data space it keeps; empty where the record does not tell. */
  readonly tileWords: Readonly<Partial<Record<TileSpace, number>>>;
  /** Words there is room for; absent where there is no limit or the record does not tell. */
  readonly sizeWords?: number;
}

/** One line of a drawn nest: a loop, or a level without one. */
export interface NestRow {
  /** Loops around it. */
  readonly depth: number;
  readonly loop?: NestLoop;
  /** Of the first line of a level only. */
  readonly level?: NestLevel;
}

/** What the letters of a mapping stand for. */
export const MAPPING_LEGEND: readonly (readonly [letters: string, meaning: string])[] = [
  ['C, M', 'input and output channels'],
  ['R, S', 'rows and columns of the kernel'],
  ['P, Q', 'rows and columns of the outputs'],
  ['N', 'images'],
  ['W, I, O', 'weights, inputs and outputs that a level keeps'],
  ['X, Y', 'side by side along a side of the array'],
];

/** Separates levels in `LayerRecord.mapping` and `LayerRecord.tiles`. */
export const LEVEL_SEPARATOR = ' - ';

const LEVEL = /^([^[\]]+)\[(W?I?O?)\](?: (.*))?$/;
const LOOP = /^([A-Z])([1-9]\d*)([XY]?)$/;
const WORDS = /^([WIO])(\d+)$/;

/**
 * Reads `mapping` and `tiles` of a layer's record, outermost level first.
 *
 * @returns nothing when the mapping is in another notation; a third-party model may have its own
 */
export function readNest(mapping: string, tiles = ''): readonly NestLevel[] | undefined {
  const tileTexts = tiles.split(LEVEL_SEPARATOR);
  const levels = mapping.split(LEVEL_SEPARATOR).map((text, index) => readLevel(text, tileTexts[index] ?? ''));
  return levels.every((level) => level !== undefined) ? levels : undefined;
}

function readLevel(text: string, tileText: string): NestLevel | undefined {
  const [, name = '', keeps = '', loopText = ''] = LEVEL.exec(text) ?? [];
  const loops = loopText.split(' ').filter(Boolean).map(readLoop);
  if (name === '' || !loops.every((loop) => loop !== undefined)) return undefined;
  const [words = '', size] = tileText.split(' / ');
  const tiles = words.split(' ').flatMap((word) => {
    const [, space, count] = WORDS.exec(word) ?? [];
    return space === undefined ? [] : [[space, Number(count)] as const];
  });
  return {
    name,
    keeps: [...keeps] as TileSpace[],
    loops: loops.filter(({ bound }) => bound > 1),
    tileWords: Object.fromEntries(tiles),
    ...(size === undefined ? {} : { sizeWords: Number(size) }),
  };
}

function readLoop(text: string): NestLoop | undefined {
  const [, dim, bound, axis] = LOOP.exec(text) ?? [];
  if (dim === undefined) return undefined;
  return { dim, bound: Number(bound), ...(axis === 'X' || axis === 'Y' ? { axis } : {}) };
}

/** The lines of a drawn nest, outermost loop first: each level with its first loop, or by itself where it has none. */
export function nestRows(levels: readonly NestLevel[]): readonly NestRow[] {
  let depth = 0;
  return levels.flatMap((level): NestRow[] => {
    const [first, ...rest] = level.loops;
    if (first === undefined) return [{ depth, level }];
    return [{ depth: depth++, level, loop: first }, ...rest.map((loop) => ({ depth: depth++, loop }))];
  });
}

/** A loop in words: `for P in 0:32`, `for M in 0:8 across X`. */
export function loopText({ dim, bound, axis }: NestLoop): string {
  return `for ${dim} in 0:${String(bound)}${axis === undefined ? '' : ` across ${axis}`}`;
}

/** Words a level holds at once, all data spaces together, as a share of its size; nothing where it has no limit. */
export function fillOf({ tileWords, sizeWords }: NestLevel): number | undefined {
  if (sizeWords === undefined || sizeWords === 0) return undefined;
  return Object.values(tileWords).reduce((sum, words) => sum + words, 0) / sizeWords;
}
