/** The reproduction of the publication, and how fast ARCHON points are once their layers are cached. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { evaluatePoint } from '@archon-dse/engine';
import { expandSweep, loadSweep, nodeContext } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { count, cpuSeconds, table } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/host/cli');

export function reproduction() {
  const start = performance.now();
  const { stdout } = spawnSync(process.execPath, [join(cli, 'bin/archon.js'), 'reproduce', 'ics21', '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  const { tables } = JSON.parse(stdout);
  const sum = (key) => tables.reduce((total, row) => total + row[key], 0);
  return table(
    ['published cells', 'matched', 'wall s'],
    [[count(sum('cells')), count(sum('matched')), seconds.toFixed(1)]],
  );
}

export async function cachedPoints() {
  const rows = [];
  for (const name of ['quickstart', 'archon-pe-scaling']) {
    const host = { plugins: BUILTIN_PLUGINS, directories: [cli] };
    const { sweep, plugins } = await loadSweep(join(root, 'sweeps', `${name}.yaml`), host);
    const { jobs } = expandSweep(sweep, plugins.registry);
    const points = jobs.slice(0, 100).map(({ point }) => point);
    const context = nodeContext(plugins.registry);
    const pass = async () => {
      // Copies, as a worker receives them: nothing is found again because it is the same object.
      const received = structuredClone(points);
      const start = cpuSeconds();
      for (const point of received) await evaluatePoint(point, context);
      return points.length / (cpuSeconds() - start);
    };
    const cold = await pass();
    let warm = 0;
    for (let i = 0; i < 10; i++) warm = Math.max(warm, await pass());
    rows.push([name, points.length, count(cold), count(warm)]);
  }
  return table(['sweep', 'points', 'points/s/core, cold', 'points/s/core, layers cached'], rows);
}
