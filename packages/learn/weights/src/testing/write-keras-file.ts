import type { Group } from 'h5wasm/node';
import type { TensorValue } from '@archon-dse/tensor';
import type { KerasLayer } from './keras-layers.js';

export interface KerasFileOptions {
  /** As `model.save` writes it, with the configuration of the model; otherwise as `save_weights` does. */
  readonly model?: boolean;
  readonly filter?: keyof typeof FILTERS;
  /** Entries of an attribute before it is spread over several. */
  readonly longest?: number;
}

const FILTERS = {
  none: {},
  gzip: { compression: 'gzip', compression_opts: 4 },
  /** HDF5 filter 2, bytes an element. */
  shuffle: { compression: 2, compression_opts: [4] },
} as const;

/**
 * Writes layers in the file layout of TensorFlow 2's Keras.
 *
 * @source `keras.saving.legacy.hdf5_format`
 */
export async function writeKerasFile(
  path: string,
  layers: readonly KerasLayer[],
  { model = false, filter = 'none', longest = 1000 }: KerasFileOptions = {},
): Promise<void> {
  const { default: hdf5 } = await import('h5wasm/node');
  await hdf5.ready;
  const file = new hdf5.File(path, 'w', { libver: ['earliest', 'latest'] });
  const root = model ? file.create_group('model_weights') : file;
  if (model) {
    const config = { class_name: 'Functional', config: { layers: layers.map(({ name }) => ({ name })) } };
    file.create_attribute('model_config', JSON.stringify(config));
    file.create_group('optimizer_weights').create_attribute('weight_names', ['SGD/iter:0'], [1], 'A10');
  }
  root.create_attribute('backend', 'tensorflow');
  root.create_attribute('keras_version', '2.4.0');
  writeNames(root, 'layer_names', namesOf(layers), longest);
  for (const { name, tensors } of layers) {
    const group = root.create_group(name);
    writeNames(group, 'weight_names', Object.keys(tensors), longest);
    for (const [weight, tensor] of Object.entries(tensors)) writeTensor(group, weight, tensor, filter);
  }
  file.close();
}

function namesOf(layers: readonly KerasLayer[]): readonly string[] {
  return layers.map(({ name }) => name);
}

/** Fixed-length texts; `layer_names0`, `layer_names1`, ... when the list is long. */
function writeNames(group: Group, attribute: string, names: readonly string[], longest: number): void {
  const type = `A${String(Math.max(1, ...names.map((name) => name.length)))}`;
  if (names.length <= longest) {
    group.create_attribute(attribute, [...names], [names.length], type);
    return;
  }
  for (let at = 0; at < names.length; at += longest) {
    const part = names.slice(at, at + longest);
    group.create_attribute(`${attribute}${String(at / longest)}`, part, [part.length], type);
  }
}

/** Groups on the way are made as they come. */
function writeTensor(layer: Group, name: string, { shape, data }: TensorValue, filter: keyof typeof FILTERS): void {
  const steps = name.split('/');
  let group = layer;
  for (const step of steps.slice(0, -1)) {
    const inner = group.get(step);
    group = inner === null ? group.create_group(step) : (inner as Group);
  }
  group.create_dataset({
    name: steps.at(-1) ?? name,
    data,
    shape: [...shape],
    dtype: '<f4',
    ...(filter === 'none' ? {} : { chunks: [...shape], ...chunked(filter) }),
  });
}

function chunked(filter: Exclude<keyof typeof FILTERS, 'none'>) {
  const { compression, compression_opts } = FILTERS[filter];
  return {
    compression,
    compression_opts: typeof compression_opts === 'number' ? compression_opts : [...compression_opts],
  };
}
