import type { Network } from '@archon-dse/core';
import { NetworkBuilder, type ImageNetOptions, type Tensor } from '@archon-dse/workload';
import { TABLES, type MixerTable, type Variant } from './tables.js';

export interface MixerOptions extends ImageNetOptions {
  readonly variant: Variant;
  readonly patch: number;
  readonly depth: number;
}

/** Patches as tokens, blocks that mix tokens and then channels, and a classifier of the mean token. */
export function buildMlpMixer({ variant, patch, depth, resolution, classes, batch }: MixerOptions): Network {
  const table = TABLES[variant];
  const net = new NetworkBuilder({ id: 'archon/mlp-mixer', input: [resolution, resolution, 3], classes, batch });
  const window = { kernel: patch, stride: patch, padding: 'valid' } as const;
  const embedded = net.conv('stem', net.input, { filters: table.channels, ...window, bias: true, role: 'stem' });
  let x = net.flatten(embedded);
  for (let index = 0; index < (depth === 0 ? table.depth : depth); index += 1) x = addBlock(net, `b${index}`, x, table);
  net.block('tail');
  net.softmax(net.dense('fc', net.globalAveragePool('pool', net.layerNorm(x)), classes));
  return net.build();
}

/** Two dense layers over the tokens of each channel, then two over the channels of each token, each pair added to what it read. */
function addBlock(net: NetworkBuilder, block: string, input: Tensor, table: MixerTable): Tensor {
  net.block(block);
  const channelsFirst = net.transpose(net.layerNorm(input));
  const tokens = net.transpose(mix(net, `${block}.tokens`, channelsFirst, table.tokenUnits));
  const mixed = net.add(`${block}.mixed`, tokens, input);
  return net.add(`${block}.add`, mix(net, `${block}.channels`, net.layerNorm(mixed), table.channelUnits), mixed);
}

/** To `units`, GELU, and back. */
function mix(net: NetworkBuilder, name: string, from: Tensor, units: number): Tensor {
  const role = 'mlp';
  const wide = net.gelu(net.dense(`${name}.wide`, from, units, { role }));
  return net.dense(`${name}.narrow`, wide, from.shape[2], { role });
}
