import type { Layer } from '@archon-dse/core';
import { connectedPairs } from './connectivity.js';
import { pairOf } from './operations/window.js';
import { BOTTLENECK_ROLES } from './roles.js';
import type { ShapedLayer } from './shapes.js';

/** The three convolutions of a block, `expand`, `depthwise` and `project`, and what lies between them. */
export interface Bottleneck {
  readonly block: string;
  /** In the order they run; `project` comes before `depthwise` in some networks. */
  readonly convolutions: readonly [ShapedLayer, ShapedLayer, ShapedLayer];
  /** From the first convolution to the last; each layer reads the one before it, a gate reads its gated input. */
  readonly chain: readonly ShapedLayer[];
}

/** What may lie between convolutions that are computed as one. */
const FUSIBLE_OPS: readonly Layer['op'][] = ['conv', 'depthwise', 'batchNorm', 'relu', 'channelShuffle'];

/**
 * Fact of the three convolutions of a bottleneck that can be computed as one, as nothing but BatchNorm, ReLU and shuffles is between them:
 * channels in times channels out of that convolution over the pairs of them that depend on each other. 1 where a shuffle between grouped
 * layers connects all of them.
 */
export const FUSED_GROUPS = 'archon/fusedGroups';

/** The blocks that are one chain through one layer of each of the three roles. */
export function findBottlenecks(shaped: readonly ShapedLayer[]): readonly Bottleneck[] {
  const blocks = [...new Set(shaped.map(({ layer }) => layer.block))];
  return blocks.flatMap((block) => {
    const layers = shaped.filter(({ layer }) => layer.block === block);
    const [first, second, third, ...more] = layers.filter(({ layer }) => BOTTLENECK_ROLES.includes(layer.role));
    if (first === undefined || second === undefined || third === undefined || more.length > 0) return [];
    const convolutions = [first, second, third] as const;
    const chain = chainBetween(layers, first, third);
    const isBottleneck = BOTTLENECK_ROLES.every((role) => chain.some(({ layer }) => layer.role === role));
    return isBottleneck ? [{ block, convolutions, chain }] : [];
  });
}

/** Whether only BatchNorm, ReLU and shuffles lie between convolutions that are as in the publication. */
export function isFusible({ chain }: Bottleneck): boolean {
  return chain.every(({ layer }) => FUSIBLE_OPS.includes(layer.op) && isPlain(layer));
}

/** SAME padding, no dilation, one filter a channel of a depthwise layer. */
function isPlain(layer: Layer): boolean {
  if (layer.op !== 'conv' && layer.op !== 'depthwise') return true;
  const { padding = 'same', dilation = 1 } = layer;
  const multiplier = layer.op === 'depthwise' ? layer.multiplier : undefined;
  return padding === 'same' && pairOf(dilation).every((cells) => cells === 1) && (multiplier ?? 1) === 1;
}

/** {@link FUSED_GROUPS} by name of the three convolutions of each fusible bottleneck whose inner results nothing else reads. */
export function fusedGroupsByLayer(shaped: readonly ShapedLayer[]): ReadonlyMap<string, number> {
  const reads = shaped.flatMap(({ layer }) => layer.inputs);
  const readOnce = ({ layer }: ShapedLayer): boolean => reads.filter((name) => name === layer.name).length === 1;
  const fusible = findBottlenecks(shaped).filter(
    (bottleneck) => isFusible(bottleneck) && bottleneck.chain.slice(0, -1).every(readOnce),
  );
  return new Map(
    fusible.flatMap(({ convolutions, chain }) => {
      const [first, , last] = convolutions;
      const groups = ((first.inputs[0]?.[2] ?? 0) * last.output[2]) / connectedPairs(chain);
      return convolutions.map(({ layer }): [string, number] => [layer.name, groups]);
    }),
  );
}

/** Walks from the last layer along first inputs back to the first; empty when it does not get there. */
function chainBetween(layers: readonly ShapedLayer[], first: ShapedLayer, last: ShapedLayer): readonly ShapedLayer[] {
  const chain: ShapedLayer[] = [];
  let next: ShapedLayer | undefined = last;
  while (next !== undefined) {
    chain.unshift(next);
    if (next === first) return chain;
    const source: string | undefined = next.layer.inputs[0];
    next = layers.find(({ layer }) => layer.name === source);
  }
  return [];
}
