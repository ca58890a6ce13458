import type { Network } from '@archon-dse/core';
import { NetworkBuilder, scaleChannels, type ImageNetOptions, type Tensor } from '@archon-dse/workload';
import { TABLES, type Variant } from './tables.js';

/** Every channel count is a multiple of it, as in the published networks. */
const DIVISOR = 8;

/** Channels inside a block over those outside. */
const EXPANSION = 4;

export interface ConvNeXtOptions extends ImageNetOptions {
  readonly variant: Variant;
  readonly width: number;
  readonly thirdStage: number;
}

/** A stem that cuts the image into 4x4 patches, four stages of blocks with a halving before each but the first, and the classifier. */
export function buildConvNeXt({ variant, width, thirdStage, resolution, classes, batch }: ConvNeXtOptions): Network {
  const { depths, channels } = TABLES[variant];
  const scaled = (published: number): number => scaleChannels(published, width, DIVISOR);
  const net = new NetworkBuilder({ id: 'archon/convnext', input: [resolution, resolution, 3], classes, batch });
  let x = net.layerNorm(patches(net, 'stem', net.input, { filters: scaled(channels[0]), size: 4 }));
  const depthOf = (stage: number): number => (stage === 2 && thirdStage > 0 ? thirdStage : (depths[stage] ?? 0));
  const blocks = channels.flatMap((published, stage) =>
    Array.from({ length: depthOf(stage) }, (_, index) => ({
      filters: scaled(published),
      halves: index === 0 && stage > 0,
    })),
  );
  for (const [index, { filters, halves }] of blocks.entries()) {
    const block = `b${index}`;
    net.block(block);
    if (halves) x = patches(net, `${block}.down`, net.layerNorm(x), { filters, size: 2 });
    x = addBlock(net, block, x);
  }
  net.block('tail');
  const pooled = net.globalAveragePool('pool', x);
  net.softmax(net.dense('fc', net.layerNorm(pooled), classes));
  return net.build();
}

interface Patches {
  readonly filters: number;
  readonly size: number;
}

/** A convolution whose windows do not overlap. */
function patches(net: NetworkBuilder, name: string, from: Tensor, { filters, size }: Patches): Tensor {
  const role = name === 'stem' ? 'stem' : 'conv';
  return net.conv(name, from, { filters, kernel: size, stride: size, padding: 'valid', bias: true, role });
}

/** Depthwise 7x7, LayerNorm, two dense layers at every position with GELU between, a factor a channel, and the input added. */
function addBlock(net: NetworkBuilder, block: string, input: Tensor): Tensor {
  const channels = input.shape[2];
  const mixed = net.layerNorm(net.depthwise(`${block}.depthwise`, input, { kernel: 7, bias: true }));
  const wide = net.gelu(net.dense(`${block}.wide`, mixed, EXPANSION * channels, { role: 'mlp' }));
  const narrow = net.channelScale(net.dense(`${block}.narrow`, wide, channels, { role: 'mlp' }));
  return net.add(`${block}.add`, narrow, input);
}
