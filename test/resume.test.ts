import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHeld } from './processes.js';
import { archon, countRecords, journalOf, root, temporaryFolder } from './workspace.js';

/** Arrays that are mapped, and after them of each network points that can be held: a sweep is half-way as long as they are. */
const SWEEP = `
apiVersion: archon/v1
name: resume
plugins: [${JSON.stringify(join(root, 'packages/host/runner/fixtures/tiny'))}]
networks:
  - use: mobilenet-v2
    axes: { width: [0.25, 0.5] }
accelerators:
  - use: dense
    axes: { meshX: [4, 8], meshY: { from: 6, to: 12, step: 3 }, glbKib: [64, 108] }
  - use: fixture/mac
    axes: { macs: [2, 3] }
objectives: [cycles, energyPj, areaUm2]
groupBy: network.options.width
`;
const POINTS = 28;
const REPORT_FILES = ['report.html', 'summary.json', 'pareto.csv', 'report.md', 'front.svg'];

const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);
const file = at('sweep.yaml');

/** Starts the sweep and kills it with `signal` once `count` records are there. */
async function killAfter(count: number, out: string, signal: NodeJS.Signals): Promise<void> {
  const { command: sweep, letGo } = startHeld(['sweep', file, '--out', out, '--workers', '2'], folder.path);
  while (countRecords(out) < count && sweep.isRunning) await sleep(5);
  sweep.child.kill(signal);
  letGo();
  await sweep.ended;
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
    const before = countRecords(out);
    expect(before).toBeGreaterThanOrEqual(POINTS / 3);
    expect(before).toBeLessThan(POINTS);

    const { status, stdout } = archon(['sweep', file, '--out', out, '--workers', '2', '--resume']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/from an earlier run/);
    const ids = journalOf(out).map(({ pointId }) => pointId);
    expect(new Set(ids).size).toBe(POINTS);
    expect(countRecords(out)).toBe(POINTS);
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
