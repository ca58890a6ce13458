import type { MainHardware } from '@archon-dse/archon-cycles';
import { describe, expect, it } from 'vitest';
import { FusedRun, type FusedMain } from '../main/fused-main.kernel.js';
import { FusedNetwork } from '../network-run.js';
import { imageFor, NETWORKS, predicted } from '../test-fixtures.js';
import { BlockCycles } from './block-cycles.js';
import { broadcastOf } from './broadcast.js';
import { LiveProducts } from './live-products.kernel.js';

const HARDWARE: MainHardware = {
  pes: 4,
  addersPerPe: 2,
  productsPerCycle: 8,
  coupling: 'lock-step',
  adderFifoWords: 4,
  maskWordsPerCycle: Infinity,
  maskWordBits: 16,
  productBits: 26,
  dramBitsPerCycle: Infinity,
  prefetchBits: 0,
};

/** Blocks of a network after a run on an image, with their masks. */
function blocksOf(name: string) {
  const network = NETWORKS[name]!;
  const { plan, tensors } = predicted(network, 7);
  const fused = new FusedNetwork(plan, tensors);
  fused.run(imageFor(network, 3));
  return fused.blocks.map(({ main: { main }, masks: { first, second } }) => ({ main, first, second }));
}

/** Live products of each output cell and channel: what the block computes where every product, activation and constant is 1. */
function additionsByOutput(main: FusedMain, first: Uint8Array, second: Uint8Array): Float32Array {
  const { products, offsets, window } = main;
  const ones = {
    ...main,
    products: { ...products, value: products.value.map(() => 1) },
    offsets: { ...offsets, last: offsets.last.map(() => 0), value: offsets.value.map(() => 0) },
  };
  const x = new Float32Array(Math.max(...window.at) * products.inputs + products.inputs).fill(1);
  const y = new Float32Array(window.cells * products.outputs);
  new FusedRun(ones).run({ x, first, second }, y);
  return y;
}

/** The same as counted for the PEs, tile by tile. */
function liveByOutput(main: FusedMain, first: Uint8Array, second: Uint8Array): Float32Array {
  const { outputs } = main.products;
  const { cells, taps } = main.window;
  const { pes } = HARDWARE;
  const counter = new LiveProducts(main, pes);
  const found = new Float32Array(cells * outputs);
  for (let tile = 0; tile < Math.ceil(cells / pes); tile++) {
    for (let tap = 0; tap < taps; tap++) {
      counter.fill({ first, second }, tap, tile * pes);
      addTap(main, tap, (pe, output, live) => (found[(tile * pes + pe) * outputs + output]! += live), counter.live);
    }
  }
  return found;
}

function addTap(
  { products: { tapStart, to } }: FusedMain,
  tap: number,
  add: (pe: number, output: number, live: number) => void,
  live: Uint16Array,
): void {
  const { pes } = HARDWARE;
  for (let f = tapStart[tap]!; f < tapStart[tap + 1]!; f++) {
    for (let pe = 0; pe < pes; pe++) add(pe, to[f]!, live[(f - tapStart[tap]!) * pes + pe]!);
  }
}

describe.each(Object.keys(NETWORKS))('cycles of %s', (name) => {
  const blocks = blocksOf(name);

  it('have the live products that execution adds, output by output', () => {
    for (const { main, first, second } of blocks) {
      const found = liveByOutput(main, first, second);
      expect(found).toEqual(additionsByOutput(main, first, second));
      expect(found.some((additions) => additions > 0)).toBe(true);
    }
  });

  it('broadcast each product once a tile, and as many mask words as there are in its channels', () => {
    for (const { main, first, second } of blocks) {
      const cycles = new BlockCycles(main, HARDWARE);
      cycles.run({ first, second });
      const { weight, to } = main.products;
      const tiles = Math.ceil(main.window.cells / HARDWARE.pes);
      expect(cycles.counts.products).toBe(tiles * weight.length);
      expect(cycles.counts.weights).toBe(tiles * to.length);
      // A word for every mask: each product looks at its first mask, and at its second, or its fused weight at that of its output.
      const { maskWords } = broadcastOf(main, 1);
      const looks = main.depthwiseSecond ? 2 * weight.length : weight.length + to.length;
      expect(maskWords.reduce((sum, words) => sum + words, 0)).toBe(looks);
      const wide = broadcastOf(main, 1024).maskWords;
      expect(wide.every((words) => words === 2)).toBe(true);
    }
  });
});
