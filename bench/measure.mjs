import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { markdownTable } from 'markdown-table';

/** CPU seconds this process has used, user and system. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs `work` until at least `seconds` of CPU time are used; returns CPU seconds per call, after one warm-up of a tenth of it. */
export function perCall(work, seconds = 1) {
  repeat(work, seconds / 10);
  return repeat(work, seconds);
}

function repeat(work, seconds) {
  const start = cpuSeconds();
  let calls = 0;
  let batch = 1;
  for (;;) {
    for (let i = 0; i < batch; i++) work();
    calls += batch;
    const used = cpuSeconds() - start;
    if (used >= seconds) return used / calls;
    if (used < seconds / 100) batch *= 2;
  }
}

/**
 * Runs a program to its end; the shell tells the CPU time, that of all processes the program waited for included.
 *
 * @returns what it printed, and seconds of time and of CPU time
 * @throws Error with what it said when it fails
 */
export async function timed(program, args, options = {}) {
  const script = '"$@"; status=$?; times >&3; exit $status';
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'];
  const start = performance.now();
  const child = spawn('sh', ['-c', script, 'sh', program, ...args], { ...options, stdio });
  const [stdout, stderr, times, [status]] = await Promise.all([
    ...child.stdio.slice(1).map((stream) => text(stream)),
    once(child, 'close'),
  ]);
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')}\n${stdout}${stderr}`);
  const ofChildren = times.split('\n')[1].matchAll(/(\d+)m([\d.]+)s/g);
  const cpuSeconds = [...ofChildren].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0);
  return { stdout, seconds: (performance.now() - start) / 1000, cpuSeconds };
}

/** A Markdown table. */
export const table = (head, rows) => markdownTable([head, ...rows].map((cells) => cells.map(String)));

export const count = (value) => Math.round(value).toLocaleString('en-US');
export const ms = (seconds) => `${(seconds * 1000).toPrecision(3)} ms`;
