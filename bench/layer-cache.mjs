import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table, timed } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ARCHON = join(root, 'packages/host/cli/bin/archon.js');
const FILE = join(root, 'sweeps/archon-pe-scaling.yaml');
/** An axis of the sweep, and the same with one more value. */
const AXIS = 'addersPerPe: [4, 8, 16, 32]';
const WIDER = 'addersPerPe: [4, 8, 16, 32, 64]';

/** A sweep with no cache of layer results, with an empty one, with that of its first run, and with that of a smaller sweep. */
export async function layerCache() {
  const folder = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  try {
    const narrow = readFileSync(FILE, 'utf8');
    if (!narrow.includes(AXIS)) throw new Error(`${FILE} has no axis ${AXIS}`);
    const wide = join(folder, 'wide.yaml');
    writeFileSync(wide, narrow.replace(AXIS, WIDER));
    const rows = [];
    const measure = async (what, file, cache, bytes) => {
      const env = {
        ...process.env,
        ARCHON_CACHE_DIR: join(folder, cache),
        ...(bytes && { ARCHON_CACHE_BYTES: bytes }),
      };
      const args = [ARCHON, 'sweep', file, '--out', join(folder, String(rows.length)), '--json'];
      const { stdout, seconds, cpuSeconds } = await timed(process.execPath, args, { env });
      rows.push([what, JSON.parse(stdout).counts.ok, seconds.toFixed(1), cpuSeconds.toFixed(1)]);
    };
    await measure('archon-pe-scaling, no cache', FILE, 'none', '0');
    await measure('archon-pe-scaling, an empty cache', FILE, 'cache');
    await measure('archon-pe-scaling again', FILE, 'cache');
    await measure('one more value of an axis, no cache', wide, 'none', '0');
    await measure('one more value of an axis, that cache', wide, 'cache');
    return table(['', 'points', 's', 'CPU s'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
