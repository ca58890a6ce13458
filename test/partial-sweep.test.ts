import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

/** Points of one network on eight arrays, each a moment's work. */
const SWEEP = `
apiVersion: archon/v1
name: partial
networks:
  - { use: mobilenet-v2, options: { resolution: 16, classes: 4, width: 0.1 } }
accelerators:
  - { use: dense, axes: { meshX: [2, 4, 6, 8], glbKib: [64, 108] } }
objectives: [cycles, energyPj]
executor: { kind: serial }
`;
const NOTICE = (points: number): string =>
  `This covers ${points} of 8 points of the sweep: ${8 - points} are not evaluated`;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sweep.yaml');
writeFileSync(file, SWEEP);
const out = join(folder.path, 'out');
const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const sweep = (...flags: readonly string[]) => archonHere(['sweep', file, '--out', out, ...flags]);

describe('a sweep of which only some points were evaluated', () => {
  it('says so in the terminal and in every summary', async () => {
    const { stdout } = await sweep('--limit', '2');
    expect(stdout).toContain('partial: 2 of 8 points ok\n');
    expect(stdout).toContain(NOTICE(2));
    expect(JSON.parse(read('summary.json'))).toMatchObject({ complete: false, counts: { points: 2, total: 8 } });
    expect(read('report.md')).toContain(NOTICE(2));
    expect(read('report.html')).toContain('<title>partial, 2 of 8 points');
    expect(read('front.svg')).toContain('partial (2 of 8 points)');
  });

  it('says so when its report is written again', async () => {
    const { stdout } = await archonHere(['report', out]);
    expect(stdout).toContain('partial: 2 of 8 points\n');
    expect(stdout).toContain(NOTICE(2));
    expect(read('report.md')).toContain(NOTICE(2));
  });

  it('holds every point it has, whatever the limit of the last run, and is no other sweep for it', async () => {
    const more = JSON.parse((await sweep('--limit', '5', '--json')).stdout) as object;
    expect(more).toMatchObject({ sweepChanged: false, counts: { total: 8, ok: 5 }, summary: { points: 5, total: 8 } });
    const fewer = JSON.parse((await sweep('--limit', '1', '--json')).stdout) as object;
    expect(fewer).toMatchObject({ sweepChanged: false, counts: { total: 8, ok: 5, skipped: 5 } });
    expect(read('report.md')).toContain(NOTICE(5));
  });

  it('says nothing of the kind once it is whole', async () => {
    const { stdout } = await sweep();
    expect(stdout).toContain('partial: 8 of 8 points ok, 5 from an earlier run\n');
    expect(JSON.parse(read('summary.json'))).toMatchObject({ complete: true, counts: { points: 8, total: 8 } });
    const texts = [stdout, read('report.md'), read('report.html'), read('front.svg')];
    expect(texts.filter((text) => /of 8 points(?! ok)|This covers \d/.test(text))).toEqual([]);
  });
});
