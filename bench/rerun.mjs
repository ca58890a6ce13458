import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const RUNS = 5;
/** Nobody saves faster than this; what loads ahead of the next run is done by then. */
const PAUSE_MS = 5000;

/**
 * From the change of a file to the end of the next run of `archon dev`, in seconds; the least of several.
 *
 * @param file - code of the plugin; it gets a comment, and every point is evaluated again
 * @param options - where the sweep is, and the environment
 */
export async function rerunSeconds(file, options) {
  const before = readFileSync(file, 'utf8');
  const dev = spawn('npx', ['archon', 'dev', 'sweep.yaml', '--runs', String(RUNS + 1)], options);
  const ended = once(dev, 'close');
  let runs = 0;
  dev.stderr.on('data', (data) => (runs += data.toString().split('Watching').length - 1));
  dev.stdout.resume();
  const done = async (wanted) => {
    while (runs < wanted && dev.exitCode === null) await sleep(5);
  };
  const seconds = [];
  for (let run = 1; run <= RUNS; run++) {
    await done(run);
    await sleep(PAUSE_MS);
    const start = performance.now();
    writeFileSync(file, `${before}// ${run}\n`);
    await done(run + 1);
    seconds.push((performance.now() - start) / 1000);
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`archon dev has ended with ${status}`);
  writeFileSync(file, before);
  return Math.min(...seconds);
}
