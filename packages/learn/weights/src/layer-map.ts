import { didYouMean } from '@archon-dse/core';
import { describe, readYaml, type Node, type ParsedText } from '@archon-dse/config';
import { sourcesByName, type LayerSources } from './layer-sources.js';
import type { NetworkLayer } from './network-layers.js';
import type { FileLayer } from './weight-file.js';

type Problems = ParsedText['problems'];

/** Text of a file that says which layer is which, and its name for errors. */
export interface LayerMapText {
  readonly text: string;
  readonly file: string;
}

/**
 * Layers as a YAML map names them: `b1.expand: conv2d_3`, or a list with one layer for each group of a convolution. Layers that it leaves
 * out go by their own names.
 *
 * @throws ArchonError ARCHON_YAML_SYNTAX; ARCHON_LAYER_MAP with each line that names what is not there, or twice, or too few or too many
 */
export function sourcesByMap(
  { text, file }: LayerMapText,
  layers: readonly NetworkLayer[],
  fileLayers: readonly FileLayer[],
): LayerSources {
  const { root, problems } = readYaml(text, file);
  const sources = new Map<string, readonly FileLayer[]>();
  const reader = new MapReader(fileLayers, problems);
  const names = layers.map(({ name }) => name);
  if (root.kind !== 'map') report(problems, root, `the text is ${describe(root)}`, EXPECTED);
  else {
    for (const [name, { key, value }] of root.entries) {
      const layer = layers.find((candidate) => candidate.name === name);
      if (layer === undefined) {
        report(problems, key, `the network has no layer "${name}" with weights`, 'a layer of the network', [
          name,
          names,
        ]);
      } else sources.set(name, reader.read(value, layer));
    }
  }
  problems.throwIfAny();
  const others = fileLayers.filter(({ name }) => !reader.taken.has(name));
  return new Map([...sourcesByName(layers, others), ...sources]);
}

const EXPECTED = 'a map from layers of the network to layers of the file';

/** Reads the right sides of a map. */
class MapReader {
  /** Names of layers of the file that have been read. */
  readonly taken = new Set<string>();
  private readonly problems: Problems;
  private readonly layers: ReadonlyMap<string, FileLayer>;

  constructor(layers: readonly FileLayer[], problems: Problems) {
    this.layers = new Map(layers.map((layer) => [layer.name, layer]));
    this.problems = problems;
  }

  read(node: Node, { groups }: NetworkLayer): readonly FileLayer[] {
    if (node.kind !== 'list') return this.layer(node);
    const { length } = node.items;
    if (length !== 1 && length !== groups) {
      const expected = groups === 1 ? 'one layer' : `one layer, or one for each of the ${String(groups)} groups`;
      report(this.problems, node, `${node.path} lists ${String(length)} layers`, expected);
    }
    return node.items.flatMap((item) => this.layer(item));
  }

  private layer(node: Node): readonly FileLayer[] {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') {
      report(this.problems, node, `${node.path} is ${describe(node)}`, 'the name of a layer of the file');
      return [];
    }
    const name = node.value;
    const found = this.layers.get(name);
    if (found === undefined) {
      report(this.problems, node, `the file has no layer "${name}"`, 'a layer of the file', [
        name,
        [...this.layers.keys()],
      ]);
      return [];
    }
    if (this.taken.has(name)) report(this.problems, node, `"${name}" is taken twice`, 'each layer of the file once');
    this.taken.add(name);
    return [found];
  }
}

function report(
  problems: Problems,
  place: Parameters<Problems['add']>[0],
  message: string,
  expected: string,
  [wrong, known]: readonly [wrong: string, known: readonly string[]] = ['', []],
): void {
  const hint = didYouMean(wrong, known);
  problems.add(place, {
    code: 'ARCHON_LAYER_MAP',
    message,
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}
