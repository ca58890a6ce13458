import { didYouMean, fail, type Layer } from '@archon-dse/core';
import { invalidLayer } from './output-shape.js';

const COMMON = ['name', 'op', 'inputs', 'block', 'role'] as const;

/** What a layer of each operation has beside its name, inputs, block and role: nothing else means anything. */
const PROPERTIES: Readonly<Record<Layer['op'], readonly string[]>> = {
  input: [],
  conv: ['kernel', 'stride', 'groups', 'filters', 'bias'],
  depthwise: ['kernel', 'stride', 'bias'],
  dense: ['units', 'bias'],
  averagePool: ['size', 'stride'],
  maxPool: ['size', 'stride'],
  channelShuffle: ['groups'],
  batchNorm: [],
  relu: [],
  sigmoid: [],
  softmax: [],
  globalAveragePool: [],
  add: [],
  concat: [],
  multiply: [],
};

/**
 * Refuses what no part of the toolkit would look at: properties that are misspelt or do not exist, and operations there are none of.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer
 */
export function checkLayerProperties(layer: Layer): void {
  const known = Object.hasOwn(PROPERTIES, layer.op) ? PROPERTIES[layer.op] : undefined;
  if (known === undefined)
    refuse(layer, `there is no operation ${JSON.stringify(layer.op)}`, layer.op, Object.keys(PROPERTIES));
  checkProperties(layer, layer, [...COMMON, ...known]);
  if (typeof layer.role !== 'string' || layer.role === '')
    invalidLayer(layer, `its role is ${JSON.stringify(layer.role)}`, 'a name such as "conv"');
  if ('bias' in layer && typeof layer.bias !== 'boolean')
    refuse(layer, `its bias is ${JSON.stringify(layer.bias)}`, '', ['true', 'false']);
}

/**
 * Refuses properties of `given` that are not among the `known` ones. Those that are undefined count as absent.
 *
 * @param layer - the layer they are of, or are for
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer
 */
export function checkProperties(layer: Pick<Layer, 'name' | 'op'>, given: object, known: readonly string[]): void {
  const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name));
  if (unknown !== undefined) refuse(layer, `it has no property "${unknown[0]}"`, unknown[0], known);
}

function refuse(
  { name, op }: Pick<Layer, 'name' | 'op'>,
  problem: string,
  wrong: unknown,
  known: readonly string[],
): never {
  const hint = didYouMean(String(wrong), known);
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `layer "${name}" (${op}): ${problem}`,
    expected: `one of: ${known.join(', ')}`,
    layer: name,
    ...(hint === undefined ? {} : { hint }),
  });
}
