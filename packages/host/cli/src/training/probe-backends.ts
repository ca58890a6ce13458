import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BackendReport } from '@archon-dse/training';

/**
 * Measures the training backends in a process of its own: native libraries without a device write to stderr past all settings, and what
 * crashes there leaves the caller unharmed.
 */
export async function probeBackends(): Promise<readonly BackendReport[]> {
  const probe = fileURLToPath(new URL('backend-probe.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [probe]);
  return JSON.parse(stdout) as readonly BackendReport[];
}
