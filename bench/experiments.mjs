/** All published experiments in one command at full width, on the smallest budget that uses everything there is. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUDGET = ['--epochs', '1', '--images', '8', '--batch', '8'];

export async function experiments() {
  const out = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  const args = [join(root, 'packages/host/cli/bin/archon.js'), 'run', join(root, 'sweeps/experiments'), ...BUDGET];
  const child = spawn(process.execPath, [...args, '--out', out, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const cpuSeconds = watchCpu(child);
  await ended;
  rmSync(out, { recursive: true });
  const { experiments, counts } = JSON.parse(text);
  const stages = experiments.flatMap((experiment) => experiment.stages);
  const trained = new Set(stages.map(({ checkpoint }) => checkpoint)).size;
  const cpu = (await cpuSeconds)?.toFixed(0) ?? '-';
  return table(
    ['experiments done', 'stages', 'trained, as they share', 'CPU s, start-up included'],
    [[`${counts.ok} of ${counts.total}`, stages.length, trained, cpu]],
  );
}

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process, user and system, where the system tells (Linux). */
async function watchCpu(child) {
  let seconds;
  while (child.exitCode === null) {
    try {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    } catch {
      return seconds;
    }
    await sleep(50);
  }
  return seconds;
}
