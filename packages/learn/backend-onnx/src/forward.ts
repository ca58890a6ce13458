import { normWeights, type BatchNormNode, type Levels, type PlanNode } from '@archon-dse/tensor';
import { normalise, normaliseBatch } from './batch-norm.js';
import { convolve, poolAttributes } from './convolution.js';
import type { GraphBuilder, Value } from './graph.js';
import type { PlanGraph } from './plan-graph.js';

/** Emits the value of a node; those it reads have been emitted. */
export function emitForward(at: PlanGraph, node: PlanNode, training: boolean): Value {
  const { g } = at;
  const inputs = at.inputs(node);
  const [x = ''] = inputs;
  switch (node.op) {
    case 'input':
      return g.transpose('images', [0, 3, 1, 2]);
    case 'conv':
    case 'depthwise':
      return convolve(g, node, at.convInput(node), at.kernel(node), node.bias);
    case 'dense': {
      const product = g.op('MatMul', [g.reshape(x, [at.plan.batch, -1]), at.kernel(node)]);
      const sum = node.bias === null ? product : g.op('Add', [product, node.bias]);
      return g.reshape(sum, at.sizes(node.shape));
    }
    case 'batchNorm':
      return batchNorm(at, node, x, training);
    case 'averagePool':
      return g.op('AveragePool', [x], { ...poolAttributes(node.window), count_include_pad: 0 });
    case 'maxPool': {
      const [most, indices] = g.pair('MaxPool', [x], poolAttributes(node.window));
      at.kept.set(node.name, indices);
      return most;
    }
    case 'globalAveragePool':
      return g.reduce('ReduceMean', x, [2, 3], 1);
    case 'channelShuffle':
      return shuffle(at, node.shape, node.groups, x);
    default:
      return valueByValue(g, node, inputs);
  }
}

function valueByValue(g: GraphBuilder, node: PlanNode, inputs: readonly Value[]): Value {
  const [x = '', other = ''] = inputs;
  switch (node.op) {
    case 'sigmoid':
      return g.op('Sigmoid', [x]);
    case 'add':
      return g.op('Sum', inputs);
    case 'concat':
      return g.op('Concat', inputs, { axis: 1 });
    case 'multiply':
      return g.op('Mul', inputs);
    case 'quantise':
      return quantise(g, x, node.levels);
    case 'gate':
      return g.op('Mul', [x, g.above(other, g.float(0))]);
    default:
      return g.op('Relu', [x]);
  }
}

function batchNorm({ g, norms }: PlanGraph, node: BatchNormNode, x: Value, training: boolean): Value {
  const moving = normWeights(node);
  if (!training || !node.training) {
    norms.set(node.name, moving);
    return normalise(g, x, moving);
  }
  const { y, ...batch } = normaliseBatch(g, x, moving, node.shape[2]);
  norms.set(node.name, { ...moving, ...batch });
  return y;
}

/** Exchanges the two parts of the channel index; shuffling back takes the other part as `groups`. */
export function shuffle(at: PlanGraph, shape: PlanNode['shape'], groups: number, x: Value): Value {
  const [batch = 0, channels = 0, height = 0, width = 0] = at.sizes(shape);
  const split = at.g.reshape(x, [batch, groups, channels / groups, height, width]);
  return at.g.reshape(at.g.transpose(split, [0, 2, 1, 3, 4]), [batch, channels, height, width]);
}

function quantise(g: GraphBuilder, x: Value, levels: Levels): Value {
  const { least, step } = levels;
  const steps = g.op('Div', [g.op('Sub', [clip(g, x, levels), g.float(least)]), g.float(step)]);
  const code = g.op('Floor', [g.op('Add', [steps, g.float(0.5)])]);
  return g.op('Add', [g.op('Mul', [code, g.float(step)]), g.float(least)]);
}

/** Clamped to the range of the quantiser. */
export function clip(g: GraphBuilder, x: Value, { least, most }: Levels): Value {
  return g.op('Clip', [x, g.float(least), g.float(most)]);
}
