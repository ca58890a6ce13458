import type { Dataset, Entity, Group } from 'h5wasm/node';
import { gatherLayers, splitName, unreadable, type FileLayer, type FileTensor } from './weight-file.js';

/** HDF5's class of floating-point types, and the bytes of a float32. */
const FLOAT = { type: 1, bytes: 4 } as const;

/**
 * Reads the layers of a Keras HDF5 file: weights alone, or those of a whole model, which lie in `model_weights`. A group for each layer
 * lists its tensors in the attribute `weight_names`. Layers of a model inside the model count as layers of their own.
 *
 * @throws ArchonError ARCHON_WEIGHTS_INVALID for other layouts and types; Error of the HDF5 library for a damaged file
 * @source file layout of `keras.saving.legacy.hdf5_format`, TensorFlow 2
 */
export async function readKerasFile(path: string): Promise<readonly FileLayer[]> {
  const { default: hdf5 } = await import('h5wasm/node');
  // otherwise a damaged chunk gives whatever the memory held, without an error
  (await hdf5.ready).activate_throwing_error_handler();
  try {
    const file = new hdf5.File(path, 'r');
    try {
      return readLayers(path, file);
    } finally {
      file.close();
    }
  } catch (error) {
    throw error instanceof Error ? asReason(error) : error;
  }
}

function readLayers(path: string, file: Group): readonly FileLayer[] {
  const inside = file.get('model_weights');
  const root = isGroup(inside) ? inside : file;
  const names = readNames(root, 'layer_names');
  if (names === undefined) {
    const isNewer = file.keys().includes('layers') || file.keys().includes('_layer_checkpoint_dependencies');
    const hint = isNewer ? 'Keras 3 wrote it; save it as model.save("weights.h5") instead of .weights.h5.' : undefined;
    return unreadable(path, 'it is HDF5, but no group has the attribute "layer_names" of Keras', hint);
  }
  return unique(path, names).flatMap((name) => readGroup(path, root, name));
}

function readGroup(path: string, root: Group, layer: string): readonly FileLayer[] {
  const group = root.get(layer);
  if (!isGroup(group)) return unreadable(path, `the group of layer "${layer}" is missing`);
  const names = unique(path, readNames(group, 'weight_names') ?? []);
  const tensors = names.map((name) => readTensor(path, group, name));
  const owners = tensors.map(({ name }) => splitName(name)[0]);
  const isModel = new Set(owners).size > 1;
  return gatherLayers(tensors.map((tensor, index) => [isModel ? (owners[index] ?? layer) : layer, tensor]));
}

function readTensor(path: string, group: Group, name: string): FileTensor {
  const dataset = group.get(name);
  if (!isDataset(dataset)) return unreadable(path, `tensor "${name}" is missing`);
  const { type, size, shape } = dataset.metadata;
  if (type !== FLOAT.type || size !== FLOAT.bytes) {
    const kind = type === FLOAT.type ? `float${String(8 * size)}` : 'of no floating-point type';
    return unreadable(path, `tensor "${name}" is ${kind}`, 'Convert the model to float32 before it is saved.');
  }
  const data = dataset.value;
  if (!(data instanceof Float32Array)) return unreadable(path, `tensor "${name}" has no values`);
  return { name, shape: shape ?? [], data };
}

/** A list of texts in an attribute. One too long for a header is spread over `layer_names0`, `layer_names1` and so on. */
function readNames(group: Group, attribute: string): readonly string[] | undefined {
  const { attrs } = group;
  const whole = attrs[attribute];
  if (whole !== undefined) return texts(whole.value);
  const parts: string[] = [];
  let part = attrs[`${attribute}0`];
  if (part === undefined) return undefined;
  for (let count = 1; part !== undefined; count += 1) {
    parts.push(...texts(part.value));
    part = attrs[`${attribute}${String(count)}`];
  }
  return parts;
}

function unique(path: string, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) unreadable(path, `"${name}" is listed twice`);
    seen.add(name);
  }
  return names;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isGroup(entity: Entity | null): entity is Group {
  return entity !== null && 'type' in entity && entity.type.valueOf() === 'Group';
}

function isDataset(entity: Entity | null): entity is Dataset {
  return entity !== null && 'type' in entity && entity.type.valueOf() === 'Dataset';
}

/** The innermost cause in the library's list of calls. */
function asReason(error: Error): Error {
  const causes = [...error.message.matchAll(/#\d+: .*\(\): (.*)/g)];
  return causes.length === 0 ? error : new Error(causes.at(-1)?.[1] ?? error.message);
}
