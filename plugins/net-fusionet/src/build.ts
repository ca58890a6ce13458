import type { Network } from '@archon-dse/core';
import {
  batchOf,
  classesOf,
  NetworkBuilder,
  scaleChannels,
  type NetworkOptions,
  type Tensor,
} from '@archon-dse/workload';
import { BLOCKS, GROUPS, STEM, TAIL, type BlockRow } from './tables.js';

/** Every channel count outside the blocks is a multiple of it. */
const DIVISOR = 8;

/** Head, blocks, the tail of the dataset and the classifier. */
export function buildFusioNet(options: NetworkOptions): Network {
  const { dataset, width, resolution } = options;
  const classes = classesOf(options);
  const net = new NetworkBuilder({
    id: 'archon/fusionet',
    input: [resolution, resolution, 3],
    classes,
    ...batchOf(options),
  });

  let x = addHead(net, scaleChannels(STEM, width, DIVISOR));
  let published = STEM;
  for (const [index, row] of BLOCKS.entries()) {
    const mid = scaleChannels(row.mid, x.shape[2] / published, GROUPS);
    const out = scaleChannels(row.out, width, DIVISOR);
    x = addBlock(net, `b${index + 1}`, x, { ...row, mid, out });
    published = row.out;
  }
  net.block('tail');
  const { filters, groups } = TAIL[dataset];
  const tail = net.conv('tail', x, { filters: scaleChannels(filters, width, DIVISOR), groups, role: 'pointwise' });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', net.relu(net.batchNorm(tail))), classes));
  return net.build();
}

function addHead(net: NetworkBuilder, filters: number): Tensor {
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters, kernel: 3, role: 'stem' })));
  const pointwise = net.batchNorm(net.conv('head.pw', stem, { filters, groups: GROUPS, role: 'pointwise' }));
  const shuffled = net.channelShuffle(net.relu(pointwise), GROUPS);
  return net.batchNorm(net.depthwise('head.dw', shuffled, { kernel: 3 }));
}

/** Groups mix in the shuffle at the end only, so inside a block they are independent. */
function addBlock(net: NetworkBuilder, block: string, input: Tensor, row: BlockRow): Tensor {
  const { mid, out, stride, hasShortcut } = row;
  net.block(block);
  let x = net.conv(`${block}.expand`, input, { filters: mid, groups: GROUPS, role: 'expand' });
  x = net.depthwise(`${block}.depthwise`, net.relu(net.batchNorm(x)), { kernel: 3, stride });
  x = net.conv(`${block}.project`, net.relu(net.batchNorm(x)), { filters: out, groups: GROUPS, role: 'project' });
  x = net.channelShuffle(net.batchNorm(x), GROUPS);
  return hasShortcut ? net.add(`${block}.add`, x, input) : x;
}
