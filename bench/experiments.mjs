/** All published experiments in one command at full width, on the smallest budget that uses everything there is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { table, timed } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUDGET = ['--epochs', '1', '--images', '8', '--batch', '8'];

export async function experiments() {
  const out = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  const args = [join(root, 'packages/host/cli/bin/archon.js'), 'run', join(root, 'sweeps/experiments'), ...BUDGET];
  const { stdout, cpuSeconds } = await timed(process.execPath, [...args, '--out', out, '--json']);
  rmSync(out, { recursive: true });
  const { experiments, counts } = JSON.parse(stdout);
  const stages = experiments.flatMap((experiment) => experiment.stages);
  const trained = new Set(stages.map(({ checkpoint }) => checkpoint)).size;
  return table(
    ['experiments done', 'stages', 'trained, as they share', 'CPU s, start-up included'],
    [[`${counts.ok} of ${counts.total}`, stages.length, trained, cpuSeconds.toFixed(0)]],
  );
}
