import { fail, type Layer, type TensorShape } from '@archon-dse/core';

/** Size of one spatial dimension after a window moves over it with SAME padding. */
export function sameOutputSize(size: number, stride: number): number {
  return Math.ceil(size / stride);
}

/**
 * Cells of zero padding that SAME puts before and after one spatial dimension; an odd cell goes after.
 *
 * @param size - cells of the dimension
 * @param kernel - cells under the window
 * @source TensorFlow, notes on padding in `tf.nn`
 */
export function samePadding(size: number, kernel: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max(0, (sameOutputSize(size, stride) - 1) * stride + kernel - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** `[32,32,16]`, as messages print a shape. */
export function showShape(shape: TensorShape): string {
  return `[${shape.join(',')}]`;
}

/** Throws ARCHON_NETWORK_INVALID about one layer. */
export function invalidLayer(layer: Layer, problem: string, expected: string): never {
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `layer "${layer.name}" (${layer.op}): ${problem}`,
    expected,
    layer: layer.name,
  });
}

/** How many inputs each operation reads; the joins take any number from two. */
const INPUT_COUNTS: Readonly<Record<Layer['op'], readonly [least: number, most: number]>> = {
  input: [0, 0],
  conv: [1, 1],
  depthwise: [1, 1],
  dense: [1, 1],
  averagePool: [1, 1],
  maxPool: [1, 1],
  channelShuffle: [1, 1],
  batchNorm: [1, 1],
  relu: [1, 1],
  sigmoid: [1, 1],
  softmax: [1, 1],
  globalAveragePool: [1, 1],
  add: [2, Infinity],
  concat: [2, Infinity],
  multiply: [2, 2],
};

/**
 * Shape of what a layer computes from inputs of the given shapes, in the order of `layer.inputs`.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer and the shapes
 */
export function outputShape(layer: Layer, inputs: readonly TensorShape[]): TensorShape {
  const [first, second] = checkInputCount(layer, inputs);
  switch (layer.op) {
    case 'conv':
      checkPositive(layer, { kernel: layer.kernel, stride: layer.stride, filters: layer.filters });
      checkGroups(layer, layer.groups, { 'input channels': first[2], filters: layer.filters });
      return windowed(first, layer.stride, layer.filters);
    case 'depthwise':
      checkPositive(layer, { kernel: layer.kernel, stride: layer.stride });
      return windowed(first, layer.stride, first[2]);
    case 'averagePool':
    case 'maxPool':
      checkPositive(layer, { size: layer.size, stride: layer.stride });
      return windowed(first, layer.stride, first[2]);
    case 'dense':
      checkPositive(layer, { units: layer.units });
      if (!isVector(first)) invalidLayer(layer, `its input is ${showShape(first)}`, 'an input of [1,1,channels]');
      return [1, 1, layer.units];
    case 'channelShuffle':
      checkGroups(layer, layer.groups, { 'input channels': first[2] });
      return first;
    case 'globalAveragePool':
      return [1, 1, first[2]];
    case 'add':
      return addShapes(layer, inputs);
    case 'concat':
      return concatShapes(layer, inputs);
    case 'multiply':
      if (!isVector(second) || second[2] !== first[2]) {
        invalidLayer(layer, `it gates ${showShape(first)} by ${showShape(second)}`, `a gate of [1,1,${first[2]}]`);
      }
      return first;
    default:
      return first;
  }
}

function checkInputCount(layer: Layer, inputs: readonly TensorShape[]): [TensorShape, TensorShape] {
  const [least, most] = INPUT_COUNTS[layer.op];
  if (inputs.length < least || inputs.length > most) {
    invalidLayer(
      layer,
      `it has ${inputs.length} inputs`,
      least === most ? `${least} inputs` : `at least ${least} inputs`,
    );
  }
  const first = inputs[0] ?? [0, 0, 0];
  return [first, inputs[1] ?? first];
}

function checkPositive(layer: Layer, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isInteger(value) || value < 1)
      invalidLayer(layer, `${name} is ${value}`, 'a whole number of at least 1');
  }
}

function checkGroups(layer: Layer, groups: number, counts: Readonly<Record<string, number>>): void {
  checkPositive(layer, { groups });
  for (const [name, count] of Object.entries(counts)) {
    if (count % groups !== 0) {
      invalidLayer(layer, `${count} ${name} do not divide into ${groups} groups`, `a multiple of ${groups}`);
    }
  }
}

function addShapes(layer: Layer, inputs: readonly TensorShape[]): TensorShape {
  return inputs.reduce((first, other) => {
    if (!isSamePlane(first, other) || first[2] !== other[2]) {
      invalidLayer(layer, `it adds ${showShape(first)} and ${showShape(other)}`, 'inputs of the same shape');
    }
    return first;
  });
}

function concatShapes(layer: Layer, inputs: readonly TensorShape[]): TensorShape {
  return inputs.reduce((first, other) => {
    if (!isSamePlane(first, other)) {
      invalidLayer(
        layer,
        `it joins ${showShape(first)} and ${showShape(other)}`,
        'inputs of the same height and width',
      );
    }
    return [first[0], first[1], first[2] + other[2]];
  });
}

function windowed([height, width]: TensorShape, stride: number, channels: number): TensorShape {
  return [sameOutputSize(height, stride), sameOutputSize(width, stride), channels];
}

function isSamePlane(a: TensorShape, b: TensorShape): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function isVector(shape: TensorShape): boolean {
  return shape[0] === 1 && shape[1] === 1;
}
