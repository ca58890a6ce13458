import { fail } from '@archon-dse/core';
import type { TensorBackend } from '@archon-dse/tensor';

export interface BackendOptions {
  /** Threads of one training; 1 unless given, as the points of a sweep run beside each other. */
  readonly threads?: number;
}

interface BackendPackage {
  readonly id: string;
  /** The npm package to install. */
  readonly name: string;
  /** Whether it may be taken without being named. */
  readonly isAutomatic: boolean;
  load(options: BackendOptions): Promise<TensorBackend>;
}

/** Every backend, in the order they are tried. */
const BACKENDS: readonly BackendPackage[] = [
  {
    id: 'onnx',
    name: '@archon-dse/backend-onnx',
    isAutomatic: true,
    load: async ({ threads = 1 }) =>
      (await import('@archon-dse/backend-onnx')).onnxBackend({ intraOpNumThreads: threads }),
  },
  {
    id: 'reference',
    name: '@archon-dse/tensor',
    isAutomatic: false,
    load: async () => (await import('@archon-dse/tensor/testing')).referenceBackend,
  },
];

/** What `loadBackend` accepts. The reference is hundreds of times slower and there to compare with. */
export const BACKEND_IDS: readonly string[] = ['auto', ...BACKENDS.map(({ id }) => id)];

/**
 * Loads a training backend; only then is its package imported.
 *
 * @param id - `auto` for the first one that works, or one of {@link BACKEND_IDS}
 * @param packages - the list to choose from
 * @throws ArchonError ARCHON_BACKEND_NOT_FOUND saying why each could not be loaded and what to install
 */
export async function loadBackend(
  id: string,
  options: BackendOptions = {},
  packages: readonly BackendPackage[] = BACKENDS,
): Promise<TensorBackend> {
  const candidates = packages.filter((backend) => (id === 'auto' ? backend.isAutomatic : backend.id === id));
  const problems: string[] = [];
  for (const { name, load } of candidates) {
    try {
      return await load(options);
    } catch (error) {
      problems.push(`${name}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}`);
    }
  }
  return fail({
    code: 'ARCHON_BACKEND_NOT_FOUND',
    message: [`no training backend "${id}" can be used`, ...problems].join('; '),
    expected: `one of: ${['auto', ...packages.map((backend) => backend.id)].join(', ')}`,
    ...(candidates.length === 0 ? {} : { hint: `npm install ${candidates.map(({ name }) => name).join(' ')}` }),
  });
}
