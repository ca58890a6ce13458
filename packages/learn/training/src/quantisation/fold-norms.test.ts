import { LayerRun } from '@archon-dse/fused-execution';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { foldNorms } from './fold-norms.js';

/** A convolution with a bias, in groups and depthwise, and a BatchNorm after a sum, which has no layer to go into. */
function network() {
  const net = new NetworkBuilder({ id: 'me/norms', input: [6, 6, 3], classes: 2 });
  const stem = net.relu(
    net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, role: 'stem', bias: true })),
  );
  net.block('b1');
  const wide = net.batchNorm(net.conv('b1.expand', stem, { filters: 4, groups: 2, role: 'expand' }));
  const deep = net.batchNorm(net.depthwise('b1.depthwise', wide, { kernel: 3 }));
  const sum = net.batchNorm(net.add('b1.add', deep, stem));
  net.softmax(net.dense('fc', net.globalAveragePool('pool', sum), 2));
  return net.build();
}

const graph = network();
const plan = planModel({ network: graph, batch: 1 });
const tensors: NamedTensors = Object.fromEntries(
  Object.entries(initialState(plan, 1))
    .filter(([name]) => !name.endsWith('/momentum'))
    .map(([name, { shape, data }], tensor) => {
      const wave = data.map((_, index) => Math.sin(7 * tensor + 3 * index));
      if (name.endsWith('/variance')) return [name, { shape, data: wave.map((value) => 0.5 + value * value) }];
      return [name, { shape, data: name.endsWith('/kernel') ? data : wave }];
    }),
);

describe('foldNorms', () => {
  const folded = foldNorms(graph, tensors);

  it('leaves the network the same', () => {
    const [before, after] = [new LayerRun(plan, tensors), new LayerRun(plan, folded)];
    const image = Float32Array.from({ length: 108 }, (_, index) => Math.cos(index));
    before.run(image);
    after.run(image);
    for (const layer of ['stem.bn', 'b1.expand.bn', 'b1.depthwise.bn', 'b1.add.bn', 'fc']) {
      const expected = before.plane(layer);
      after.plane(layer).forEach((value, index) => expect(value, layer).toBeCloseTo(expected[index]!, 4));
    }
  });

  it('leaves shifts alone of the norms that have a layer, in a factor worked out by hand', () => {
    const at = (name: string, channel: number): number => tensors[name]!.data[channel]!;
    const factor = at('stem.bn/gamma', 1) / Math.sqrt(at('stem.bn/variance', 1) + 1e-3);
    expect(folded['stem/kernel']!.data[5]).toBeCloseTo(at('stem/kernel', 5) * factor, 6); // the second filter of four
    expect(folded['stem.bn/beta']!.data[1]).toBeCloseTo(
      at('stem.bn/beta', 1) + (at('stem/bias', 1) - at('stem.bn/mean', 1)) * factor,
      5,
    );
    expect([...folded['stem/bias']!.data]).toEqual([0, 0, 0, 0]);
    expect([...folded['b1.expand.bn/gamma']!.data]).toEqual([1, 1, 1, 1]);
    expect(folded['b1.add.bn/gamma']).toEqual(tensors['b1.add.bn/gamma']);
  });
});
