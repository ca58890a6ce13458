import { fail, type Density, type Extent, type Network } from '@archon-dse/core';
import { layerCost } from './analysis.js';
import { findBottlenecks, isFusible, type Bottleneck } from './bottleneck.js';
import { connectedPairs } from './connectivity.js';
import { pairOf } from './operations/window.js';
import { inferShapes, type ShapedLayer } from './shapes.js';

/** Multiplications and additions of the convolutions of one block for one image. Padded cells count as real ones. */
export interface FusionCost {
  /** Multiplications one layer after the other. */
  readonly layerwise: number;
  /** The same with the layers' weight densities. */
  readonly layerwiseSparse: number;
  /** Multiplications of one input-dependent `K x K` convolution from the block's input to its output. */
  readonly fused: number;
  /** layerwise / fused. */
  readonly ratio: number;
  /** Activations inside the block whose masks a predictor supplies; one multiplication each unless their scale is folded. */
  readonly predictedActivations: number;
  /** Products of one weight of each convolution that the fused kernels add up, an upper bound: masks leave some out. */
  readonly additions: number;
  /** The same for products of weights that are not zero. */
  readonly sparseAdditions: number;
}

export interface BlockFusion extends FusionCost {
  readonly block: string;
  /** Whether only BatchNorm, ReLU and shuffles lie between the convolutions; other blocks are counted as if it were so. */
  readonly fusible: boolean;
  /** Channels in times channels out, over the pairs of them that the fused kernel connects. */
  readonly effectiveGroups: number;
}

export interface FusionAnalysis {
  readonly blocks: readonly BlockFusion[];
  readonly total: FusionCost;
}

export interface FusionOptions {
  /** By layer name; a layer without an entry is dense. */
  readonly densities?: Readonly<Record<string, Density>>;
  /** Blocks to leave out because they stay layer by layer; `b0` unless given, which the published networks do not fuse. */
  readonly unfused?: readonly string[];
  /**
   * How groups divide the fused kernel. `connected`, unless given: into the pairs of input and output channel that depend on
   * each other. `published`: by the groups of the pointwise convolutions, as the ARCHON simulator has it even where a
   * shuffle between them connects every pair.
   */
  readonly grouping?: 'connected' | 'published';
}

/**
 * What fusing each bottleneck block (expand, depthwise, project, in either order of the last two) into one input-dependent
 * convolution saves. Squeeze-and-excite is not counted.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed or has no block to fuse
 * @source ARCHON, ICS 2021
 */
export function fusionAnalysis(network: Network, options: FusionOptions = {}): FusionAnalysis {
  const { unfused = ['b0'] } = options;
  const bottlenecks = findBottlenecks(inferShapes(network)).filter(({ block }) => !unfused.includes(block));
  if (bottlenecks.length === 0) {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `network "${network.id}" has no block to fuse`,
      expected: 'a block with one layer of each of the roles expand, depthwise and project',
    });
  }
  const blocks = bottlenecks.map((bottleneck) => analyseBlock(bottleneck, options));
  return { blocks, total: totalOf(blocks) };
}

function analyseBlock(bottleneck: Bottleneck, { densities = {}, grouping = 'connected' }: FusionOptions): BlockFusion {
  const { block, convolutions, chain } = bottleneck;
  const [first, , last] = convolutions;
  const costs = convolutions.map((entry) => {
    return { macs: layerCost(entry).macs, density: densities[entry.layer.name]?.weights ?? 1 };
  });
  const layerwise = sum(costs.map(({ macs }) => macs));

  const allPairs = channelsIn(first) * last.output[2];
  const pairs = grouping === 'published' ? allPairs / groupsOf(first) : connectedPairs(chain);
  const [height, width] = last.output;
  const fused = height * width * kernelArea(bottleneck) * pairs;

  const additions = height * width * kernelArea(bottleneck) * weightPairs(bottleneck);
  return {
    block,
    fusible: isFusible(bottleneck),
    effectiveGroups: allPairs / pairs,
    layerwise,
    layerwiseSparse: sum(costs.map(({ macs, density }) => macs * density)),
    fused,
    ratio: layerwise / fused,
    predictedActivations: sum(chain.filter(({ layer }) => layer.op === 'relu').map(outputSize)),
    additions,
    sparseAdditions: costs.reduce((count, { density }) => count * density, additions),
  };
}

function kernelArea({ convolutions }: Bottleneck): number {
  return Math.max(...convolutions.map(({ layer }) => ('kernel' in layer ? cellsOf(layer.kernel) : 1)));
}

function cellsOf(kernel: Extent): number {
  const [rows, columns] = pairOf(kernel);
  return rows * columns;
}

/** Pairs of an expand and a project weight that meet in an inner channel. */
function weightPairs({ convolutions }: Bottleneck): number {
  const pointwise = convolutions.filter(({ layer }) => layer.op === 'conv');
  const filters = pointwise.at(-1)?.output[2] ?? 0;
  return pointwise.reduce((pairs, entry) => (pairs * channelsIn(entry)) / groupsOf(entry), filters);
}

function channelsIn({ inputs }: ShapedLayer): number {
  return inputs[0]?.[2] ?? 0;
}

function groupsOf({ layer }: ShapedLayer): number {
  return layer.op === 'conv' ? layer.groups : 1;
}

function outputSize({ output: [height, width, channels] }: ShapedLayer): number {
  return height * width * channels;
}

function totalOf(blocks: readonly BlockFusion[]): FusionCost {
  const over = (key: keyof FusionCost): number => sum(blocks.map((block) => block[key]));
  const layerwise = over('layerwise');
  const fused = over('fused');
  return {
    layerwise,
    layerwiseSparse: over('layerwiseSparse'),
    fused,
    ratio: layerwise / fused,
    predictedActivations: over('predictedActivations'),
    additions: over('additions'),
    sparseAdditions: over('sparseAdditions'),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
