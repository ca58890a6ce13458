import { fileURLToPath } from 'node:url';
import { loadSweep, type Host } from '@archon-dse/runner';

/** A sweep that uses built-in plugins only. */
const SWEEP = fileURLToPath(new URL('../../sweeps/quickstart.yaml', import.meta.url));

/** Loads what every run needs, and no plugin but those that are built in: what reads, checks and reports a sweep. */
export async function loadEarly(host: Host): Promise<void> {
  await Promise.all([import('../sweep/write-report.js'), import('../sweep/sweep-text.js'), loadSweep(SWEEP, host)]);
}
