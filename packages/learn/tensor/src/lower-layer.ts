import type { ConvLayer, DepthwiseLayer, Extent, Layer, TensorShape } from '@archon-dse/core';
import { samePadding, SQUEEZE_ROLE, type ShapedLayer } from '@archon-dse/workload';
import { checkTrainable, sideOf, untrainableLayer } from './trainable-layer.js';
import type { Initial, PlanNode, WeightPlan, Window } from './plan.js';

/** A node before it is known whether a gradient through it is of use. */
export type DraftNode = PlanNode extends infer N ? (N extends PlanNode ? Omit<N, 'differentiable'> : never) : never;

/**
 * The operation a layer becomes.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming a layer that no backend trains
 */
export function lowerLayer(shaped: ShapedLayer, training: boolean): DraftNode {
  const { layer, inputs, output } = shaped;
  checkTrainable(shaped);
  const common = { name: layer.name, inputs: layer.inputs, shape: output };
  const image = inputs[0] ?? output;
  switch (layer.op) {
    case 'conv':
    case 'depthwise':
      return {
        ...common,
        op: layer.op,
        ...kernelAndBias(layer),
        window: windowOf(layer, image, layer.kernel, layer.stride),
        groups: layer.op === 'conv' ? layer.groups : output[2],
      };
    case 'dense':
      return { ...common, op: 'dense', ...kernelAndBias(layer) };
    case 'batchNorm':
      return { ...common, op: 'batchNorm', owner: layer.name, training };
    case 'averagePool':
    case 'maxPool':
      return { ...common, op: layer.op, window: windowOf(layer, image, layer.size, layer.stride) };
    case 'channelShuffle':
      return { ...common, op: 'channelShuffle', groups: layer.groups };
    case 'softmax':
      throw new RangeError(`softmax "${layer.name}" is not the last layer`);
    default:
      if (isPlain(layer.op)) return { ...common, op: layer.op };
      return untrainableLayer(layer, 'no backend has its operation', 'an operation the backends have');
  }
}

const PLAIN = ['input', 'relu', 'sigmoid', 'globalAveragePool', 'add', 'concat', 'multiply'] as const;

function isPlain(op: Layer['op']): op is (typeof PLAIN)[number] {
  return PLAIN.some((plain) => plain === op);
}

/** The weights a layer brings, as they are when the training specification says nothing about them. */
export function weightsOf({ layer, inputs, output }: ShapedLayer): readonly WeightPlan[] {
  const channels = inputs[0]?.[2] ?? 0;
  const weight = (part: string, shape: readonly number[], initial: Initial, trainable = true): WeightPlan => {
    return { name: `${layer.name}/${part}`, shape, initial, trainable, l2: 0, masked: false };
  };
  const constant = (part: string, value: number, trainable = true): WeightPlan =>
    weight(part, [output[2]], { kind: 'constant', value }, trainable);
  switch (layer.op) {
    case 'conv': {
      const side = sideOf(layer, layer.kernel);
      const shape = [side, side, channels / layer.groups, layer.filters];
      return [
        weight('kernel', shape, convInitial(layer, side, channels)),
        ...(layer.bias ? [constant('bias', 0)] : []),
      ];
    }
    case 'depthwise': {
      const side = sideOf(layer, layer.kernel);
      const cells = side ** 2;
      const initial = { kind: 'glorotUniform', fanIn: cells * channels, fanOut: cells } as const;
      const shape = [side, side, channels, 1];
      return [weight('kernel', shape, initial), ...(layer.bias ? [constant('bias', 0)] : [])];
    }
    case 'dense': {
      const initial = { kind: 'glorotUniform', fanIn: channels, fanOut: layer.units } as const;
      return [weight('kernel', [channels, layer.units], initial), ...(layer.bias ? [constant('bias', 0)] : [])];
    }
    case 'batchNorm':
      return [constant('gamma', 1), constant('beta', 0), constant('mean', 0, false), constant('variance', 1, false)];
    default:
      return [];
  }
}

/** The convolutions of a squeeze-and-excite gate start as dense layers do. */
function convInitial({ groups, filters, role }: ConvLayer, side: number, channels: number): Initial {
  const fanIn = (side ** 2 * channels) / groups;
  return role === SQUEEZE_ROLE
    ? { kind: 'glorotUniform', fanIn, fanOut: side ** 2 * filters }
    : { kind: 'heNormal', fanIn };
}

function kernelAndBias(layer: Pick<ConvLayer | DepthwiseLayer, 'name' | 'bias'>) {
  return { kernel: { weight: `${layer.name}/kernel` }, bias: layer.bias ? `${layer.name}/bias` : null };
}

function windowOf(layer: Layer, [height, width]: TensorShape, extent: Extent, strides: Extent): Window {
  const [size, stride] = [sideOf(layer, extent), sideOf(layer, strides)];
  return { size, stride, rows: samePadding(height, size, stride), columns: samePadding(width, size, stride) };
}
