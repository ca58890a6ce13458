import type { Network } from '@archon-dse/core';
import {
  batchOf,
  classesOf,
  NetworkBuilder,
  scaleChannels,
  type NetworkOptions,
  type Tensor,
} from '@archon-dse/workload';
import { GROUPS, MODIFIED_TAIL, STEM, TABLES, type UnitRow, type Variant } from './tables.js';

/** Head, the units of the variant's table, for the modified network a grouped pointwise tail, and the classifier. */
export function buildShuffleNet(options: NetworkOptions & { readonly variant: Variant }): Network {
  const { variant, width, resolution } = options;
  const classes = classesOf(options);
  const { units, firstUnit, divisor } = TABLES[variant];
  const isModified = variant === 'modified';
  const net = new NetworkBuilder({
    id: 'archon/shufflenet',
    input: [resolution, resolution, 3],
    classes,
    ...batchOf(options),
  });

  const stem = net.conv('stem', net.input, { filters: scaleChannels(STEM, width, divisor), kernel: 3, role: 'stem' });
  let x = net.relu(net.batchNorm(stem));
  if (isModified) x = addShuffledHead(net, x);
  let published = STEM;
  for (const [index, row] of units.entries()) {
    const mid = scaleChannels(row.mid, x.shape[2] / published, GROUPS);
    const computed = row.join === 'add' ? x.shape[2] : scaleChannels(row.computed, width, divisor);
    x = addUnit(net, `b${firstUnit + index}`, x, { ...row, mid, computed }, isModified);
    published = row.join === 'concat' ? published + row.computed : row.computed;
  }
  net.block('tail');
  if (isModified) {
    const filters = scaleChannels(MODIFIED_TAIL, width, divisor);
    x = net.relu(net.batchNorm(net.conv('tail', x, { filters, groups: GROUPS, role: 'pointwise' })));
  }
  net.softmax(net.dense('fc', net.globalAveragePool('pool', x), classes));
  return net.build();
}

/** The part of a usual unit that comes before the first unit of the modified network. */
function addShuffledHead(net: NetworkBuilder, stem: Tensor): Tensor {
  const pointwise = net.conv('head.pw', stem, { filters: stem.shape[2], groups: GROUPS, role: 'pointwise' });
  const shuffled = net.channelShuffle(net.relu(net.batchNorm(pointwise)), GROUPS);
  return net.batchNorm(net.depthwise('head.dw', shuffled, { kernel: 3 }));
}

function addUnit(net: NetworkBuilder, block: string, input: Tensor, row: UnitRow, isModified: boolean): Tensor {
  const { mid, computed, stride } = row;
  net.block(block);
  const grouped = (role: 'expand' | 'project', from: Tensor, filters: number): Tensor => {
    return net.batchNorm(net.conv(`${block}.${role}`, from, { filters, groups: GROUPS, role }));
  };
  const depthwise = (from: Tensor): Tensor => {
    return net.batchNorm(net.depthwise(`${block}.depthwise`, from, { kernel: 3, stride }));
  };
  const expanded = net.channelShuffle(net.relu(grouped('expand', input, mid)), GROUPS);
  return isModified
    ? addJoin(net, block, depthwise(net.relu(grouped('project', expanded, computed))), input, row)
    : net.relu(addJoin(net, block, grouped('project', depthwise(expanded), computed), input, row));
}

function addJoin(net: NetworkBuilder, block: string, result: Tensor, input: Tensor, { join, stride }: UnitRow): Tensor {
  switch (join) {
    case 'none':
      return result;
    case 'add':
      return net.add(`${block}.add`, result, input);
    case 'concat':
      return net.concat(`${block}.concat`, result, net.averagePool(`${block}.pool`, input, { size: 3, stride }));
  }
}
