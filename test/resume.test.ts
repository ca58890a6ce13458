import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHON, archon, journalOf, temporaryFolder } from './workspace.js';

/** Small enough for a test, large enough to be killed half-way. */
const SWEEP = `
apiVersion: archon/v1
name: resume
networks:
  - use: mobilenet-v2
    axes: { width: [0.25, 0.5] }
accelerators:
  - use: dense
    axes: { meshX: [4, 8], meshY: { from: 6, to: 12, step: 3 }, glbKib: [64, 108] }
objectives: [cycles, energyPj, areaUm2]
groupBy: network.options.width
`;
const POINTS = 24;
const REPORT_FILES = ['report.html', 'summary.json', 'pareto.csv', 'report.md', 'front.svg'];

const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);
const file = at('sweep.yaml');

/** Complete lines in the journal so far. */
function recordsIn(out: string): number {
  const results = join(out, 'results');
  if (!existsSync(results)) return 0;
  return readdirSync(results)
    .map((name) => readFileSync(join(results, name), 'utf8').split('\n').length - 1)
    .reduce((sum, lines) => sum + lines, 0);
}

/** Starts the sweep and kills it with `signal` once `count` records are there. */
async function killAfter(count: number, out: string, signal: NodeJS.Signals): Promise<void> {
  const child = spawn(process.execPath, [ARCHON, 'sweep', file, '--out', out, '--workers', '2'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (recordsIn(out) < count && child.exitCode === null) await sleep(5);
  child.kill(signal);
  await ended;
}

describe('a sweep', () => {
  const undisturbed = at('undisturbed');
  const reports = (out: string): readonly string[] => REPORT_FILES.map((name) => readFileSync(join(out, name), 'utf8'));

  beforeAll(() => {
    writeFileSync(file, SWEEP);
    expect(archon(['sweep', file, '--out', undisturbed, '--workers', '2'])).toMatchObject({ status: 0 });
  });
  afterAll(() => {
    folder.remove();
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('ends the same after %s half-way and a second run', async (signal) => {
    const out = at(signal);
    await killAfter(POINTS / 3, out, signal);
    const before = recordsIn(out);
    expect(before).toBeGreaterThanOrEqual(POINTS / 3);
    expect(before).toBeLessThan(POINTS);

    const { status, stdout } = archon(['sweep', file, '--out', out, '--workers', '2', '--resume']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/from an earlier run/);
    const ids = journalOf(out).map(({ pointId }) => pointId);
    expect(new Set(ids).size).toBe(POINTS);
    expect(ids).toHaveLength(POINTS);
    expect(journalOf(out)).toEqual(journalOf(undisturbed));
    expect(reports(out)).toEqual(reports(undisturbed));
  });

  it('has the same records and report with one worker', () => {
    const out = at('one-worker');
    expect(archon(['sweep', file, '--out', out, '--workers', '1'])).toMatchObject({ status: 0 });
    expect(journalOf(out)).toEqual(journalOf(undisturbed));
    expect(reports(out)).toEqual(reports(undisturbed));
  });

  it('evaluates nothing when it is complete, and report writes the same files', () => {
    const before = journalOf(undisturbed);
    const files = reports(undisturbed);
    expect(archon(['sweep', file, '--out', undisturbed]).stdout).toContain(`${String(POINTS)} from an earlier run`);
    expect(archon(['report', undisturbed])).toMatchObject({ status: 0 });
    expect(journalOf(undisturbed)).toEqual(before);
    expect(reports(undisturbed)).toEqual(files);
  });

  it('says so when --resume finds nothing', () => {
    expect(archon(['sweep', file, '--out', at('nothing'), '--resume', '--json'])).toMatchObject({ status: 2 });
    expect(existsSync(at('nothing'))).toBe(false);
  });
});
