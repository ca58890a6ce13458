/** What a newcomer waits for, and what it takes on the disk: from tarballs in an empty folder to a report, and on to one with a plugin. */
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack, publishedPackages } from '../tools/packages.mjs';
import { startRegistry } from '../tools/registry.mjs';
import { table, timed } from './measure.mjs';
import { rerunSeconds } from './rerun.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Command lines in the order they are typed, and where. */
const STEPS = [
  ['npm install archon-dse', '.'],
  ['npx archon sweep node_modules/archon-dse/sweeps/quickstart.yaml', '.'],
  ['npm create archon-plugin my-plugin', '.'],
  ['npm install', 'my-plugin'],
  ['npm test', 'my-plugin'],
  ['npm run build', 'my-plugin'],
  ['npm run sweep', 'my-plugin'],
];

/** Everything twice, since npm fetches what it has never seen: the second time counts. */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  const published = publishedPackages(root);
  const tarballs = pack(root, published.map((each) => each.folder), folder); // prettier-ignore
  const registry = await startRegistry(published.map(({ manifest }, i) => ({ manifest, tarball: tarballs[i] })));
  try {
    let rows = [];
    for (const name of ['first', 'second']) rows = await walk(join(folder, name), registry.environment);
    return table(['in', 'command', 's', 'CPU s', 'packages', 'MB'], rows);
  } finally {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function walk(folder, environment) {
  mkdirSync(folder);
  const env = { ...environment, ARCHON_CACHE_DIR: join(folder, 'cache') };
  const rows = [];
  for (const [command, where] of STEPS) {
    const cwd = join(folder, where);
    const { seconds, cpuSeconds } = await timed('sh', ['-c', command], { cwd, env });
    const size = command.startsWith('npm install') ? installed(join(cwd, 'node_modules')) : ['', ''];
    rows.push([where, `\`${command}\``, seconds.toFixed(1), cpuSeconds.toFixed(1), ...size]);
  }
  const plugin = join(folder, 'my-plugin');
  const again = await rerunSeconds(join(plugin, 'dist/lanes.js'), { cwd: plugin, env });
  rows.push(['my-plugin', 'a change under `npx archon dev sweep.yaml`', again.toFixed(1), '', '', '']);
  return rows;
}

/** How many packages there are, and the MB of disk they take. */
function installed(modules) {
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  const entries = readdirSync(modules, { recursive: true }).map((name) => lstatSync(join(modules, name)));
  const bytes = entries.filter((entry) => entry.isFile()).reduce((sum, { blocks }) => sum + 512 * blocks, 0);
  return [Object.keys(packages).length, (bytes / 1e6).toFixed(0)];
}
