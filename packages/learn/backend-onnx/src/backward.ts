import {
  averageShares,
  trainableWeights,
  type ConvNode,
  type DenseNode,
  type KernelNode,
  type PlanNode,
  type PoolNode,
} from '@archon-dse/tensor';
import { normaliseBack } from './batch-norm.js';
import { convolveBack, kernelGradient, poolAttributes } from './convolution.js';
import { clip, shuffle } from './forward.js';
import type { Value } from './graph.js';
import type { PlanGraph } from './plan-graph.js';
import { ELEMENT } from '@archon-dse/network-files/onnx-format';
import { throughTernary } from './ternary.js';

/** Gradients of weights, by name. */
export type WeightGradients = ReadonlyMap<string, Value>;

/** Emits the gradients of all trainable weights from that of the scores. The whole forward pass has been emitted. */
export function emitBackward(at: PlanGraph, scores: Value): WeightGradients {
  const arriving = new Map<string, Value[]>([[at.plan.nodes.at(-1)?.name ?? '', [scores]]]);
  const gradients = new Map<string, Value>();
  const trainable = new Set(trainableWeights(at.plan).map(({ name }) => name));
  for (const node of [...at.plan.nodes].reverse()) {
    const parts = arriving.get(node.name) ?? [];
    const [dy] = parts.length > 1 ? [at.g.op('Sum', parts)] : parts;
    if (dy === undefined || !node.differentiable) continue;
    const back = nodeGradients(at, node, dy);
    for (const [name, make] of back.weights) if (trainable.has(name)) gradients.set(name, make());
    node.inputs.forEach((name, index) => {
      const make = back.inputs[index];
      if (make === undefined || !at.node(name).differentiable) return;
      arriving.set(name, [...(arriving.get(name) ?? []), make()]);
    });
  }
  return gradients;
}

/** Gradients that are emitted only when something reads them. */
interface NodeGradients {
  readonly inputs: readonly (undefined | (() => Value))[];
  readonly weights: readonly (readonly [name: string, make: () => Value])[];
}

function nodeGradients(at: PlanGraph, node: PlanNode, dy: Value): NodeGradients {
  const { g } = at;
  const [x = ''] = at.inputs(node);
  switch (node.op) {
    case 'conv':
    case 'depthwise':
      return convGradients(at, node, dy);
    case 'dense':
      return denseGradients(at, node, x, dy);
    case 'batchNorm': {
      const norm = at.norms.get(node.name);
      if (norm === undefined) throw new RangeError(`"${node.name}" has no statistics`);
      const count = node.training ? at.count(node.shape) : null;
      const back = normaliseBack(g, x, dy, norm, { count, channels: node.shape[2] });
      const weights = [[norm.gamma, () => back.gamma] as const, [norm.beta, () => back.beta] as const];
      return { inputs: [back.input], weights };
    }
    case 'concat':
      return { inputs: concatGradients(at, node, dy), weights: [] };
    case 'averagePool':
      return input(() => averageBack(at, node, dy));
    case 'maxPool':
      return input(() => maximumBack(at, node, dy));
    case 'globalAveragePool': {
      const shape = at.inputShape(node);
      const mean = g.op('Mul', [dy, g.float(1 / (shape[0] * shape[1]))]);
      return input(() => g.op('Expand', [mean, g.ints(at.sizes(shape))]));
    }
    case 'channelShuffle':
      return input(() => shuffle(at, node.shape, node.shape[2] / node.groups, dy));
    default:
      return { inputs: valueByValue(at, node, dy), weights: [] };
  }
}

function input(make: () => Value): NodeGradients {
  return { inputs: [make], weights: [] };
}

