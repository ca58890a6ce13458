import type { TensorShape } from '@archon-dse/core';
import { NetworkBuilder, type Tensor } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { planModel } from './plan-model.js';

const PLANE: TensorShape = [8, 8, 4];
const TOKENS: TensorShape = [16, 1, 4];
const WINDOW = { filters: 4, kernel: 3, role: 'conv' } as const;
const CELLS = { top: 1, bottom: 1, left: 1, right: 1 };

/** A network whose only layer of interest comes first, with a classifier after it. */
function plan(input: TensorShape, add: (net: NetworkBuilder) => Tensor) {
  const net = new NetworkBuilder({ id: 'me/net', input, classes: 2 });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', add(net)), 2));
  return planModel({ network: net.build(), batch: 1 });
}

describe('a network with a layer that no backend trains', () => {
  it.each<[string, TensorShape, (net: NetworkBuilder) => Tensor, layer: string, problem: string]>([
    ['dilation', PLANE, (net) => net.conv('x', net.input, { ...WINDOW, dilation: 2 }), 'x (conv)', 'dilation'],
    ['valid padding', PLANE, (net) => net.conv('x', net.input, { ...WINDOW, padding: 'valid' }), 'x (conv)', 'padding'],
    [
      'explicit padding',
      PLANE,
      (net) => net.depthwise('x', net.input, { kernel: 3, padding: CELLS }),
      'x (depthwise)',
      'padding',
    ],
    [
      'an asymmetric kernel',
      PLANE,
      (net) => net.conv('x', net.input, { ...WINDOW, kernel: [1, 3] }),
      'x (conv)',
      '1 by 3',
    ],
    [
      'an asymmetric stride',
      PLANE,
      (net) => net.maxPool('x', net.input, { size: 2, stride: [2, 1] }),
      'x (maxPool)',
      '2 by 1',
    ],
    [
      'a multiplier',
      PLANE,
      (net) => net.depthwise('x', net.input, { kernel: 3, multiplier: 2 }),
      'x (depthwise)',
      'a multiplier',
    ],
    [
      'a transposed convolution',
      PLANE,
      (net) => net.transposedConv('x', net.input, WINDOW),
      'x (transposedConv)',
      'operation',
    ],
    ['a dense layer at positions', TOKENS, (net) => net.dense('x', net.input, 4), 'x (dense)', 'dense layers of a'],
    ['a product of planes', PLANE, (net) => net.multiply('x', net.input, net.input), 'x (multiply)', 'two planes'],
    [
      'attention',
      TOKENS,
      (net) => net.matmul('x', net.input, net.input, { transpose: true }),
      'x (matmul)',
      'operation',
    ],
    ['upsampling', PLANE, (net) => net.upsample('x', net.input, 2), 'x (upsample)', 'operation'],
    ['layerNorm', PLANE, (net) => net.layerNorm(net.input), 'input.ln (layerNorm)', 'operation'],
    ['groupNorm', PLANE, (net) => net.groupNorm(net.input, 2), 'input.gn (groupNorm)', 'operation'],
    ['channelScale', PLANE, (net) => net.channelScale(net.input), 'input.scale (channelScale)', 'operation'],
    ['relu6', PLANE, (net) => net.relu6(net.input), 'input.relu6 (relu6)', 'operation'],
    ['gelu', PLANE, (net) => net.gelu(net.input), 'input.gelu (gelu)', 'operation'],
    ['swish', PLANE, (net) => net.swish(net.input), 'input.swish (swish)', 'operation'],
    ['hardSwish', PLANE, (net) => net.hardSwish(net.input), 'input.hardSwish (hardSwish)', 'operation'],
    ['reshape', PLANE, (net) => net.flatten(net.input), 'input.reshape (reshape)', 'operation'],
    ['transpose', TOKENS, (net) => net.transpose(net.input), 'input.transpose (transpose)', 'operation'],
    ['classToken', TOKENS, (net) => net.classToken('x', net.input), 'x (classToken)', 'operation'],
    ['positions', TOKENS, (net) => net.positionEmbedding('x', net.input), 'x (positionEmbedding)', 'operation'],
    ['takePosition', TOKENS, (net) => net.takePosition('x', net.input, 0), 'x (takePosition)', 'operation'],
  ])('%s: names the layer and what it lacks', (_, input, add, layer, problem) => {
    const [name = '', op = ''] = layer.split(' ');
    const stated = expect.stringMatching(
      `^layer "${name}" \\(${op.slice(1, -1)}\\) cannot be trained: no backend has .*${problem}`,
    );
    expect(() => plan(input, add)).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            code: 'ARCHON_NETWORK_INVALID',
            message: stated,
            layer: name,
            hint: 'Leave the stages that train out for this network.',
          }),
        ],
      }),
    );
  });

  it('is told from one that trains by nothing else', () => {
    expect(plan(PLANE, (net) => net.conv('x', net.input, WINDOW)).nodes.map(({ op }) => op)).toEqual([
      'input', 'conv', 'globalAveragePool', 'dense',
    ]); // prettier-ignore
  });
});
