import type { Layer } from '@archon-dse/core';
import { hasWeights } from '@archon-dse/workload';

/**
 * Layers with the names of their blocks and what they are for: bottlenecks, a pointwise convolution, a depthwise one and a pointwise one
 * right behind each other, are blocks of their own from b1 on, with what follows until the next; what is before the first is the head, and
 * what has weights behind the last one, or else what follows the last pool over all positions or choice of one, is the tail. A network without bottlenecks has one
 * block between head and tail, from behind its first layer with weights.
 */
export function withBlocks(layers: readonly Layer[]): readonly Layer[] {
  const trios = bottlenecks(layers);
  const pool = layers.map(({ op }) => op === 'globalAveragePool' || op === 'takePosition').lastIndexOf(true);
  const first = layers.findIndex(hasWeights);
  const roles = new Map(trios.flatMap((trio) => trio.map((layer, index) => [layer, ROLES[index] ?? layer.role])));
  const starts = new Set(trios.length > 0 ? trios.map(([expand]) => expand) : layers.slice(first + 1, first + 2));
  const last = layers.indexOf(trios.at(-1)?.[2] ?? ({} as Layer));
  const after = last < 0 ? -1 : layers.findIndex((layer, index) => index > last && hasWeights(layer));
  const tail = after < 0 ? pool : after;
  let block = 0;
  return layers.map((layer, index) => {
    if (starts.has(layer)) block += 1;
    const label = tail >= 0 && index >= tail ? 'tail' : block === 0 ? 'head' : `b${block}`;
    return { ...layer, block: label, role: roles.get(layer) ?? layer.role };
  });
}

const ROLES = ['expand', 'depthwise', 'project'] as const;

/** Operations between the convolutions of a bottleneck. */
const BETWEEN: readonly Layer['op'][] = ['batchNorm', 'relu', 'relu6', 'hardSwish', 'swish', 'channelShuffle'];

type Trio = readonly [expand: Layer, depthwise: Layer, project: Layer];

function bottlenecks(layers: readonly Layer[]): readonly Trio[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const before = (layer: Layer): Layer | undefined => {
    let found = byName.get(layer.inputs[0] ?? '');
    while (found !== undefined && BETWEEN.includes(found.op)) found = byName.get(found.inputs[0] ?? '');
    return found;
  };
  return layers.flatMap((project): readonly Trio[] => {
    if (!isPointwise(project)) return [];
    const depthwise = before(project);
    if (depthwise?.op !== 'depthwise') return [];
    const expand = before(depthwise);
    return expand !== undefined && isPointwise(expand) ? [[expand, depthwise, project]] : [];
  });
}

function isPointwise(layer: Layer): boolean {
  return layer.op === 'conv' && layer.kernel === 1;
}
