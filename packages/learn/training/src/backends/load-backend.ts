import { fail } from '@archon-dse/core';
import type { TensorBackend } from '@archon-dse/tensor';

export interface BackendOptions {
  /** Threads of one training; 1 unless given, as the points of a sweep run beside each other. Of `onnx` only. */
  readonly threads?: number;
}

/** A backend one can choose. */
export interface BackendEntry {
  readonly id: string;
  /** The npm package to install. */
  readonly name: string;
  /** Whether it may be taken without being named. */
  readonly isAutomatic: boolean;
  /** How to get it, where more than its package is needed. */
  readonly advice?: string;
  load(options: BackendOptions): Promise<TensorBackend>;
}

/** Every backend, automatic ones in the order they are tried. */
export const BACKENDS: readonly BackendEntry[] = [
  {
    id: 'onnx',
    name: '@archon-dse/backend-onnx',
    isAutomatic: true,
    load: ({ threads = 1 }) => loadOnnx(threads),
  },
  { id: 'tfjs', name: '@archon-dse/backend-tfjs', isAutomatic: true, load: () => loadTfjs() },
  {
    id: 'onnx-cuda',
    name: 'onnxruntime-node',
    isAutomatic: false,
    advice:
      'on Linux x64 with an NVIDIA GPU, CUDA 12 and cuDNN 9: npm rebuild onnxruntime-node --ignore-scripts=false, which downloads the CUDA provider',
    load: ({ threads = 1 }) => loadOnnx(threads, ['cuda', 'cpu']),
  },
  {
    id: 'onnx-webgpu',
    name: 'onnxruntime-node',
    isAutomatic: false,
    advice: 'install a GPU driver for Vulkan, Metal or Direct3D 12; experimental',
    load: ({ threads = 1 }) => loadOnnx(threads, ['webgpu']),
  },
  {
    id: 'tfjs-node',
    name: '@tensorflow/tfjs-node',
    isAutomatic: false,
    advice:
      'with Node below 23: npm install @tensorflow/tfjs-node --ignore-scripts=false, which downloads TensorFlow from outside the registry',
    load: () => loadTfjs('node'),
  },
  { id: 'tfjs-wasm', name: '@archon-dse/backend-tfjs', isAutomatic: false, load: () => loadTfjs('wasm') },
  { id: 'tfjs-cpu', name: '@archon-dse/backend-tfjs', isAutomatic: false, load: () => loadTfjs('cpu') },
  {
    id: 'reference',
    name: '@archon-dse/tensor',
    isAutomatic: false,
    load: async () => (await import('@archon-dse/tensor/testing')).referenceBackend,
  },
];

/** What `loadBackend` accepts. `tfjs-cpu` and `reference` are hundreds of times slower and there to compare with. */
export const BACKEND_IDS: readonly string[] = ['auto', ...BACKENDS.map(({ id }) => id)];

/**
 * Loads a training backend; only then is its package imported. The id of what it returns is that of the list, so results of
 * `tfjs-wasm` and `tfjs-cpu` can be told apart.
 *
 * @param id - `auto` for the first one that works, or one of {@link BACKEND_IDS}
 * @param entries - the list to choose from
 * @throws ArchonError ARCHON_BACKEND_NOT_FOUND saying why each could not be loaded and what to install
 */
export async function loadBackend(
  id: string,
  options: BackendOptions = {},
  entries: readonly BackendEntry[] = BACKENDS,
): Promise<TensorBackend> {
  const candidates = entries.filter((entry) => (id === 'auto' ? entry.isAutomatic : entry.id === id));
  const problems: string[] = [];
  for (const entry of candidates) {
    try {
      return { ...(await entry.load(options)), id: entry.id };
    } catch (error) {
      problems.push(`${entry.name}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}`);
    }
  }
  return fail({
    code: 'ARCHON_BACKEND_NOT_FOUND',
    message: [`no training backend "${id}" can be used`, ...problems].join('; '),
    expected: `one of: ${['auto', ...entries.map((entry) => entry.id)].join(', ')}`,
    ...(candidates.length === 0 ? {} : { hint: candidates.map(adviceFor).join('; ') }),
  });
}

/** What to do where a backend cannot be used. */
export function adviceFor({ name, advice }: BackendEntry): string {
  return advice ?? `npm install ${name}`;
}

/** With execution providers of its own, ONNX Runtime finds out only at the first step whether there is a device for them. */
async function loadOnnx(intraOpNumThreads: number, executionProviders?: readonly string[]): Promise<TensorBackend> {
  const { onnxBackend } = await import('@archon-dse/backend-onnx');
  if (executionProviders === undefined) return onnxBackend({ intraOpNumThreads });
  const backend = await onnxBackend({ intraOpNumThreads, executionProviders, runtime: 'native' });
  const { tryTraining } = await import('./trial-training.js');
  await tryTraining(backend, 0);
  return backend;
}

async function loadTfjs(runtime?: 'node' | 'wasm' | 'cpu'): Promise<TensorBackend> {
  return (await import('@archon-dse/backend-tfjs')).tfjsBackend(runtime === undefined ? {} : { runtime });
}
