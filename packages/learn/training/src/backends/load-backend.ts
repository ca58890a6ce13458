import { fail } from '@archon-dse/core';
import type { TensorBackend } from '@archon-dse/tensor';
import { BACKENDS, candidatesFor, type BackendEntry, type BackendOptions } from './backend-list.js';
import { partProblem } from './parts.js';

/**
 * Loads a training backend; only then is its package imported. The id of what it returns is that of the list, so results of
 * `tfjs-wasm` and `tfjs-cpu` can be told apart.
 *
 * @param id - `auto` for the first one that works, or one of `BACKEND_IDS`
 * @param entries - the list to choose from
 * @throws ArchonError ARCHON_BACKEND_NOT_FOUND saying why each could not be loaded and what to install
 */
export async function loadBackend(
  id: string,
  options: BackendOptions = {},
  entries: readonly BackendEntry[] = BACKENDS,
): Promise<TensorBackend> {
  const problems: string[] = [];
  for (const entry of candidatesFor(id, entries)) {
    try {
      return { ...(await entry.load(options)), id: entry.id };
    } catch (error) {
      problems.push(describeFailure(entry, error));
    }
  }
  return refuse(id, entries, problems);
}

/**
 * Sees to it that a backend is installed, without loading it: for mistakes that are found before anything runs.
 *
 * @throws ArchonError ARCHON_BACKEND_NOT_FOUND saying what to install
 */
export function requireBackend(id: string, entries: readonly BackendEntry[] = BACKENDS): void {
  const problems: string[] = [];
  for (const { part } of candidatesFor(id, entries)) {
    const missing = part === undefined ? undefined : partProblem(part);
    if (missing === undefined) return;
    problems.push(missing.problem);
  }
  refuse(id, entries, problems);
}

function refuse(id: string, entries: readonly BackendEntry[], problems: readonly string[]): never {
  const candidates = candidatesFor(id, entries);
  return fail({
    code: 'ARCHON_BACKEND_NOT_FOUND',
    message: [`no training backend "${id}" can be used`, ...problems].join('; '),
    expected: `one of: ${['auto', ...entries.map((entry) => entry.id)].join(', ')}`,
    ...(candidates.length === 0 ? {} : { hint: candidates.map(adviceFor).join(', or ') }),
  });
}

/** The first line of why a backend could not be loaded, under the name of its package. */
function describeFailure({ name, part }: BackendEntry, error: unknown): string {
  const missing = part === undefined ? undefined : partProblem(part);
  return missing?.problem ?? `${name}: ${firstLine(error)}`;
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** What to do where a backend cannot be used. */
export function adviceFor({ name, part, advice }: BackendEntry): string {
  const missing = part === undefined ? undefined : partProblem(part);
  return missing?.advice ?? advice ?? `npm install ${name}`;
}
