import type { ConvLayer, DepthwiseLayer, Problem } from '@archon-dse/core';
import { checkGroups } from './groups.js';
import { firstOf, type Operation, type ShapedLayer } from './operation.js';
import { pairOf, windowPlane } from './window.js';

export const conv: Operation<ConvLayer> = {
  properties: {
    ...{ kernel: 'extent', stride: 'extent', groups: 'count', filters: 'count', bias: 'flag' },
    ...{ dilation: 'extent?', padding: 'padding?' },
  },
  inputs: [1, 1],
  costing: 'macs',
  shape(layer, inputs) {
    const input = firstOf(inputs);
    checkGroups(layer, layer.groups, { 'input channels': input[2], filters: layer.filters });
    return [...windowPlane(layer, input, layer), layer.filters];
  },
  loops: (shaped) => {
    const { groups, filters } = shaped.layer;
    const channels = firstOf(shaped.inputs)[2];
    return [{ op: 'conv', problem: windowLoops(shaped, channels / groups, filters / groups), groups }];
  },
};

export const depthwise: Operation<DepthwiseLayer> = {
  properties: {
    ...{ kernel: 'extent', stride: 'extent', bias: 'flag' },
    ...{ dilation: 'extent?', padding: 'padding?', multiplier: 'count?' },
  },
  inputs: [1, 1],
  costing: 'macs',
  shape(layer, inputs) {
    const input = firstOf(inputs);
    return [...windowPlane(layer, input, layer), input[2] * (layer.multiplier ?? 1)];
  },
  loops: (shaped) => [
    {
      op: 'depthwise',
      problem: windowLoops(shaped, 1, shaped.layer.multiplier ?? 1),
      groups: firstOf(shaped.inputs)[2],
    },
  ],
};

function windowLoops({ layer, output }: ShapedLayer<ConvLayer | DepthwiseLayer>, C: number, M: number): Problem {
  const [R, S] = pairOf(layer.kernel);
  const [strideP, strideQ] = pairOf(layer.stride);
  const [dilationR, dilationS] = pairOf(layer.dilation ?? 1);
  return {
    ...{ C, M, R, S, P: output[0], Q: output[1], N: 1, strideP, strideQ },
    ...(dilationR === 1 ? {} : { dilationR }),
    ...(dilationS === 1 ? {} : { dilationS }),
  };
}
