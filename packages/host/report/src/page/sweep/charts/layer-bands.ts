import type { Layer } from '../state/report.js';

/** Neighbouring layers of one block, from `start` to `end`. */
export interface LayerBand {
  readonly start: number;
  readonly end: number;
  /** The block, where its name has room above the band. */
  readonly name: string;
}

/** Pixels a character of a name takes at the most, and the gap between two names. */
const CHARACTER_PX = 6.5;
const GAP_PX = 4;

/** The blocks of a network in their order; names that would run into the one before are left out. */
export function layerBands(layers: readonly Pick<Layer, 'block'>[], plotPx: number): readonly LayerBand[] {
  const starts = layers.flatMap(({ block }, i) => (block === layers[i - 1]?.block ? [] : [i]));
  const layerPx = plotPx / layers.length;
  let free = -Infinity;
  return starts.map((start, i) => {
    const end = (starts[i + 1] ?? layers.length) - 1;
    const block = layers[start]?.block ?? '';
    const middle = ((start + end + 1) / 2) * layerPx;
    const half = (block.length * CHARACTER_PX) / 2;
    const hasRoom = middle - half >= free;
    if (hasRoom) free = middle + half + GAP_PX;
    return { start, end, name: hasRoom ? block : '' };
  });
}

/** Pixels between two slanted names of layers. */
const LINE_PX = 13;

/** How many layers go without a name between two that have one. */
export function unnamedBetween(layerCount: number, plotPx: number): number {
  return Math.max(1, Math.ceil((LINE_PX * layerCount) / plotPx)) - 1;
}
