import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@archon-dse/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHON, archon, countRecords, journalOf, root, temporaryFolder } from './workspace.js';

/** 160 points of 40 ms: some seconds with two threads, and several blocks of results. */
const POINTS = 160;
const SWEEP = `
apiVersion: archon/v1
name: killed
plugins: [${JSON.stringify(join(root, 'packages/host/runner/fixtures/tiny'))}]
networks: [{ use: fixture/tiny, axes: { width: [4, 8, 12, 16] } }]
accelerators: [{ use: fixture/mac, options: { delayMs: 40 }, axes: { macs: { from: 1, to: 40, step: 1 } } }]
objectives: [cycles, areaUm2]
groupBy: network.options.width
executor: { kind: workerpool, workers: 2 }
`;
const REPORT_FILES = ['report.html', 'summary.json', 'pareto.csv', 'report.md', 'front.svg'];
const KILLS = 3;

const folder = temporaryFolder();
afterAll(folder.remove);
const at = (name: string): string => join(folder.path, name);
const file = at('sweep.yaml');
writeFileSync(file, SWEEP);

/** Kills a run at any moment after it has added records. @returns whether it was still running */
async function killAtRandom(out: string, random: () => number): Promise<boolean> {
  const before = countRecords(out);
  const child = spawn(process.execPath, [ARCHON, 'sweep', file, '--out', out], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (countRecords(out) === before && child.exitCode === null) await sleep(10);
  await Promise.race([ended, sleep(700 * random())]);
  const isRunning = child.exitCode === null;
  child.kill('SIGKILL');
  await ended;
  return isRunning;
}

describe('a sweep that is killed again and again', () => {
  const undisturbed = at('undisturbed');
  const filesOf = (out: string) => REPORT_FILES.map((name) => readFileSync(join(out, name), 'utf8'));

  beforeAll(() => {
    expect(archon(['sweep', file, '--out', undisturbed])).toMatchObject({ status: 0 });
  });

  it.each([1, 2])(
    'comes to the same records and the same report, seed %i',
    async (seed) => {
      const random = seededRandom(seed, 'kills');
      const out = at(`killed-${String(seed)}`);
      let kills = 0;
      for (let run = 0; run < KILLS; run += 1) kills += (await killAtRandom(out, random)) ? 1 : 0;
      expect(kills).toBeGreaterThan(0);
      expect(archon(['sweep', file, '--out', out])).toMatchObject({ status: 0 });
      expect(journalOf(out)).toHaveLength(POINTS);
      expect(countRecords(out)).toBe(POINTS); // none was evaluated again that was there
      expect(journalOf(out)).toEqual(journalOf(undisturbed));
      expect(filesOf(out)).toEqual(filesOf(undisturbed));
    },
    180_000,
  );
});
