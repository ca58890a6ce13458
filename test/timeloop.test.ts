import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { searchThreads } from '../packages/host/cli/dist/timeloop/search-threads.js';
import { nestLine, prepareMapper } from '../packages/model/timeloop/dist/index.js';
import * as fixtures from '../packages/model/timeloop/src/test-fixtures.js';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

/** `archon timeloop` on files, as a user has them. */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

function write(...files: readonly { readonly name: string; readonly text: string }[]): readonly string[] {
  for (const { name, text } of files) writeFileSync(join(folder.path, name), text);
  return files.map(({ name }) => name);
}

const { TREE, COMPONENTS, EXPAND, MAPPING, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER } = fixtures;

/** Constraints that only say what each level keeps, and a layer whose mapspace is then large. */
const KEPT = {
  name: 'kept.yaml',
  text: CONSTRAINTS.text
    .split('\n')
    .filter((line) => !/type: (spatial|temporal)/.test(line))
    .join('\n'),
};
const LARGE = [
  TREE,
  COMPONENTS,
  { ...PROJECT, text: PROJECT.text.replace('"R":1,"S":1', '"R":3,"S":3') },
  KEPT,
  MAPPER,
];

describe('archon timeloop', () => {
  it('model prints one document, and what the files say without effect with it', async () => {
    const files = write(TREE, COMPONENTS, EXPAND, MAPPING);
    const { status, stdout, stderr } = await archonHere(['timeloop', 'model', ...files, '--json'], folder.path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const document = JSON.parse(stdout) as Record<string, unknown> & { levels: readonly object[] };
    expect(document).toMatchObject({ cycles: 24576, energyPj: expect.closeTo(25590669.31, 2) as number, notes: [] });
    expect(Object.keys(document)).toEqual([
      'cycles',
      'utilization',
      'energyPj',
      'areaUm2',
      'macEnergyPj',
      'leakagePj',
      'levels',
      'notes',
    ]);
    expect(document.levels[3]).toEqual({
      name: 'glb',
      dataSpace: 'Inputs',
      tile: 2048,
      instances: 1,
      reads: 16384,
      updates: 0,
      fills: 16384,
      energyPj: expect.closeTo(575602.69, 2) as number,
    });
  });

  it('runs the examples of its document', async () => {
    const example = (part: string): string => join(root, `docs/examples/timeloop-${part}.yaml`);
    const given = [example('array'), example('layer')];
    const model = await archonHere(['timeloop', 'model', ...given, example('mapping'), '--json']);
    expect(JSON.parse(model.stdout)).toMatchObject({
      cycles: 24576,
      energyPj: expect.closeTo(25590669.31, 2) as number,
    });
    const mapper = await archonHere(['timeloop', 'mapper', ...given, example('constraints'), '--json']);
    expect(JSON.parse(mapper.stdout)).toMatchObject({ cycles: 24576, proven: true });
  });

  it('mapper proves its result, and writes what scripts read', async () => {
    const files = write(TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER);
    const run = ['timeloop', 'mapper', ...files];
    const { stdout } = await archonHere([...run, '--json', '--timeloop-out', 'out/of'], folder.path);
    const found = JSON.parse(stdout) as { mapping: string; notes: readonly { location: { line: number } }[] };
    expect(found).toMatchObject({
      cycles: 32768,
      energyPj: expect.closeTo(32263618.56, 2) as number,
      proven: true,
      gap: 0,
    });
    expect(found.notes[0]?.location.line).toBe(1);
    const written = readdirSync(join(folder.path, 'out/of')).sort();
    expect(written).toEqual(
      ['ART.yaml', 'ERT.yaml', 'map+stats.xml', 'map.txt', 'map.yaml', 'stats.txt'].map(
        (kind) => `timeloop-mapper.${kind}`,
      ),
    );

    const given = write(TREE, COMPONENTS, PROJECT);
    for (const mapping of [
      ['--mapping', found.mapping],
      ['out/of/timeloop-mapper.map.yaml'],
      ['out/of/timeloop-mapper.map.txt'],
    ]) {
      const again = await archonHere(['timeloop', 'model', ...given, ...mapping, '--json'], folder.path);
      expect(JSON.parse(again.stdout)).toMatchObject({
        cycles: 32768,
        energyPj: expect.closeTo(32263618.56, 2) as number,
      });
    }
  });

  it('draws the nest and tells each level for people', async () => {
    const files = write(TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER);
    const { stdout, stderr } = await archonHere(['timeloop', 'mapper', ...files], folder.path);
    expect(stdout).toContain('32,768 cycles at 100.0% utilization, 32.264 uJ');
    expect(stdout).toContain('proven optimal in ');
    expect(stdout).toMatch(/psum +for M in \[0:8\) +Outputs 8 of 24 \(33\.3%\)/);
    expect(stdout).toMatch(/psum +Outputs +72 +31,744 +32,768 +2,048/);
    expect(stderr).toMatch(/^note: mapper\.yaml:1: no effect of algorithm/);
  });

  it('tells the size of a large mapspace, and stops a search that takes too long with how far its mapping may be off', async () => {
    const files = write(...LARGE);
    const run = await archonHere(
      ['timeloop', 'mapper', ...files, '--budget', '1', '--workers', '2', '--json'],
      folder.path,
    );
    const { proven, gap, seconds } = JSON.parse(run.stdout) as { proven: boolean; gap: number; seconds: number };
    expect(proven).toBe(false);
    expect(gap).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(20);
    expect(run.stderr).toMatch(/^[\d,]+ tilings to search: .*; it ends after 1 s at the latest\.$/m);
  });

  it('finds the same mapping with any number of threads', async () => {
    const search = prepareMapper([TREE, COMPONENTS, EXPAND, KEPT]);
    const { signal } = new AbortController();
    const found = await Promise.all(
      [1, 2, 3].map(async (workers) => {
        const shares = await searchThreads(search.mapspace, { workers, signal });
        expect(shares).toHaveLength(workers);
        const { report, best } = search.finish(shares.map(({ searched }) => searched));
        return { line: nestLine(report), evaluation: best.evaluation, proven: best.proven };
      }),
    );
    const { report, best } = search.run();
    const alone = { line: nestLine(report), evaluation: best.evaluation, proven: true };
    expect(found).toEqual([alone, alone, alone]);
  });

  it('ends the search of all threads with the best mapping so far when it is interrupted', async () => {
    const search = prepareMapper(LARGE);
    const stop = new AbortController();
    const shares = await searchThreads(search.mapspace, {
      workers: 2,
      signal: stop.signal,
      onProgress: ({ evaluated }) => {
        if (evaluated > 0) stop.abort();
      },
    });
    const { best } = search.finish(shares.map(({ searched }) => searched));
    expect(stop.signal.aborted).toBe(true);
    expect(best).toMatchObject({ found: true, proven: false });
  });

  it('reports mistakes at their line and writes nothing', async () => {
    const files = write(TREE, COMPONENTS, EXPAND, {
      name: 'map.yaml',
      text: MAPPING.text.replace('type: temporal, factors: Q=8', 'type: temporal, factor: Q=8'),
    });
    const { status, stderr } = await archonHere(['timeloop', 'model', ...files, '--timeloop-out', 'none'], folder.path);
    expect(status).toBe(2);
    expect(stderr).toMatch(/map\.yaml:2:.* ARCHON_TIMELOOP_UNKNOWN_KEY[^]*Did you mean "factors"\?/);
    expect(existsSync(join(folder.path, 'none'))).toBe(false);
  });

  it('refuses files given twice or not there, and shared halos without exact counts', async () => {
    const [file = ''] = write(TREE);
    expect((await archonHere(['timeloop', 'model', file, file], folder.path)).stderr).toContain('ARCHON_USAGE');
    expect((await archonHere(['timeloop', 'model', file, '--halo-sharing'], folder.path)).stderr).toContain(
      '--semantics exact beside it',
    );
    expect((await archonHere(['timeloop', 'mapper', 'no.yaml'], folder.path)).stderr).toContain(
      'ARCHON_FILE_NOT_FOUND',
    );
  });

  it('keeps a whole file when the folder cannot be written', async () => {
    const files = write(TREE, COMPONENTS, EXPAND, MAPPING);
    const { status, stderr } = await archonHere(
      ['timeloop', 'model', ...files, '--timeloop-out', 'arch.yaml'],
      folder.path,
    );
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_FILE_REFUSED');
    expect(readFileSync(join(folder.path, 'arch.yaml'), 'utf8')).toBe(TREE.text);
  });
});
