import { describeNetwork } from '@archon-dse/workload';
import type { JsonValue, Layer, Network } from '@archon-dse/core';
import { defaultsOf, FIRST_BLOCK } from './layer-defaults.js';

/**
 * A network as a list of layers, which `readNetwork` reads back as it is.
 *
 * @param comment - lines for people at its head
 */
export function networkYaml(network: Network, comment: readonly string[] = []): string {
  const { input, batch, classes, layers } = network;
  const { layers: shaped } = describeNetwork(network);
  const last = shaped.at(-1)?.out[2];
  let block = FIRST_BLOCK;
  const rows = layers.slice(1).map((layer, index) => {
    const row = rowOf(layer, layers[index]?.name ?? '', block);
    block = layer.block;
    return `  - ${flow(row)}`;
  });
  return [
    ...comment.map((line) => `# ${line}`),
    `input: ${flow([...input])}`,
    ...(batch === undefined ? [] : [`batch: ${batch}`]),
    ...(classes === last ? [] : [`classes: ${classes}`]),
    'layers:',
    ...rows,
    '',
  ].join('\n');
}

function rowOf(layer: Layer, before: string, block: string): JsonValue {
  const { name, op, inputs, block: own, role, ...properties } = layer;
  const defaults = defaultsOf(op);
  const told = Object.entries(properties as Readonly<Record<string, JsonValue>>).filter(([key, value]) => {
    return JSON.stringify(defaults.values[key]) !== JSON.stringify(value);
  });
  const readsBefore = inputs.length === 1 && inputs[0] === before;
  return {
    ...{ op, name },
    ...(own === block ? {} : { block: own }),
    ...(role === defaults.role ? {} : { role }),
    ...Object.fromEntries(told),
    ...(readsBefore || inputs.length === 0 ? {} : { inputs }),
  };
}

/** Words that YAML 1.1 or 1.2 would read as something else. */
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

function flow(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${flow(one)}`)
      .join(', ')} }`;
  }
  const isWord = typeof value === 'string' && /^[A-Za-z_][\w./-]*$/.test(value) && !RESERVED.test(value);
  return isWord ? value : JSON.stringify(value);
}
