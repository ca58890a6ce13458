import type { Layer } from '@archon-dse/core';
import type { ShapedLayer } from './shapes.js';

/** Channels at the start of a chain that a channel depends on. Channels that depend on the same ones share the object. */
type Sources = ReadonlySet<number>;

/**
 * Pairs of an input channel of the first layer of a chain and an output channel of the last where the output depends on the
 * input. Each layer reads the one before it.
 */
export function connectedPairs(chain: readonly ShapedLayer[]): number {
  const channels = chain[0]?.inputs[0]?.[2] ?? 0;
  const start = Array.from({ length: channels }, (_, channel): Sources => new Set([channel]));
  const end = chain.reduce((sources, { layer, output }) => sourcesAfter(layer, sources, output[2]), start);
  return end.reduce((pairs, sources) => pairs + sources.size, 0);
}

function sourcesAfter(layer: Layer, sources: Sources[], channels: number): Sources[] {
  switch (layer.op) {
    case 'conv': {
      const size = sources.length / layer.groups;
      const groups = Array.from({ length: layer.groups }, (_, group) =>
        union(sources.slice(group * size, (group + 1) * size)),
      );
      const filters = channels / layer.groups;
      return groups.flatMap((group) => Array<Sources>(filters).fill(group));
    }
    case 'depthwise':
      return sources.flatMap((source) => Array<Sources>(channels / sources.length).fill(source));
    case 'channelShuffle': {
      const size = sources.length / layer.groups;
      const origin = (index: number): number => (index % layer.groups) * size + Math.floor(index / layer.groups);
      return sources.flatMap((_, index) => sources.slice(origin(index), origin(index) + 1));
    }
    default:
      return sources;
  }
}

function union(sources: readonly Sources[]): Sources {
  const all = new Set<number>();
  for (const shared of new Set(sources)) for (const source of shared) all.add(source);
  return all;
}
