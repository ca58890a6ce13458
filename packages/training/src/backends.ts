import { fail } from '@archon-dse/core';
import type { TensorBackend } from '@archon-dse/tensor';

interface BackendPackage {
  readonly id: string;
  /** What is imported, and the member of it that is the backend. */
  readonly module: string;
  readonly member: string;
  /** Whether it may be taken without being named. */
  readonly isAutomatic: boolean;
}

/** Every backend, in the order they are tried. */
export const BACKENDS: readonly BackendPackage[] = [
  { id: 'onnx', module: '@archon-dse/backend-onnx', member: 'onnxBackend', isAutomatic: true },
  { id: 'reference', module: '@archon-dse/tensor/testing', member: 'referenceBackend', isAutomatic: false },
];

export const BACKEND_IDS: readonly string[] = ['auto', ...BACKENDS.map(({ id }) => id)];

/**
 * Loads a training backend.
 *
 * @param id - `auto` for the first one that is installed, or an id of {@link BACKENDS}
 * @throws ArchonError ARCHON_BACKEND_NOT_FOUND saying why each could not be loaded and what to install
 */
export async function loadBackend(id = 'auto', packages = BACKENDS): Promise<TensorBackend> {
  const candidates = packages.filter((backend) => (id === 'auto' ? backend.isAutomatic : backend.id === id));
  const problems: string[] = [];
  for (const { module, member } of candidates) {
    try {
      const backend = ((await import(module)) as Record<string, TensorBackend | undefined>)[member];
      if (backend !== undefined) return backend;
      problems.push(`${module} has no ${member}`);
    } catch (error) {
      problems.push(`${module}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}`);
    }
  }
  return fail({
    code: 'ARCHON_BACKEND_NOT_FOUND',
    message: [`no training backend "${id}" can be used`, ...problems].join('; '),
    expected: `one of: ${['auto', ...packages.map((backend) => backend.id)].join(', ')}`,
    hint: `npm install ${packages[0]?.module ?? ''}`,
  });
}
