import { NetworkBuilder } from '@archon-dse/workload';

const net = new NetworkBuilder({ id: 'me/attentive', input: [32, 32, 3], classes: 10 });
const stem = { filters: 48, kernel: 4, stride: 4, padding: 'valid', bias: true, role: 'stem' } as const;
const patches = net.conv('stem', net.input, stem);
const tokens = net.positionEmbedding('position', net.flatten(patches)); // [64, 1, 48]

net.block('b0');
const attended = net.attention('b0.attention', net.layerNorm(tokens), { heads: 3 });
const mixed = net.add('b0.add', attended, tokens);

net.block('tail');
net.softmax(net.dense('fc', net.globalAveragePool('pool', mixed), 10));

export const attentive = net.build();