function valueByValue(at: PlanGraph, node: PlanNode, dy: Value): NodeGradients['inputs'] {
  const { g } = at;
  const [x = '', other = ''] = at.inputs(node);
  const mul = (a: Value, b: Value): Value => g.op('Mul', [a, b]);
  switch (node.op) {
    case 'relu':
      return [() => mul(dy, g.above(at.value(node.name), g.float(0)))];
    case 'sigmoid': {
      const y = at.value(node.name);
      return [() => mul(dy, mul(y, g.op('Sub', [g.float(1), y])))];
    }
    case 'quantise':
      return [() => mul(dy, g.op('Cast', [g.op('Equal', [clip(g, x, node.levels), x])], { to: ELEMENT.float }))];
    case 'gate':
      return [undefined, () => dy];
    case 'multiply':
      return [() => mul(dy, other), () => g.reduce('ReduceSum', mul(dy, x), [2, 3], 1)];
    default:
      return node.inputs.map(() => () => dy);
  }
}

function convGradients(at: PlanGraph, node: ConvNode, dy: Value): NodeGradients {
  const from = at.convInput(node);
  const kernel = [node.kernel.weight, () => kernelBack(at, node, kernelGradient(at.g, node, from, dy))] as const;
  const bias = node.bias === null ? [] : [[node.bias, () => at.g.reduce('ReduceSum', dy, [0, 2, 3])] as const];
  return { inputs: [() => convolveBack(at.g, node, from, at.kernel(node), dy)], weights: [kernel, ...bias] };
}

function denseGradients(at: PlanGraph, node: DenseNode, x: Value, dy: Value): NodeGradients {
  const { g } = at;
  const [rows, errors] = [g.reshape(x, [at.plan.batch, -1]), g.reshape(dy, [at.plan.batch, -1])];
  const kernel = () => kernelBack(at, node, g.op('FusedMatMul', [rows, errors], { transA: 1 }));
  const back = () => {
    const product = g.op('FusedMatMul', [errors, at.kernel(node)], { transB: 1 });
    return g.reshape(product, at.sizes(at.inputShape(node)));
  };
  const bias = node.bias === null ? [] : [[node.bias, () => g.reduce('ReduceSum', errors, [0])] as const];
  return { inputs: [back], weights: [[node.kernel.weight, kernel], ...bias] };
}

function kernelBack(at: PlanGraph, node: KernelNode, gradient: Value): Value {
  const ternary = at.ternary(node);
  if (ternary === undefined) return gradient;
  const factor = node.kernel.ternary?.factor ?? 1;
  return throughTernary(at.g, gradient, ternary, { shape: at.weightShape(node.kernel.weight), factor });
}

function concatGradients(at: PlanGraph, node: PlanNode, dy: Value): NodeGradients['inputs'] {
  const { g } = at;
  let end = 0;
  return node.inputs.map((name) => {
    const start = end;
    end += at.node(name).shape[2];
    const bounds = [g.ints([start]), g.ints([end]), g.ints([1])];
    return () => g.op('Slice', [dy, ...bounds]);
  });
}

/** Spreads each gradient over the real cells of its window. */
function averageBack(at: PlanGraph, node: PoolNode, dy: Value): Value {
  const { g } = at;
  const { size } = node.window;
  const shape = at.inputShape(node);
  const [rows, columns, channels] = node.shape;
  const shared = g.op('Mul', [dy, g.float(averageShares(node, shape), [rows, columns])]);
  const ones = g.float(new Float32Array(channels * size * size).fill(1), [channels, 1, size, size]);
  return g.op('ConvTranspose', [shared, ones], {
    group: channels,
    ...poolAttributes(node.window),
    output_padding: slack(node, shape),
  });
}

/** Cells at the end of each dimension that no window reaches. */
function slack({ shape, window: { size, stride } }: PoolNode, input: PlanNode['shape']): number[] {
  return [0, 1].map((axis) => Math.max(0, (input[axis] ?? 0) - ((shape[axis] ?? 0) - 1) * stride - size));
}

/** Adds each gradient to the cell its maximum came from. */
function maximumBack(at: PlanGraph, node: PoolNode, dy: Value): Value {
  const { g } = at;
  const shape = at.sizes(at.inputShape(node));
  const zeros = g.op('Expand', [g.float(0), g.ints([shape.reduce((a, b) => a * b, 1)])]);
  const flat = [at.kept.get(node.name) ?? '', dy].map((value) => g.reshape(value, [-1]));
  return g.reshape(g.op('ScatterElements', [zeros, ...flat], { axis: 0, reduction: 'add' }), shape);
}
