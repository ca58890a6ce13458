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

/** A Markdown table. */
export const table = (head, rows) => markdownTable([head, ...rows].map((cells) => cells.map(String)));

export const count = (value) => Math.round(value).toLocaleString('en-US');
export const ms = (seconds) => `${(seconds * 1000).toPrecision(3)} ms`;
