import { didYouMean, type JsonValue, type Network } from '@archon-dse/core';
import { describe, readYaml, type Node, type ParsedText } from '@archon-dse/config';
import { inferShapes } from '@archon-dse/workload';
import { LayerList } from './layer-list.js';

type Problems = ParsedText['problems'];

export interface ListOptions {
  /** Public id of the network. */
  readonly id: string;
  /** Images computed at once; those that the text says unless given. */
  readonly batch?: number;
}

const KEYS = ['name', 'description', 'input', 'batch', 'classes', 'layers'];

/**
 * A network from a list of layers in YAML; docs/networks.md has the grammar.
 *
 * @param file - name for the locations
 * @throws ArchonError ARCHON_YAML_SYNTAX, or ARCHON_NETWORK_INVALID with everything wrong with the text, by line
 */
export function readNetwork(text: string, file: string, { id, batch }: ListOptions): Network {
  const { root, problems } = readYaml(text, file);
  const entries = root.kind === 'map' ? root.entries : undefined;
  if (entries === undefined)
    return problems.stop(root, problem(`the text is ${describe(root)}`, 'a map with input and layers'));
  for (const [name, { key }] of entries) {
    const hint = didYouMean(name, KEYS);
    if (KEYS.includes(name)) continue;
    problems.add(key, {
      ...problem(`a network has no "${name}"`, `one of: ${KEYS.join(', ')}`),
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const input = shapeOf(entries.get('input')?.value, root, problems);
  const images = countOf(entries.get('batch')?.value, problems);
  const given = countOf(entries.get('classes')?.value, problems);
  const list = entries.get('layers')?.value;
  if (list?.kind !== 'list') {
    const found = list === undefined ? 'the network has no layers' : `layers is ${describe(list)}`;
    return problems.stop(list ?? root, problem(found, 'a list of layers'));
  }
  problems.throwIfAny();
  const reader = new LayerList(input, problems);
  reader.read(list.items);
  problems.throwIfAny();
  const { layers } = reader;
  const classes = given ?? reader.last.shape[2];
  const network: Network = { id, input, classes, ...withBatch(batch ?? images), layers };
  inferShapes(network);
  return network;
}

function withBatch(batch: number | undefined): { batch?: number } {
  return batch === undefined ? {} : { batch };
}

function problem(message: string, expected: string) {
  return { code: 'ARCHON_NETWORK_INVALID', message, expected } as const;
}

function shapeOf(node: Node | undefined, root: Node, problems: Problems): readonly [number, number, number] {
  const sizes = node?.kind === 'list' ? node.items.map(valueOf) : [];
  const isShape = sizes.length === 3 && sizes.every((size) => Number.isSafeInteger(size) && Number(size) >= 1);
  if (isShape) return sizes as unknown as readonly [number, number, number];
  const found = node === undefined ? 'the network has no input' : 'input is no shape';
  return problems.stop(node ?? root, problem(found, '[height, width, channels], whole numbers of at least 1'));
}

function countOf(node: Node | undefined, problems: Problems): number | undefined {
  if (node === undefined) return undefined;
  const value = valueOf(node);
  if (Number.isSafeInteger(value) && Number(value) >= 1) return Number(value);
  problems.add(node, problem(`${node.path} is ${describe(node)}`, 'a whole number of at least 1'));
  return undefined;
}

function valueOf(node: Node): JsonValue {
  return node.kind === 'scalar' ? node.value : null;
}
