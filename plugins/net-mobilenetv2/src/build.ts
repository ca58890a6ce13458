import type { Network } from '@archon-dse/core';
import {
  batchOf,
  classesOf,
  NetworkBuilder,
  scaleChannels,
  type NetworkOptions,
  type Tensor,
} from '@archon-dse/workload';
import { TABLES, type BlockRow, type Variant } from './tables.js';

/** Every channel count outside the blocks is a multiple of it, as in MobileNetV2. */
const DIVISOR = 8;

/** Stem, the blocks of the variant's table, a wide pointwise tail and the classifier. */
export function buildMobileNetV2(options: NetworkOptions & { readonly variant: Variant }): Network {
  const { variant, width, resolution } = options;
  const classes = classesOf(options);
  const table = TABLES[variant];
  const net = new NetworkBuilder({
    id: 'archon/mobilenet-v2',
    input: [resolution, resolution, 3],
    classes,
    ...batchOf(options),
  });

  const stem = net.conv('stem', net.input, {
    filters: scaleChannels(table.stem, width, DIVISOR),
    kernel: 3,
    role: 'stem',
  });
  let x = net.relu(net.batchNorm(stem));
  let published = table.stem;
  for (const [index, row] of table.blocks.entries()) {
    const out = scaleChannels(row.out, width, DIVISOR);
    const mid = scaleChannels(row.mid, x.shape[2] / published);
    const hasShortcut = row.stride === 1 && row.out === published;
    x = addBlock(net, `b${index}`, x, { mid, out, stride: row.stride, hasShortcut });
    published = row.out;
  }
  net.block('tail');
  const tail = net.conv('tail', x, { filters: scaleChannels(table.tail, width, DIVISOR), role: 'pointwise' });
  const pooled = net.globalAveragePool('pool', net.relu(net.batchNorm(tail)));
  net.softmax(net.dense('fc', pooled, classes));
  return net.build();
}

/** Expand, depthwise, project; the input is added where the published block keeps plane and channels. */
function addBlock(net: NetworkBuilder, block: string, input: Tensor, row: BlockRow & { hasShortcut: boolean }): Tensor {
  net.block(block);
  let x = net.relu(net.batchNorm(net.conv(`${block}.expand`, input, { filters: row.mid, role: 'expand' })));
  x = net.relu(net.batchNorm(net.depthwise(`${block}.depthwise`, x, { kernel: 3, stride: row.stride })));
  x = net.batchNorm(net.conv(`${block}.project`, x, { filters: row.out, role: 'project' }));
  return row.hasShortcut ? net.add(`${block}.add`, x, input) : x;
}
