import type { NetworkLayer } from './network-layers.js';
import type { FileLayer } from './weight-file.js';

/** For layers of a network the layer of a file, or one for each group of a convolution, group by group. */
export type LayerSources = ReadonlyMap<string, readonly FileLayer[]>;

/** Layers of equal name. */
export function sourcesByName(layers: readonly NetworkLayer[], file: readonly FileLayer[]): LayerSources {
  const byName = new Map(file.map((layer) => [layer.name, layer]));
  return new Map(
    layers.flatMap(({ name }) => {
      const source = byName.get(name);
      return source === undefined ? [] : [[name, [source]] as const];
    }),
  );
}

/** Keras names a layer after its class and how many of it there were before. */
const KERAS_CLASSES: Readonly<Record<NetworkLayer['op'], string>> = {
  conv: 'conv2d',
  depthwise: 'depthwise_conv2d',
  dense: 'dense',
  batchNorm: 'batch_normalization',
};

/**
 * The layers of each class in the order they were made: `conv2d`, `conv2d_1`, ... A grouped convolution takes as many as it has groups,
 * or a single one that is grouped itself.
 */
export function sourcesByNumber(layers: readonly NetworkLayer[], file: readonly FileLayer[]): LayerSources {
  const left = new Map(Object.values(KERAS_CLASSES).map((name) => [name, numbered(file, name)]));
  return new Map(
    layers.map((layer) => {
      const queue = left.get(KERAS_CLASSES[layer.op]) ?? [];
      const [next] = queue;
      return [layer.name, queue.splice(0, next !== undefined && isWhole(next, layer) ? 1 : layer.groups)] as const;
    }),
  );
}

function numbered(file: readonly FileLayer[], className: string): FileLayer[] {
  const numberOf = ({ name }: FileLayer): number => {
    if (name === className) return 0;
    return name.startsWith(`${className}_`) ? Number(name.slice(className.length + 1)) : Number.NaN;
  };
  return file.filter((layer) => Number.isInteger(numberOf(layer))).sort((a, b) => numberOf(a) - numberOf(b));
}

/** Whether a layer of a file has the kernels of all groups. */
function isWhole({ tensors }: FileLayer, { weights }: NetworkLayer): boolean {
  const kernel = weights.find(({ part }) => part === 'kernel');
  return kernel?.shape.at(-1) === tensors['kernel']?.shape.at(-1);
}

/** By name or by number, whichever finds more of the file's layers. */
export function sourcesEitherWay(layers: readonly NetworkLayer[], file: readonly FileLayer[]): LayerSources {
  const found = (sources: LayerSources): number => [...sources.values()].flat().length;
  const byName = sourcesByName(layers, file);
  const byNumber = sourcesByNumber(layers, file);
  return found(byName) >= found(byNumber) ? byName : byNumber;
}
