import { metricTitle } from '@archon-dse/core';

/** What our accelerators call what their executions find, in words. Other names are read as they are written. */

const STALLS = new Map([
  ['adders', 'Adders busy'],
  ['broadcast', 'Broadcast full'],
  ['buffers', 'Buffers'],
  ['dram', 'DRAM'],
  ['drain', 'FIFOs drain'],
  ['fifo-full', 'FIFOs full'],
  ['imbalance', 'Busiest PE'],
  ['masks', 'Mask words'],
]);

const SHARES = new Map([
  ['adderUtilization', 'Adders in use'],
  ['nonZeroWeights', 'Fused weights that are not 0'],
  ['fullestFifos', 'FIFOs at their fullest'],
  ['peUtilization', 'PEs in use'],
]);

/** What a histogram counts. */
export interface HistogramWords {
  readonly title: string;
  /** What stands below its bars. */
  readonly of: string;
  /** What their height is. */
  readonly counted: string;
  /** What a model assumes: the option of the accelerator that says it, and what it is. */
  readonly limit?: { readonly option: string; readonly text: string };
}

const HISTOGRAMS = new Map<string, HistogramWords>([
  [
    'additions',
    {
      title: 'Additions per fused weight',
      of: 'additions',
      counted: 'fused weights in a PE',
      limit: { option: 'addersPerPe', text: 'what a PE adds in a cycle' },
    },
  ],
  ['multiplications', { title: 'Multiplications per pass', of: 'multiplications', counted: 'passes of a PE' }],
]);

/** What a row and a column of a map is. */
export interface MapWords {
  readonly title: string;
  readonly row: string;
  readonly column: string;
}

const MASKS = { row: 'channel group', column: 'position' };

const MAPS = new Map<string, MapWords>([
  ['firstMasks', { title: 'Masks of the first ReLU that are 1', ...MASKS }],
  ['secondMasks', { title: 'Masks of the second ReLU that are 1', ...MASKS }],
]);

export function stallWords(name: string): string {
  return STALLS.get(name) ?? plain(name);
}

export function shareWords(name: string): string {
  return SHARES.get(name) ?? plain(name);
}

export function histogramWords(name: string): HistogramWords {
  return HISTOGRAMS.get(name) ?? { title: plain(name), of: plain(name).toLowerCase(), counted: 'how often' };
}

export function mapWords(name: string): MapWords {
  return MAPS.get(name) ?? { title: plain(name), row: 'row', column: 'column' };
}

/** `fifo-full` and `fifoFull` read `Fifo full`. */
function plain(name: string): string {
  return metricTitle(name.replace(/[-_]+/g, ' '));
}
