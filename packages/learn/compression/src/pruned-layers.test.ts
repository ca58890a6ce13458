import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { trainedInPrediction } from './predicted-blocks.js';
import { prunedLayers } from './pruned-layers.js';

/** A stem, a residual block with a shortcut, squeeze-and-excite and a tail; nothing else differs but the roles. */
function residual(role: string) {
  const net = new NetworkBuilder({ id: 'me/residual', input: [8, 8, 3], classes: 2 });
  const stem = net.conv('stem', net.input, { filters: 4, kernel: 3, role: 'stem' });
  net.block('b1');
  const inner = net.conv('b1.a', stem, { filters: 8, kernel: 3, stride: 2, groups: 2, role, bias: true });
  const gated = net.squeezeExcite('b1.se', net.depthwise('b1.b', inner, { kernel: 3, role }), 2);
  const joined = net.add('b1.join', gated, net.conv('b1.shortcut', stem, { filters: 8, stride: 2, role }));
  net.block('tail');
  const tail = net.conv('tail', joined, { filters: 6, role });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', tail), 2));
  return net.build();
}

describe('prunedLayers', () => {
  it.each(['conv', 'stem', 'pointwise', 'expand', 'project', 'me/other'])(
    'goes by what layers compute, not by the role %s',
    (role) => {
      const layers = [
        { name: 'b1.a', kind: 'pointwise', weights: 4 * 2 * 9 * 2, tensors: 2 },
        { name: 'b1.b', kind: 'depthwise', weights: 8 * 9, tensors: 1 },
        { name: 'b1.shortcut', kind: 'pointwise', weights: 4 * 8, tensors: 1 },
      ];
      expect(prunedLayers(residual(role))).toEqual(layers);
      const tail = { name: 'tail', kind: 'pointwise', weights: 8 * 6, tensors: 1 };
      expect(prunedLayers(residual(role), { tail: true })).toEqual([...layers, tail]);
    },
  );
});

describe('trainedInPrediction', () => {
  it.each(['conv', 'pointwise'])('leaves pointwise convolutions of head and tail alone, of role %s', (role) => {
    const training = { lastKernels: false, endKernels: false };
    const kernels = trainedInPrediction(residual(role), training).filter(({ op }) => op === 'conv' || op === 'dense');
    expect(kernels.map(({ name }) => name)).toEqual([
      'stem',
      'b1.a',
      'b1.se.reduce',
      'b1.se.expand',
      'b1.shortcut',
      'fc',
    ]);
  });
});
