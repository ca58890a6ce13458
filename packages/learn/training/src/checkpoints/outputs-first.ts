import type { Layer } from '@archon-dse/core';
import type { TensorValue } from '@archon-dse/tensor';

/** Output channels of all groups, input channels of one group, kernel rows, kernel columns. */
export type KernelShape = readonly [outputs: number, inputs: number, rows: number, columns: number];

/** The kernel of a layer as that of a convolution: a dense one is a window of 1 x 1. */
export function windowedKernel({ op }: Pick<Layer, 'op'>, kernel: TensorValue): TensorValue {
  return op === 'dense' ? { ...kernel, shape: [1, 1, ...kernel.shape] } : kernel;
}

/** Shape of a convolution kernel with outputs first. A depthwise kernel is rows, columns, channels, 1 before, channels x 1 after. */
export function outputsFirstShape({ shape }: TensorValue, isDepthwise: boolean): KernelShape {
  const [rows = 1, columns = 1, inputs = 1, outputs = 1] = shape;
  return isDepthwise ? [inputs, 1, rows, columns] : [outputs, inputs, rows, columns];
}

/** Values of a kernel with outputs first, so that the groups of a convolution lie one behind the other. */
export function toOutputsFirst(kernel: TensorValue, isDepthwise: boolean): Float32Array {
  const values = new Float32Array(kernel.data.length);
  eachWeight(outputsFirstShape(kernel, isDepthwise), (from, to) => {
    values[to] = kernel.data[from] ?? 0;
  });
  return values;
}

/** The way back: a kernel of the same shape with new values. */
export function fromOutputsFirst(
  values: Float32Array | Uint8Array,
  kernel: TensorValue,
  isDepthwise: boolean,
): TensorValue {
  const data = new Float32Array(values.length);
  eachWeight(outputsFirstShape(kernel, isDepthwise), (to, from) => {
    data[to] = values[from] ?? 0;
  });
  return { shape: kernel.shape, data };
}

/** Index of each weight with outputs last and with outputs first. Holds for depthwise kernels too: their one input is left out. */
function eachWeight(
  [outputs, inputs, rows, columns]: KernelShape,
  visit: (outputsLast: number, outputsFirst: number) => void,
): void {
  const cells = rows * columns;
  for (let cell = 0; cell < cells; cell += 1) {
    for (let input = 0; input < inputs; input += 1) {
      const last = (cell * inputs + input) * outputs;
      for (let output = 0; output < outputs; output += 1) {
        visit(last + output, (output * inputs + input) * cells + cell);
      }
    }
  }
}
