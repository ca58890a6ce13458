import type { ConvShape } from './conv-shape.js';
import { type ChipLimits, EYERISS_LIMITS, type TiledMapping } from './data/eyeriss-limits.js';

/** What the dataflow of the chip does with a layer, over all groups and images. Words of 16 bit. */
export interface PassCounts {
  readonly passes: number;
  readonly activePes: number;
  /** Words of ifmaps and of partial sums in the global buffer at a time. */
  readonly ifmapWords: number;
  readonly psumWords: number;
  readonly psumAccesses: number;
  readonly ifmapReads: number;
  readonly ifmapFills: number;
  /** From DRAM; each is written to the global buffer once and read once. */
  readonly filterLoads: number;
  readonly outputs: number;
}

/** Rows of outputs that a row of PE sets takes: a strip wider than the array is folded over several. */
export function foldOf({ e }: TiledMapping, { columns } = EYERISS_LIMITS): { folds: number; columns: number } {
  const folds = Math.ceil(e / columns);
  return { folds, columns: Math.ceil(e / folds) };
}

/** Inputs along one dimension that tiles of `tile` outputs read, those of two tiles twice. */
function inputsRead({ plane, stride, kernel }: ConvShape, tile: number): number {
  const tiles = Math.ceil(plane / tile);
  return stride * (plane - tiles) + kernel * tiles;
}

/**
 * A pass takes q x r channels of p x t filters, for n images and a tile of e x f outputs. All filters of m pass before the next channels,
 * all channels before the next tile, all tiles before the next m filters; images are outermost. Partial sums of m filters stay in the global
 * buffer: a pass reads and writes them; the first one writes only, and one more read takes the outputs to DRAM.
 */
export function countPasses(shape: ConvShape, mapping: TiledMapping): PassCounts {
  const { C, M, kernel, plane, batch, groups, stride } = shape;
  const { m, n, e, f, p, q, r, t } = mapping;
  const tiles = Math.ceil(plane / e) * Math.ceil(plane / f);
  const channelSteps = Math.ceil(C / (q * r));
  const inputs = C * inputsRead(shape, e) * inputsRead(shape, f) * batch * groups;
  const outputs = M * plane ** 2 * batch * groups;
  const imageSteps = Math.ceil(batch / n);
  return {
    passes: (M / (p * t)) * channelSteps * tiles * imageSteps * groups,
    activePes: r * t * kernel * e,
    ifmapWords: n * q * r * (stride * (e - 1) + kernel) * (stride * (f - 1) + kernel),
    psumWords: m * n * e * f,
    psumAccesses: 2 * channelSteps * outputs,
    ifmapReads: (M / (p * t)) * inputs,
    ifmapFills: (M / m) * inputs,
    filterLoads: C * M * kernel ** 2 * tiles * imageSteps * groups,
    outputs,
  };
}

/** Words that cross the pins of the chip, not compressed. */
export function dramWords({ ifmapFills, filterLoads, outputs }: PassCounts): number {
  return ifmapFills + filterLoads + outputs;
}

export function glbWords({ psumAccesses, ifmapReads, ifmapFills, filterLoads }: PassCounts): number {
  return psumAccesses + ifmapReads + ifmapFills + 2 * filterLoads;
}

export interface PassCycles {
  /** Of the PEs, the slowest ones, in passes whose last strip is as slow as the others. */
  readonly compute: number;
  /** Of the bus that brings partial sums, and of the one that takes them away: they work side by side. */
  readonly psums: number;
  readonly ifmaps: number;
  /** Filters and the first window of every row, before a pass can begin. */
  readonly startUp: number;
  readonly total: number;
}

/** Within a pass all buses work beside the PEs, so the slowest counts; every pass starts anew. */
export function cyclesOf(shape: ConvShape, mapping: TiledMapping, limits: ChipLimits = EYERISS_LIMITS): PassCycles {
  const { kernel, stride, batch } = shape;
  const { n, e, f, p, q, r, t } = mapping;
  const counts = countPasses(shape, mapping);
  const images = batch / Math.ceil(batch / n);
  const compute = counts.passes * images * p * q * kernel * f;
  const psums = counts.psumAccesses / 2 / limits.psumWordsACycle;
  const ifmaps = counts.ifmapReads / limits.ifmapWordsACycle;
  const filters = (p * t * q * r * kernel ** 2) / limits.filterWordsACycle;
  const windows = ((stride * (e - 1) + kernel) * kernel * q * r) / limits.ifmapWordsACycle;
  const startUp = counts.passes * (filters + windows);
  return { compute, psums, ifmaps, startUp, total: Math.max(compute, psums, ifmaps) + startUp };
}
