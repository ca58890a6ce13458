import type { TensorShape } from '@archon-dse/core';
import type { ConvNode, DenseNode, PoolNode } from '../plan.js';

type Visit = (x: number, weight: number, y: number) => void;

/** Visits every product of a convolution: the flat indices of input value, weight and output value. */
export function eachProduct(node: ConvNode | DenseNode, input: TensorShape, batch: number, visit: Visit): void {
  const groups = node.op === 'dense' ? 1 : node.groups;
  const [inputs, filters] = [input[2] / groups, node.shape[2] / groups];
  eachTap(node, input, batch, (x, tap, y) => {
    for (let group = 0; group < groups; group += 1) {
      for (let c = 0; c < inputs; c += 1) {
        for (let m = 0; m < filters; m += 1) {
          const weight = (tap * inputs + c) * node.shape[2] + group * filters + m;
          visit(x * input[2] + group * inputs + c, weight, y * node.shape[2] + group * filters + m);
        }
      }
    }
  });
}

/** Visits every pair of an input cell under the window of an output cell, both counted over batch, rows and columns. */
export function eachTap(node: ConvNode | DenseNode | PoolNode, input: TensorShape, batch: number, visit: Visit): void {
  const { size, stride, rows, columns } =
    node.op === 'dense' ? { size: 1, stride: 1, rows: [0] as const, columns: [0] as const } : node.window;
  const [height, width] = input;
  for (let cell = 0; cell < batch * node.shape[0] * node.shape[1]; cell += 1) {
    const image = Math.floor(cell / (node.shape[0] * node.shape[1]));
    const p = Math.floor(cell / node.shape[1]) % node.shape[0];
    const q = cell % node.shape[1];
    for (let tap = 0; tap < size * size; tap += 1) {
      const h = p * stride + Math.floor(tap / size) - rows[0];
      const w = q * stride + (tap % size) - columns[0];
      if (h < 0 || h >= height || w < 0 || w >= width) continue;
      visit((image * height + h) * width + w, tap, cell);
    }
  }
}
