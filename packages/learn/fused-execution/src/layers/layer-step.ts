import type { TensorShape } from '@archon-dse/core';
import type { ConvNode, DenseNode, NamedTensors, PlainNode, PlanNode, PoolNode } from '@archon-dse/tensor';
import { affineOf, shuffleOrder } from '../channels.js';
import { tensorOf } from '../tensor-of.js';
import { ternaryKernel } from '../ternary-kernel.js';
import { Convolution, DepthwiseConvolution } from './conv.kernel.js';
import { averageOfPlane, Pool } from './pool.kernel.js';
import {
  addInto,
  gate,
  moveChannels,
  multiplyChannels,
  permuteChannels,
  quantise,
  rectify,
  scaleChannels,
  squash,
} from './values.kernel.js';
import { windowCells } from './window.js';

/** What an operation reads and writes: planes of one image, rows x columns x channels. */
export interface Planes {
  readonly inputs: readonly Float32Array[];
  readonly shapes: readonly TensorShape[];
  readonly y: Float32Array;
}

/** The operation of a node as a function without arguments that fills `y`. */
export function layerStep(node: PlanNode, planes: Planes, tensors: NamedTensors): () => void {
  const { inputs, shapes, y } = planes;
  const [x = y, other = y] = inputs;
  const input = shapes[0] ?? node.shape;
  switch (node.op) {
    case 'conv':
    case 'depthwise':
    case 'dense':
      return convolutionStep(node, input, x, y, tensors);
    case 'averagePool':
    case 'maxPool':
      return poolStep(node, input, x, y);
    case 'globalAveragePool': {
      const sums = new Float64Array(node.shape[2]);
      return () => averageOfPlane(x, sums, y);
    }
    case 'batchNorm': {
      const { scale, offset } = affineOf(node, tensors);
      return () => scaleChannels(x, scale, offset, y);
    }
    case 'channelShuffle': {
      const order = shuffleOrder(node);
      return () => permuteChannels(x, order, y);
    }
    case 'concat':
      return concatStep(planes, node.shape[2]);
    case 'add':
      return () => {
        y.fill(0);
        for (const values of inputs) addInto(values, y);
      };
    case 'quantise':
      return () => quantise(x, node.levels, y);
    default:
      return valueStep(node.op, x, other, y);
  }
}

/** Operations that treat each value or channel alike. */
function valueStep(op: PlainNode['op'], x: Float32Array, other: Float32Array, y: Float32Array): () => void {
  switch (op) {
    case 'multiply':
      return () => multiplyChannels(x, other, y);
    case 'gate':
      return () => gate(x, other, y);
    case 'relu':
      return () => rectify(x, y);
    case 'sigmoid':
      return () => squash(x, y);
    default:
      return () => undefined;
  }
}

function convolutionStep(
  node: ConvNode | DenseNode,
  input: TensorShape,
  x: Float32Array,
  y: Float32Array,
  tensors: NamedTensors,
): () => void {
  const kernel = kernelOf(node, tensors);
  const window = windowCells(input, { shape: node.shape, window: node.op === 'dense' ? POINT : node.window });
  const run =
    node.op === 'depthwise' ? new DepthwiseConvolution(window, kernel) : new Convolution(window, kernel, node.shape[2]);
  if (node.bias === null) return () => run.run(x, y);
  const offset = Float64Array.from(tensorOf(tensors, node.bias));
  const scale = new Float64Array(offset.length).fill(1);
  return () => {
    run.run(x, y);
    scaleChannels(y, scale, offset, y);
  };
}

const POINT: ConvNode['window'] = { size: 1, stride: 1, rows: [0, 0], columns: [0, 0] };

/** A kernel as its operation uses it. */
function kernelOf(node: ConvNode | DenseNode, tensors: NamedTensors): Float32Array {
  const { kernel } = node;
  if (kernel.ternary === undefined) return tensorOf(tensors, kernel.weight);
  const { groups } = kernel.ternary;
  const filters = node.op === 'depthwise' ? 1 : node.shape[2];
  const { signs, alphas } = ternaryKernel(kernel, groups, filters, tensors);
  const width = filters / groups;
  return Float32Array.from(signs, (sign, at) => sign * (alphas[Math.floor((at % filters) / width)] ?? 0));
}

function poolStep(node: PoolNode, input: TensorShape, x: Float32Array, y: Float32Array): () => void {
  const run = new Pool(windowCells(input, node), node.op === 'maxPool');
  return () => run.run(x, y);
}

function concatStep({ inputs, shapes, y }: Planes, channels: number): () => void {
  return () => {
    let to = 0;
    inputs.forEach((values, index) => {
      const count = shapes[index]?.[2] ?? 0;
      moveChannels(values, count, y, channels, to);
      to += count;
    });
  };
}
