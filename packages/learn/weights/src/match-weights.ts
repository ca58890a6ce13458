import { ArchonError, type Network } from '@archon-dse/core';
import type { NamedTensors, TensorValue } from '@archon-dse/tensor';
import { describeMistakes, type LeftOver, type Mistakes } from './describe-mistakes.js';
import { sourcesByMap, type LayerMapText } from './layer-map.js';
import { sourcesByName, sourcesByNumber, sourcesEitherWay, type LayerSources } from './layer-sources.js';
import { networkLayers, type NetworkLayer } from './network-layers.js';
import type { FileLayer, FileTensor, WeightFile } from './weight-file.js';

/**
 * How layers of a file are found: by the names of the network's layers, by the numbers Keras gives, by whichever of these finds more,
 * or by a map.
 */
export type Naming = 'auto' | 'ours' | 'keras' | LayerMapText;

/**
 * The weights of a network out of a file, as they are: every tensor of the network once, in its shape, and none of the file left over.
 *
 * @throws ArchonError ARCHON_WEIGHTS_MISMATCH listing all layers without a counterpart, all tensors left over and all shapes that differ;
 *   ARCHON_LAYER_MAP and ARCHON_YAML_SYNTAX for a map; ARCHON_NETWORK_INVALID
 */
export function matchWeights(network: Network, file: WeightFile, naming: Naming): NamedTensors {
  const layers = networkLayers(network);
  const sources = findSources(layers, file.layers, naming);
  const found = collect(layers, sources);
  const left = leftOver(file.layers, found.used);
  const [first, ...more] = describeMistakes({ ...found, left }, network, file);
  if (first !== undefined) throw new ArchonError(first, ...more);
  return found.tensors;
}

function findSources(layers: readonly NetworkLayer[], file: readonly FileLayer[], naming: Naming): LayerSources {
  switch (naming) {
    case 'ours':
      return sourcesByName(layers, file);
    case 'keras':
      return sourcesByNumber(layers, file);
    case 'auto':
      return sourcesEitherWay(layers, file);
    default:
      return sourcesByMap(naming, layers, file);
  }
}

interface Found extends Omit<Mistakes, 'left'> {
  readonly tensors: NamedTensors;
  /** Tensors of the file that have a counterpart, of whatever shape. */
  readonly used: ReadonlySet<FileTensor>;
}

function collect(layers: readonly NetworkLayer[], sources: LayerSources): Found {
  const tensors: Record<string, TensorValue> = {};
  const used = new Set<FileTensor>();
  const missing: Mistakes['missing'][number][] = [];
  const misshapen: Mistakes['misshapen'][number][] = [];
  for (const { name, groups, weights } of layers) {
    const from = sources.get(name) ?? [];
    for (const weight of weights) {
      const parts = from.flatMap(({ tensors: own }) => own[weight.part] ?? []);
      for (const part of parts) used.add(part);
      if (parts.length === 0 || parts.length < from.length || (from.length > 1 && from.length < groups)) {
        missing.push(weight);
        continue;
      }
      const expected = partShape(weight.shape, parts.length);
      const wrong = parts.filter(({ shape }) => shape.join() !== expected.join());
      misshapen.push(...wrong.map((part) => ({ weight, part, expected })));
      if (wrong.length === 0) tensors[weight.name] = joinGroups(weight.shape, parts);
    }
  }
  return { tensors, used, missing, misshapen };
}

/** The last dimension of a kernel or a bias counts the filters of all groups. */
function partShape(shape: readonly number[], parts: number): readonly number[] {
  return [...shape.slice(0, -1), (shape.at(-1) ?? 0) / parts];
}

/** Puts the filters of groups behind one another, as a kernel of all groups has them. */
function joinGroups(shape: readonly number[], parts: readonly FileTensor[]): TensorValue {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return { shape, data: only.data };
  const filters = shape.at(-1) ?? 0;
  const size = filters / parts.length;
  const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  for (const [group, part] of parts.entries()) {
    for (let row = 0; row * filters < data.length; row += 1) {
      data.set(part.data.subarray(row * size, (row + 1) * size), row * filters + group * size);
    }
  }
  return { shape, data };
}

function leftOver(layers: readonly FileLayer[], used: ReadonlySet<FileTensor>): readonly LeftOver[] {
  return layers.flatMap(({ name, tensors }) =>
    Object.values(tensors).flatMap((tensor) => (used.has(tensor) ? [] : [{ layer: name, tensor }])),
  );
}
