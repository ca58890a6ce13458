import { ArchonError, fail } from '@archon-dse/core';
import type { TensorValue } from '@archon-dse/tensor';

/** A tensor of a file, with the name it has there. */
export interface FileTensor extends TensorValue {
  readonly name: string;
}

/** A layer of a file with its tensors by part: `kernel`, `bias`, `gamma`, `beta`, `mean`, `variance`, or what the file calls it. */
export interface FileLayer {
  readonly name: string;
  readonly tensors: Readonly<Record<string, FileTensor>>;
}

/** What a file of weights holds. */
export interface WeightFile {
  readonly path: string;
  /** Layers that have tensors, in the order of the file. */
  readonly layers: readonly FileLayer[];
}

/** How Keras calls the parts whose names are not ours. */
const KERAS_PARTS: Readonly<Record<string, string>> = {
  depthwise_kernel: 'kernel',
  moving_mean: 'mean',
  moving_variance: 'variance',
};

/**
 * Layer and part of a tensor's name: `b1.expand` and `kernel` of `b1.expand/kernel`, `dw/dw` and `kernel` of `dw/dw/depthwise_kernel:0`.
 */
export function splitName(name: string): readonly [layer: string, part: string] {
  const slash = name.lastIndexOf('/');
  const part = name.slice(slash + 1).replace(/:\d+$/, '');
  return [name.slice(0, Math.max(0, slash)), KERAS_PARTS[part] ?? part];
}

/** Gathers tensors, each with the name of its layer, into layers. */
export function gatherLayers(tensors: Iterable<readonly [layer: string, tensor: FileTensor]>): readonly FileLayer[] {
  const layers = new Map<string, Map<string, FileTensor>>();
  for (const [layer, tensor] of tensors) {
    const parts = layers.get(layer) ?? new Map<string, FileTensor>();
    const [, part] = splitName(tensor.name);
    parts.set(parts.has(part) ? tensor.name : part, tensor);
    layers.set(layer, parts);
  }
  return [...layers].map(([name, parts]) => ({ name, tensors: Object.fromEntries(parts) }));
}

/**
 * Runs a reader; whatever it throws becomes an error about the file.
 *
 * @throws ArchonError ARCHON_WEIGHTS_INVALID
 */
export async function attemptRead<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ArchonError) throw error;
    return unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

/** @throws ArchonError ARCHON_WEIGHTS_INVALID */
export function unreadable(path: string, problem: string, hint?: string): never {
  return fail({
    code: 'ARCHON_WEIGHTS_INVALID',
    message: `"${path}" holds no weights that can be read: ${problem}`,
    expected: 'float32 weights in a Keras HDF5 file (.h5) or a safetensors file',
    ...(hint === undefined ? {} : { hint }),
  });
}
