import type { TensorShape } from '@archon-dse/core';
import type { ConvNode, Window } from '@archon-dse/tensor';
import { blockedConvolve, blockedKernelGradient, canBlock, type ConvInput } from './blocked-depthwise.js';
import type { GraphBuilder, Value } from './graph.js';

/** Convolution of `x`; the kernel is in the canonical layout. */
export function convolve(g: GraphBuilder, node: ConvNode, from: ConvInput, kernel: Value, bias: Value | null): Value {
  const filters = toFilters(g, node, kernel);
  if (canBlock(g, node, from.batch) && bias === null) {
    return blockedConvolve(g, node, from, filters, { output: node.shape, ...poolAttributes(node.window) });
  }
  return g.op('Conv', bias === null ? [from.x, filters] : [from.x, filters, bias], windowAttributes(node));
}

/** Gradient of the input. */
export function convolveBack(
  g: GraphBuilder,
  node: ConvNode,
  { batch, input }: Omit<ConvInput, 'x'>,
  kernel: Value,
  dy: Value,
): Value {
  const { size, stride, rows, columns } = node.window;
  if (node.op === 'depthwise' && stride === 1) {
    const last = [-1, -1];
    const flipped = g.op('Slice', [
      toFilters(g, node, kernel),
      g.ints(last),
      g.ints(BEFORE_FIRST),
      g.ints([2, 3]),
      g.ints(last),
    ]);
    const pads = [rows[0], columns[0], rows[1], columns[1]].map((cells) => size - 1 - cells);
    if (canBlock(g, node, batch)) {
      const errors = { batch, input: node.shape, x: dy };
      return blockedConvolve(g, node, errors, flipped, { output: input, strides: [1, 1], pads });
    }
    return g.op('Conv', [dy, flipped], { ...windowAttributes(node), pads });
  }
  if (size === 1 && stride === 1) return g.op('Conv', [dy, toInputs(g, node, input, kernel)], windowAttributes(node));
  const reach = (cells: number, index: 0 | 1): number => (cells - 1) * stride + size - input[index];
  const padding = [reach(node.shape[0], 0), reach(node.shape[1], 1)].map((over) => Math.max(0, -over));
  return g.op('ConvTranspose', [dy, toFilters(g, node, kernel)], {
    ...windowAttributes(node),
    output_padding: padding,
  });
}

const BEFORE_FIRST = [-(2 ** 31), -(2 ** 31)];

/** Gradient of the kernel in the canonical layout. */
export function kernelGradient(g: GraphBuilder, node: ConvNode, from: ConvInput, dy: Value): Value {
  const { batch, input, x } = from;
  if (canBlock(g, node, batch)) return blockedKernelGradient(g, node, from, dy);
  const taps = tapsOf(g, node, x);
  const { size } = node.window;
  const channels = node.shape[2];
  if (node.op === 'depthwise') {
    const sums = taps.map((tap) => g.reduce('ReduceSum', g.op('Mul', [tap, dy]), [0, 2, 3], 1));
    return g.reshape(concat(g, sums, 0), [size, size, channels, 1]);
  }
  const groups = node.groups;
  const inputs = input[2] / groups;
  const cells = node.shape[0] * node.shape[1];
  const split = taps.map((tap) => g.reshape(tap, [0, groups, inputs, cells]));
  const errors = g.reshape(dy, [0, groups, channels / groups, cells]);
  const isManyWeights = isMerged(taps.length * inputs, channels / groups, cells);
  const products = productsOverCells(g, concat(g, split, 2), errors, isManyWeights);
  const shape = [size, size, inputs, channels];
  return g.reshape(groups === 1 ? products : g.transpose(products, [1, 0, 2]), shape);
}

/** Whether bringing the cells of all images together costs less than adding up one product an image. */
function isMerged(rows: number, columns: number, cells: number): boolean {
  return rows * columns > (rows + columns) * cells;
}

/** `a [N, g, A, cells]` and `b [N, g, B, cells]` to `[g, A, B]`. */
function productsOverCells(g: GraphBuilder, a: Value, b: Value, merged: boolean): Value {
  if (!merged) return g.reduce('ReduceSum', g.op('FusedMatMul', [a, b], { transB: 1 }), [0]);
  const [left, right] = [a, b].map((value) => mergeCells(g, value));
  return g.op('FusedMatMul', [left ?? a, right ?? b], { transB: 1 });
}

/** `[N, g, A, cells]` to `[g, A, N * cells]`. */
function mergeCells(g: GraphBuilder, value: Value): Value {
  const turned = g.transpose(value, [1, 2, 0, 3]);
  return g.op('Reshape', [turned, g.ints([0, 0, -1])]);
}

/** For each cell of the window, the input values that the output cells see there. */
function tapsOf(g: GraphBuilder, node: ConvNode, x: Value): Value[] {
  const { size, stride, rows, columns } = node.window;
  if (size === 1 && stride === 1) return [x];
  const isPadded = [...rows, ...columns].some((cells) => cells > 0);
  const padded = isPadded ? g.op('Pad', [x, g.ints([0, 0, rows[0], columns[0], 0, 0, rows[1], columns[1]])]) : x;
  const steps = g.ints([stride, stride]);
  return Array.from({ length: size * size }, (_, tap) => {
    const [row, column] = [Math.floor(tap / size), tap % size];
    const end = [row + (node.shape[0] - 1) * stride + 1, column + (node.shape[1] - 1) * stride + 1];
    return g.op('Slice', [padded, g.ints([row, column]), g.ints(end), g.ints([2, 3]), steps]);
  });
}

function concat(g: GraphBuilder, values: readonly Value[], axis: number): Value {
  const [only = ''] = values;
  return values.length === 1 ? only : g.op('Concat', values, { axis });
}

/** From the canonical layout to filters x inputs x rows x columns. */
function toFilters(g: GraphBuilder, { op }: ConvNode, kernel: Value): Value {
  return g.transpose(kernel, op === 'depthwise' ? [2, 3, 0, 1] : [3, 2, 0, 1]);
}

/** Pointwise kernel from the canonical layout to inputs x filters of a group x 1 x 1. */
function toInputs(g: GraphBuilder, { groups, shape }: ConvNode, input: TensorShape, kernel: Value): Value {
  const filters = shape[2] / groups;
  const split = g.reshape(kernel, [input[2] / groups, groups, filters]);
  return g.reshape(groups === 1 ? split : g.transpose(split, [1, 0, 2]), [input[2], filters, 1, 1]);
}

function windowAttributes({ window, groups }: ConvNode) {
  return { group: groups, ...poolAttributes(window) };
}

/** Attributes of an operator with a window. */
export function poolAttributes({ size, stride, rows, columns }: Window) {
  return {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [rows[0], columns[0], rows[1], columns[1]],
  };
}
