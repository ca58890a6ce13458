import type { Network } from '@archon-dse/core';
import {
  batchOf,
  classesOf,
  NetworkBuilder,
  scaleChannels,
  type NetworkOptions,
  type Tensor,
} from '@archon-dse/workload';
import { HEAD, TABLES, TAIL, type BlockRow, type MnasNetTable, type Variant } from './tables.js';

/** Every channel count outside the blocks is a multiple of it. */
const DIVISOR = 8;

/** Head, the blocks of the variant's table, for CIFAR-100 a wide pointwise tail, and the classifier. */
export function buildMnasNet(options: NetworkOptions & { readonly variant: Variant }): Network {
  const { variant, dataset, width, resolution } = options;
  const classes = classesOf(options);
  const { blocks, squeezeAfter } = TABLES[variant];
  const net = new NetworkBuilder({
    id: 'archon/mnasnet',
    input: [resolution, resolution, 3],
    classes,
    ...batchOf(options),
  });

  let x = addHead(net, width);
  let published: number = HEAD.out;
  for (const [index, row] of blocks.entries()) {
    const hasShortcut = row.stride === 1 && row.out === published;
    x = addBlock(net, `b${index + 1}`, x, {
      ...scaleRow(row, squeezeAfter, width, x.shape[2] / published),
      hasShortcut,
    });
    published = row.out;
  }
  net.block('tail');
  const tail = TAIL[dataset];
  if (tail !== undefined) {
    const wide = net.conv('tail', x, { filters: scaleChannels(tail, width, DIVISOR), role: 'pointwise' });
    x = net.relu(net.batchNorm(wide));
  }
  net.softmax(net.dense('fc', net.globalAveragePool('pool', x), classes));
  return net.build();
}

function addHead(net: NetworkBuilder, width: number): Tensor {
  const filters = scaleChannels(HEAD.stem, width, DIVISOR);
  let x = net.relu(net.batchNorm(net.conv('stem', net.input, { filters, kernel: 3, role: 'stem' })));
  x = net.relu(net.batchNorm(net.depthwise('head.dw', x, { kernel: 3 })));
  const out = scaleChannels(HEAD.out, width, DIVISOR);
  return net.batchNorm(net.conv('head.pw', x, { filters: out, role: 'pointwise' }));
}

type ScaledRow = BlockRow & Pick<MnasNetTable, 'squeezeAfter'>;

/** A row at another width; inner and hidden channels keep their ratio to the channels they are computed from. */
function scaleRow(
  row: BlockRow,
  squeezeAfter: ScaledRow['squeezeAfter'],
  width: number,
  inputRatio: number,
): ScaledRow {
  const mid = scaleChannels(row.mid, inputRatio);
  const out = scaleChannels(row.out, width, DIVISOR);
  if (row.squeeze === undefined) return { ...row, mid, out, squeezeAfter };
  const gatedRatio = squeezeAfter === 'depthwise' ? mid / row.mid : out / row.out;
  return { ...row, mid, out, squeezeAfter, squeeze: scaleChannels(row.squeeze, gatedRatio) };
}

/** Expand, depthwise, project; the input is added where the published block keeps plane and channels. */
function addBlock(
  net: NetworkBuilder,
  block: string,
  input: Tensor,
  row: ScaledRow & { hasShortcut: boolean },
): Tensor {
  const { mid, out, kernel, stride, squeeze, squeezeAfter } = row;
  const gate = (after: ScaledRow['squeezeAfter'], x: Tensor): Tensor => {
    return squeeze === undefined || squeezeAfter !== after ? x : net.squeezeExcite(`${block}.se`, x, squeeze);
  };
  net.block(block);
  let x = net.relu(net.batchNorm(net.conv(`${block}.expand`, input, { filters: mid, role: 'expand' })));
  x = net.relu(net.batchNorm(net.depthwise(`${block}.depthwise`, x, { kernel, stride })));
  x = net.batchNorm(net.conv(`${block}.project`, gate('depthwise', x), { filters: out, role: 'project' }));
  x = gate('project', x);
  return row.hasShortcut ? net.add(`${block}.add`, x, input) : x;
}
