import { defineNetwork } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';

/** A stem, blocks of one convolution that halve the image, and a classifier. */
export const smallCnn = defineNetwork({
  name: 'small-cnn',
  title: 'Small CNN',
  description: '3x3 convolutions that halve the image, global pooling and a classifier.',
  source: 'written for this plugin',
  options: {
    channels: { type: 'integer', description: 'Channels of the stem.', default: 16, minimum: 1, maximum: 256 },
    depth: { type: 'integer', description: 'Blocks; each doubles the channels.', default: 2, minimum: 1, maximum: 4 },
    classes: { type: 'integer', description: 'Classes.', default: 10, minimum: 2, maximum: 1000 },
  },
  build({ channels, depth, classes }) {
    const net = new NetworkBuilder({ id: 'our-namespace/small-cnn', input: [32, 32, 3], classes });
    let last = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: channels, kernel: 3, role: 'stem' })));
    for (let index = 1; index <= depth; index += 1) {
      const block = `b${String(index)}`;
      net.block(block);
      const filters = channels * 2 ** index;
      last = net.relu(net.batchNorm(net.conv(`${block}.conv`, last, { filters, kernel: 3, stride: 2, role: 'conv' })));
    }
    net.block('tail');
    net.softmax(net.dense('fc', net.globalAveragePool('pool', last), classes));
    return net.build();
  },
});
