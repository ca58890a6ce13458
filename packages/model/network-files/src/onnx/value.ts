import type { TensorShape } from '@archon-dse/core';

/**
 * How a tensor of ONNX lies in one of ours. `planes`: images by channel, [1, C, H, W], or sequences by channel, [1, C, T]. `rows`: channels
 * last, [..., C]; one or two dimensions before them are positions.
 */
export type View = 'planes' | 'rows';

/** A tensor that the file holds, or that follows from such: weights, and the numbers that shapes are made of. */
export interface Constant {
  readonly kind: 'constant';
  readonly dims: readonly number[];
  /** Row by row; absent where they are not known, as no shape depends on them. */
  readonly values?: readonly number[];
  /** How many of its values were learned. */
  readonly learned: number;
  /** Whether its type is that of whole numbers, which divide without rest. */
  readonly isWhole?: boolean;
}

/** A tensor that is computed. */
export interface Activation {
  readonly kind: 'activation';
  readonly dims: readonly number[];
  /** The layer whose values it has: all or some of them, perhaps in another order. */
  readonly layer: string;
  readonly shape: TensorShape;
  /**
   * Which of H, W and C of the layer each dimension is; anything where it is 1. Absent where a dimension is a part or a product of them.
   */
  readonly axes?: string;
  /** Without `axes`: all values of the layer, in their order. */
  readonly inOrder: boolean;
  /** The view that its neighbours have. */
  readonly hint: View;
  /** Set while the channels of an image are cut into groups, and once they are dealt out in turn. */
  readonly shuffle?: { readonly groups: number; readonly isDealt: boolean };
  /** The node that moved it last. */
  readonly movedBy?: string;
  /** Layers that have made a view of it. */
  readonly made: Map<View, string>;
}

export type Value = Constant | Activation;

/** Weights that the file only names the size of. */
export function absentWeights(dims: readonly number[]): Constant {
  return { kind: 'constant', dims, learned: countOf(dims) };
}

/** Whole numbers, such as a shape. */
export function wholeNumbers(dims: readonly number[], values: readonly number[]): Constant {
  return { kind: 'constant', dims, values, learned: 0, isWhole: true };
}

export function countOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Axes of each rank in a view; nothing where the view has no such rank, or where dimensions are merged. */
export function axesOf(view: View, dims: readonly number[]): string | undefined {
  const rank = dims.length;
  if (view === 'planes') return dims[0] === 1 ? [, , 'NC', 'NCH', 'NCHW'][rank] : undefined;
  if (rank <= 2) return ['', 'C', 'HC'][rank];
  if (dims[0] === 1) return [, , , 'NHC', 'NHWC'][rank];
  return rank === 3 ? 'HWC' : undefined;
}

/** Shape of a tensor of ours that holds `dims` in a view; nothing where the view has no such rank. */
export function shapeIn(view: View, dims: readonly number[]): TensorShape | undefined {
  const axes = axesOf(view, dims);
  if (axes === undefined && view === 'planes') return undefined;
  if (axes === undefined) {
    const [channels = 1, width = 1, ...others] = [...dims].reverse();
    return [countOf(others), width, channels];
  }
  const size = (axis: string): number => dims[axes.indexOf(axis)] ?? 1;
  return [size('H'), size('W'), size('C')];
}

/** Whether two ways to read the dimensions of a tensor differ only in those of 1. */
export function sameAxes(a: string, b: string, dims: readonly number[]): boolean {
  return dims.every((size, index) => size === 1 || a[index] === b[index]);
}

/** Whether the values stand in the file's order, channels fastest. */
export function isRowMajor(axes: string, dims: readonly number[]): boolean {
  const order = dims.flatMap((size, index) => (size === 1 ? [] : ['HWC'.indexOf(axes[index] ?? '')]));
  return order.every((axis, index) => index === 0 || axis > (order[index - 1] ?? 0));
}

/** Axes after dimensions of 1 have come or gone; nothing where others changed. */
export function axesAfter(
  axes: string | undefined,
  from: readonly number[],
  to: readonly number[],
): string | undefined {
  const kept = [...(axes ?? '')].filter((_, index) => from[index] !== 1);
  const [before, after] = [from, to].map((dims) => dims.filter((size) => size !== 1).join());
  if (axes === undefined || before !== after) return undefined;
  return to.map((size) => (size === 1 ? 'N' : (kept.shift() ?? 'N'))).join('');
}
