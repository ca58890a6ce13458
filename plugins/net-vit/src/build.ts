import type { Network } from '@archon-dse/core';
import { NetworkBuilder, type ImageNetOptions, type Tensor } from '@archon-dse/workload';
import { TABLES, type Variant } from './tables.js';

/** Channels inside the two dense layers of a block over those outside. */
const EXPANSION = 4;

export interface VitOptions extends ImageNetOptions {
  readonly variant: Variant;
  readonly patch: number;
  readonly depth: number;
}

/** Patches as tokens behind a class token, blocks of attention and two dense layers, and a classifier that reads the class token. */
export function buildVit({ variant, patch, depth, resolution, classes, batch }: VitOptions): Network {
  const { channels, heads, depth: published } = TABLES[variant];
  const net = new NetworkBuilder({ id: 'archon/vit', input: [resolution, resolution, 3], classes, batch });
  const window = { kernel: patch, stride: patch, padding: 'valid' } as const;
  const embedded = net.conv('stem', net.input, { filters: channels, ...window, bias: true, role: 'stem' });
  const tokens = net.classToken('class', net.flatten(embedded));
  let x = net.positionEmbedding('position', tokens);
  for (let index = 0; index < (depth === 0 ? published : depth); index += 1) x = addBlock(net, `b${index}`, x, heads);
  net.block('tail');
  net.softmax(net.dense('fc', net.takePosition('pick', net.layerNorm(x), 0), classes));
  return net.build();
}

/** Attention, then two dense layers at every token; each reads a LayerNorm and is added to its input. */
function addBlock(net: NetworkBuilder, block: string, input: Tensor, heads: number): Tensor {
  net.block(block);
  const channels = input.shape[2];
  const attended = net.add(
    `${block}.attended`,
    net.attention(`${block}.attention`, net.layerNorm(input), { heads }),
    input,
  );
  const wide = net.gelu(net.dense(`${block}.wide`, net.layerNorm(attended), EXPANSION * channels, { role: 'mlp' }));
  return net.add(`${block}.add`, net.dense(`${block}.narrow`, wide, channels, { role: 'mlp' }), attended);
}
