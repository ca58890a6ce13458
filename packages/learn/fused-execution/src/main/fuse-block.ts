import type { TensorShape } from '@archon-dse/core';
import type { FusedBlock } from '../block/fused-block.js';
import { windowCells } from '../layers/window.js';
import type { FusedMain, Offsets } from './fused-main.kernel.js';
import { eachInput, productsOf, type Affines, type Kernels } from './products.js';

/**
 * A block as one convolution whose weights are sums of products.
 *
 * @param input - shape of the block's input
 * @param kernels - of the three convolutions; a weight that is 0 makes no product
 * @param affines - what follows each of them: BatchNorm by its moving statistics, bias
 */
export function fuseBlock(block: FusedBlock, input: TensorShape, kernels: Kernels, affines: Affines): FusedMain {
  const [first, second, third] = block.layers;
  const depthwiseSecond = second.conv.op === 'depthwise';
  const units = first.order.length;
  return {
    products: productsOf(block, kernels, affines),
    offsets: depthwiseSecond ? offsetsAtOutput(block, kernels, affines) : offsetsAtTaps(block, kernels, affines),
    window: windowCells(input, depthwiseSecond ? second.conv : third.conv),
    depthwiseSecond,
    firstOf: first.order,
    firstChannels: first.conv.shape[2],
    secondOf: depthwiseSecond ? Int32Array.from({ length: units }, (_, unit) => unit) : second.order,
    secondChannels: second.conv.shape[2],
  };
}

function offsetsAtOutput({ layers: [, second, third] }: FusedBlock, kernels: Kernels, affines: Affines): Offsets {
  const rows = Array.from({ length: third.conv.shape[2] }, (_, to) => {
    const terms: Term[] = [];
    eachInput(third.conv, kernels[2], to, (at, weight) => {
      const middle = second.order[at] ?? 0;
      terms.push({ middle, value: weight * (affines[2].scale[to] ?? 0) * (affines[1].offset[middle] ?? 0) });
    });
    return terms;
  });
  return pack(rows, affines[2].offset);
}

function offsetsAtTaps({ layers: [, second, third] }: FusedBlock, kernels: Kernels, affines: Affines): Offsets {
  const outputs = third.conv.shape[2];
  const rows = Array.from(kernels[2], (weight, row): Term[] => {
    const to = row % outputs;
    const middle = second.order[to] ?? 0;
    return [{ middle, value: weight * (affines[2].scale[to] ?? 0) * (affines[1].offset[middle] ?? 0) }];
  });
  return pack(rows, affines[2].offset);
}

interface Term {
  readonly middle: number;
  readonly value: number;
}

function pack(rows: readonly (readonly Term[])[], last: Float64Array): Offsets {
  const kept = rows.map((terms) => terms.filter(({ value }) => value !== 0));
  const start = new Int32Array(rows.length + 1);
  kept.forEach((terms, row) => (start[row + 1] = (start[row] ?? 0) + terms.length));
  const terms = kept.flat();
  return {
    last,
    start,
    middle: Int32Array.from(terms, ({ middle }) => middle),
    value: Float64Array.from(terms, ({ value }) => value),
  };
}
