import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from './network-builder.js';

const start = () => new NetworkBuilder({ id: 't/n', input: [8, 8, 6], classes: 10 });

describe('NetworkBuilder', () => {
  it('names layers without weights after what they read', () => {
    const net = start();
    const expand = net.conv('b1.expand', net.input, { filters: 12, role: 'expand', groups: 3 });
    const shuffled = net.channelShuffle(net.relu(net.batchNorm(expand)), 3);
    net.relu(net.add('b1.add', shuffled, expand));
    const layers = net.build().layers.map(({ name, inputs }) => [name, ...inputs]);
    expect(layers).toEqual([
      ['input'],
      ['b1.expand', 'input'],
      ['b1.expand.bn', 'b1.expand'],
      ['b1.expand.relu', 'b1.expand.bn'],
      ['b1.expand.shuffle', 'b1.expand.relu'],
      ['b1.add', 'b1.expand.shuffle', 'b1.expand'],
      ['b1.add.relu', 'b1.add'],
    ]);
  });

  it('labels layers with the block they were added in', () => {
    const net = start();
    const a = net.depthwise('head.dw', net.input, { kernel: 3, stride: 2 });
    net.block('b0');
    const pool = net.averagePool('b0.pool', net.input, { size: 3, stride: 2 });
    const joined = net.concat('b0.concat', a, pool);
    expect(joined.shape).toEqual([4, 4, 12]);
    net.block('tail');
    net.multiply('gate', joined, net.globalAveragePool('pool', joined));
    expect(net.build().layers.map((layer) => layer.block)).toEqual(['head', 'head', 'b0', 'b0', 'tail', 'tail']);
  });

  it('refuses a layer that does not fit at once, and a name used twice at the end', () => {
    const net = start();
    const narrow = net.conv('a', net.input, { filters: 5, role: 'pointwise' });
    expect(() => net.add('sum', net.input, narrow)).toThrow(/layer "sum" \(add\): it adds \[8,8,6\] and \[8,8,5\]/);
    net.conv('a', net.input, { filters: 5, role: 'pointwise' });
    expect(() => net.build()).toThrow(/layer "a" \(conv\): its name is used twice/);
  });
});
