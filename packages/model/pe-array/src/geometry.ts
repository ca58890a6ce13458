import type { ArrayOptions } from './array-options.js';

/** Bits of a row of the global buffer and of a DRAM access, whatever the word width. */
export const ROW_BITS = 64;

const BITS_PER_KIB = 8 * 1024;

/** PEs, and so MACs, of the array. */
export function peCount(options: Pick<ArrayOptions, 'meshX' | 'meshY'>): number {
  return options.meshX * options.meshY;
}

/** Words moved by one access of the global buffer or of DRAM. */
export function wordsPerRow(options: Pick<ArrayOptions, 'dataBits'>): number {
  return ROW_BITS / options.dataBits;
}

export function glbRows(options: ArrayOptions): number {
  return (options.glbKib * BITS_PER_KIB) / ROW_BITS;
}

export function glbWords(options: ArrayOptions): number {
  return glbRows(options) * wordsPerRow(options);
}
