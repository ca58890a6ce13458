import type { TensorBackend } from '@archon-dse/tensor';
import { importPart, type Part } from './parts.js';

export interface BackendOptions {
  /** Threads of one training; 1 unless given, as the points of a sweep run beside each other. Of `onnx` only. */
  readonly threads?: number;
}

/** A backend one can choose. */
export interface BackendEntry {
  readonly id: string;
  /** The npm package it computes with. */
  readonly name: string;
  /** The optional package of ours it is in; none where it is always there. */
  readonly part?: Part;
  /** Whether it may be taken without being named. */
  readonly isAutomatic: boolean;
  /** How to get it, where more than its package is needed. */
  readonly advice?: string;
  load(options: BackendOptions): Promise<TensorBackend>;
}

const ONNX = '@archon-dse/backend-onnx';
const TFJS = '@archon-dse/backend-tfjs';

/** Every backend, automatic ones in the order they are tried. */
export const BACKENDS: readonly BackendEntry[] = [
  { id: 'onnx', name: ONNX, part: ONNX, isAutomatic: true, load: ({ threads = 1 }) => loadOnnx(threads) },
  { id: 'tfjs', name: TFJS, part: TFJS, isAutomatic: true, load: () => loadTfjs() },
  {
    id: 'onnx-cuda',
    name: 'onnxruntime-node',
    part: ONNX,
    isAutomatic: false,
    advice:
      'on Linux x64 with an NVIDIA GPU, CUDA 12 and cuDNN 9: npm rebuild onnxruntime-node --ignore-scripts=false, which downloads the CUDA provider',
    load: ({ threads = 1 }) => loadOnnx(threads, ['cuda', 'cpu']),
  },
  {
    id: 'onnx-webgpu',
    name: 'onnxruntime-node',
    part: ONNX,
    isAutomatic: false,
    advice: 'install a GPU driver for Vulkan, Metal or Direct3D 12; experimental',
    load: ({ threads = 1 }) => loadOnnx(threads, ['webgpu']),
  },
  {
    id: 'tfjs-node',
    name: '@tensorflow/tfjs-node',
    part: TFJS,
    isAutomatic: false,
    advice:
      'with Node below 23: npm install @tensorflow/tfjs-node --ignore-scripts=false, which downloads TensorFlow from outside the registry',
    load: () => loadTfjs('node'),
  },
  { id: 'tfjs-wasm', name: TFJS, part: TFJS, isAutomatic: false, load: () => loadTfjs('wasm') },
  { id: 'tfjs-cpu', name: TFJS, part: TFJS, isAutomatic: false, load: () => loadTfjs('cpu') },
  {
    id: 'reference',
    name: '@archon-dse/tensor',
    isAutomatic: false,
    load: async () => (await import('@archon-dse/tensor/testing')).referenceBackend,
  },
];

/** What `loadBackend` accepts. `tfjs-cpu` and `reference` are hundreds of times slower and there to compare with. */
export const BACKEND_IDS: readonly string[] = ['auto', ...BACKENDS.map(({ id }) => id)];

/** Those that an id may stand for: of `auto` the automatic ones. */
export function candidatesFor(id: string, entries: readonly BackendEntry[]): readonly BackendEntry[] {
  return entries.filter((entry) => (id === 'auto' ? entry.isAutomatic : entry.id === id));
}

/** With execution providers of its own, ONNX Runtime finds out only at the first step whether there is a device for them. */
async function loadOnnx(intraOpNumThreads: number, executionProviders?: readonly string[]): Promise<TensorBackend> {
  const { onnxBackend } = await importPart(ONNX);
  if (executionProviders === undefined) return onnxBackend({ intraOpNumThreads });
  const backend = await onnxBackend({ intraOpNumThreads, executionProviders, runtime: 'native' });
  const { tryTraining } = await import('./trial-training.js');
  await tryTraining(backend, 0);
  return backend;
}

async function loadTfjs(runtime?: 'node' | 'wasm' | 'cpu'): Promise<TensorBackend> {
  return (await importPart(TFJS)).tfjsBackend(runtime === undefined ? {} : { runtime });
}
