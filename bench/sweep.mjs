/** Points per second and peak memory of a sweep, run as a user would. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from './measure.mjs';

export const cores = availableParallelism();

const root = fileURLToPath(new URL('..', import.meta.url));

export async function quickstart() {
  const rows = [];
  for (const workers of [1, 2]) {
    const { seconds, points, peakMib } = await runSweep(join(root, 'sweeps/quickstart.yaml'), workers);
    rows.push([
      workers,
      points,
      seconds.toFixed(1),
      (points / seconds).toFixed(1),
      peakMib === undefined ? '-' : Math.round(peakMib),
    ]);
  }
  return table(['workers', 'points', 'wall s, start-up and report included', 'points/s', 'peak MiB'], rows);
}

/** The sweeps of ARCHON in full, on all cores. */
export async function sweeps() {
  const rows = [];
  for (const name of ['paper-cifar10', 'archon-pe-scaling', 'width-prune']) {
    const { seconds, points, failed, peakMib } = await runSweep(join(root, 'sweeps', `${name}.yaml`), cores);
    const rate = (points / seconds).toFixed(1);
    rows.push([name, points, failed, seconds.toFixed(1), rate, peakMib === undefined ? '-' : Math.round(peakMib)]);
  }
  return table(['sweep', 'points', 'failed', 'wall s, start-up and report included', 'points/s', 'peak MiB'], rows);
}

async function runSweep(file, workers) {
  const folder = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  const env = { ...process.env, ARCHON_CACHE_DIR: join(folder, 'cache') }; // a first sweep: nothing is known
  const args = [
    join(root, 'packages/host/cli/bin/archon.js'),
    'sweep',
    file,
    '--out',
    join(folder, 'out'),
    '--workers',
    String(workers),
    '--json',
  ];
  const start = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const peak = watchMemory(child);
  await ended;
  const seconds = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  const { ok, failed } = JSON.parse(text).counts;
  return { seconds, points: ok, failed, peakMib: await peak };
}

/** Highest resident memory of a process in MiB, where the system tells (Linux). */
async function watchMemory(child) {
  let peak;
  while (child.exitCode === null) {
    try {
      const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      if (kib !== undefined) peak = Number(kib) / 1024;
    } catch {
      return peak;
    }
    await sleep(50);
  }
  return peak;
}
