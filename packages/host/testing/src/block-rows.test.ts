import { NetworkBuilder } from '@archon-dse/workload';
import { expect, it } from 'vitest';
import { blockRows, headAndTailRows, tableRows } from './block-rows.js';

const net = new NetworkBuilder({ id: 'me/tiny', input: [8, 8, 4], classes: 3 });
const stem = net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, role: 'stem' }));
net.block('b1');
let x = net.conv('b1.expand', stem, { filters: 8, groups: 2, role: 'expand' });
x = net.squeezeExcite('b1.se', net.depthwise('b1.depthwise', x, { kernel: 5, stride: 2 }), 2);
x = net.conv('b1.project', x, { filters: 6, groups: 2, role: 'project' });
net.concat('b1.concat', x, net.averagePool('b1.pool', stem, { size: 3, stride: 2 }));
net.block('tail');
net.dense('fc', net.globalAveragePool('pool', x), 3);

it('lists a block with its weights, parameters and MACs', () => {
  const squeeze = 8 * 2 + 2 + 2 * 8 + 8;
  const parameters = 16 + 200 + squeeze + 24;
  const macs = 64 * 16 + 16 * 200 + 32 + 16 * 24;
  expect(blockRows(net.build())).toEqual([`b1 8 4 4 8 6 10 5 2 2 concat 2 16 200 24 ${parameters} ${macs}`]);
});

it('lists the layers with parameters outside the blocks', () => {
  expect(headAndTailRows(net.build())).toEqual([
    'stem conv 8 8 4 4 3 1 1 144 9216',
    'stem.bn batchNorm 8 8 4 4 - - - 16 0',
    'fc dense 1 1 6 3 - - - 21 18',
  ]);
});

it('reads a table without its alignment', () => {
  expect(tableRows('\n  b1   8  1,024 \n\n b2 16    512\n')).toEqual(['b1 8 1024', 'b2 16 512']);
});
