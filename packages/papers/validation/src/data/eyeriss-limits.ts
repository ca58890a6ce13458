import type { ConvShape } from '../conv-shape.js';
import type { ChipMapping } from './eyeriss-chip.js';

/** What the chip can hold and move; words are of 16 bit. */
export interface ChipLimits {
  readonly rows: number;
  readonly columns: number;
  readonly ifmapSpadWords: number;
  readonly filterSpadWords: number;
  readonly psumSpadWords: number;
  /** Each holds ifmaps or partial sums, never both. */
  readonly banks: number;
  readonly bankWords: number;
  /** Filters of a pass, fetched while the pass before runs. */
  readonly prefetchWords: number;
  readonly psumWordsACycle: number;
  readonly filterWordsACycle: number;
  readonly ifmapWordsACycle: number;
}

/**
 * 12 x 14 PEs; 108 KiB of global buffer: 25 banks of 4 KiB and 8 KiB for filters. Partial sums have a bus of 64 bit each way, filters one of
 * 64 bit and ifmaps one of 16 bit: that is our reading of the chip's networks, not a figure of its tables.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, section IV and table IV
 */
export const EYERISS_LIMITS: ChipLimits = {
  rows: 12,
  columns: 14,
  ifmapSpadWords: 12,
  filterSpadWords: 224,
  psumSpadWords: 24,
  banks: 25,
  bankWords: 2048,
  prefetchWords: 4096,
  psumWordsACycle: 4,
  filterWordsACycle: 4,
  ifmapWordsACycle: 1,
};

/**
 * KiB of the global buffer that each AlexNet layer gives to ifmaps and to partial sums.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, table III
 */
export const EYERISS_ALEXNET_ALLOCATIONS: Readonly<Record<string, readonly [ifmaps: number, psums: number]>> = {
  CONV1: [15.5, 72.2],
  CONV2: [3.8, 91.1],
  CONV3: [7.0, 84.5],
  CONV4: [10.5, 84.5],
  CONV5: [10.5, 84.5],
};

/** A mapping whose strips are cut to f columns of outputs as well; the published seven parameters cut rows only. */
export interface TiledMapping extends ChipMapping {
  readonly f: number;
}

/**
 * Mappings of VGG-16, which were never published, as the measured accesses of table VI point to them: words of the global buffer that are no
 * partial sums leave room for these parameters only. By columns of the output plane.
 */
export const EYERISS_VGG16_INFERRED: Readonly<Record<number, TiledMapping>> = {
  224: { m: 32, n: 1, e: 13, f: 112, p: 8, q: 1, r: 1, t: 4 },
  112: { m: 32, n: 1, e: 13, f: 112, p: 8, q: 1, r: 1, t: 4 },
  56: { m: 64, n: 1, e: 13, f: 56, p: 16, q: 2, r: 1, t: 4 },
  28: { m: 32, n: 1, e: 28, f: 28, p: 16, q: 4, r: 1, t: 2 },
  14: { m: 64, n: 3, e: 14, f: 14, p: 16, q: 4, r: 2, t: 2 },
};

/** A mapping with whole rows of outputs. */
export function wholeRows(mapping: ChipMapping, { plane }: ConvShape): TiledMapping {
  return { ...mapping, f: plane };
}
