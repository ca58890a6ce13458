import { PUBLISHED_DENSE_ARRAY, type ArrayOptions } from '@archon-dse/pe-array';

/**
 * Hardware choices of ARCHON. The array's input and partial-sum scratchpads are named by their role in the main phase; the
 * predictions swap them. There is no weights scratchpad: the main phase streams its weights, the predictions keep theirs in the
 * prediction buffer.
 */
export interface ArchonHardware extends Omit<ArrayOptions, 'weightsSpadWords'> {
  /** Adders beside each MAC. */
  readonly addersPerPe: number;
  /** Narrow additions one adder does in a cycle of a prediction. */
  readonly adderLanes: number;
  readonly adderBits: number;
  readonly adderFifoWords: number;
  /** Words of each PE's prediction buffer: masks in the main phase, ternary weights in the predictions. */
  readonly predictionBufferWords: number;
  /** Rows of 64 masks of the prediction GLB. */
  readonly predictionGlbRows: number;
  readonly predictionGlbBanks: number;
  /** Width of the position stored with a kept weight. */
  readonly indexBits: number;
}

/** The published accelerator. @source ICS'21 ARCHON experiments */
export const PUBLISHED_ARCHON: ArchonHardware = {
  ...PUBLISHED_DENSE_ARRAY,
  meshY: 8,
  ifmapSpadWords: 12,
  psumSpadWords: 32,
  glbKib: 100,
  glbBanks: 25,
  addersPerPe: 6,
  adderLanes: 4,
  adderBits: 20,
  adderFifoWords: 5,
  predictionBufferWords: 128,
  predictionGlbRows: 1094,
  predictionGlbBanks: 32,
  indexBits: 10,
};

/** The array as the main phase sees it. */
export function mainArray(hardware: ArchonHardware): ArrayOptions {
  return { ...hardware, weightsSpadWords: 0 };
}

/** The array as the predictions, and layers that are not fused, see it: scratchpads swapped, weights in the prediction buffer. */
export function predictionArray(hardware: ArchonHardware): ArrayOptions {
  return {
    ...hardware,
    ifmapSpadWords: hardware.psumSpadWords,
    psumSpadWords: hardware.ifmapSpadWords,
    weightsSpadWords: hardware.predictionBufferWords,
  };
}
