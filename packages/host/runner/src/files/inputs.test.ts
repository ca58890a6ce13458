import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord, Options } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { digestInputs } from './digest-inputs.js';
import { loadSweep } from './load-sweep.js';
import { candidate, FIXTURES, loadFixtures, rejection, runWhole, tempDir, tinySweep } from '../test-fixtures.js';

const plugins = await loadFixtures('tiny');

/** A project with a file, and a folder of two that count and one that does not. */
function project(): string {
  const cwd = tempDir();
  mkdirSync(join(cwd, 'data/deeper'), { recursive: true });
  writeFileSync(join(cwd, 'weights'), '0.5');
  writeFileSync(join(cwd, 'data/a.num'), '0.5');
  writeFileSync(join(cwd, 'data/b.num'), '0.5');
  writeFileSync(join(cwd, 'data/notes'), 'mine');
  return cwd;
}

const readSweep = (options: Options) =>
  tinySweep({
    networks: [candidate('fixture/tiny', { width: 4 })],
    stages: [candidate('fixture/read', { file: '', folder: '', rewrite: false, ...options })],
    accelerators: [candidate('fixture/mac', { macs: 1, delayMs: 0 })],
  });

async function run(cwd: string, options: Options, outDir = tempDir()) {
  const sweep = { ...readSweep(options), executor: { kind: 'workerpool', workers: 1 } as const };
  const { records, counts, changed } = await runWhole({ sweep, plugins, outDir, cwd });
  return { record: records[0]!, counts, changed };
}

/** Densities of the two layers, as their MACs were priced. */
const densitiesOf = ({ layers }: EvaluationRecord): readonly number[] =>
  layers.map(({ macs, energyPj }) => Math.round((energyPj / macs / 0.561) * 1e6) / 1e6);

describe('a point that names files', () => {
  it('is evaluated again when one of them holds something else, and says what changed', async () => {
    const [cwd, outDir] = [project(), tempDir()];
    const options = { file: 'weights', folder: 'data' };
    const before = await run(cwd, options, outDir);
    expect(densitiesOf(before.record)).toEqual([0.5, 0.25]);
    expect((await run(cwd, options, outDir)).counts.skipped).toBe(1);

    writeFileSync(join(cwd, 'weights'), '1.0');
    const file = await run(cwd, options, outDir);
    expect(densitiesOf(file.record)).toEqual([1, 0.25]);
    expect(file.record.pointId).not.toBe(before.record.pointId);
    expect(file.changed).toEqual(['file "weights"']);

    writeFileSync(join(cwd, 'data/b.num'), '1.0');
    const folder = await run(cwd, options, outDir);
    expect(densitiesOf(folder.record)).toEqual([1, 0.5]);
    expect(folder.changed).toEqual(['folder "data"']);

    writeFileSync(join(cwd, 'weights'), '0.5');
    writeFileSync(join(cwd, 'data/b.num'), '0.5');
    const again = await run(cwd, options, outDir);
    expect(again.counts.skipped).toBe(1);
    expect(again.record).toEqual(before.record);
  });

  it('keeps its id, its seeds and its record where a project moves, and where a file has another name', async () => {
    const cwd = project();
    const moved = tempDir();
    cpSync(cwd, moved, { recursive: true });
    writeFileSync(join(moved, 'data/notes'), 'of files that do not count');
    writeFileSync(join(moved, 'copy'), '0.5');
    const [here, there, renamed] = [
      (await run(cwd, { file: 'weights', folder: 'data' })).record,
      (await run(moved, { file: 'weights', folder: 'data' })).record,
      (await run(moved, { file: join(moved, 'copy'), folder: './data' })).record,
    ];
    expect({ ...there, timing: here.timing }).toEqual(here);
    expect({ ...renamed, timing: here.timing, point: here.point }).toEqual(here);
    expect(JSON.stringify(here)).not.toContain(cwd);
    expect(here.provenance.files?.map(({ option }) => option)).toEqual([
      'stages[0].options.file',
      'stages[0].options.folder',
    ]);
  });

  it('takes keywords and empty texts for what they are', async () => {
    const { record } = await run(tempDir(), { file: 'half' });
    expect(densitiesOf(record)).toEqual([0.5, 1]);
    expect(record.provenance.files).toBeUndefined();
  });

  it('fails when a file changes while it is read, and is evaluated with a second run', async () => {
    const [cwd, outDir] = [project(), tempDir()];
    const { record } = await run(cwd, { file: 'weights', rewrite: true }, outDir);
    expect(record.error).toMatchObject({
      code: 'ARCHON_INPUT_CHANGED',
      message: 'file "weights" has changed while it was in use',
      path: 'options.file',
    });
    const again = await run(cwd, { file: 'weights', rewrite: true }, outDir);
    expect([again.record.status, again.counts.skipped]).toEqual(['ok', 0]);
  });
});

describe('a path that leads nowhere', () => {
  const sweepText = (options: string) => `
apiVersion: archon/v1
name: reads
networks: [{ use: fixture/tiny }]
stages:
  - use: fixture/read
    ${options}
accelerators: [{ use: fixture/mac }]
objectives: [cycles]
`;
  const host = (cwd: string) => ({ plugins: ['./tiny'], directories: [FIXTURES], cwd });

  it.each([
    ['options: { file: haf }', 'there is no file "haf"', { line: 7, column: 22 }, 'Did you mean "half"?'],
    ['axes: { file: [half, weights, none] }', 'there is no file "none"', { line: 7, column: 35 }, undefined],
    ['options: { folder: weights }', '"weights" is no folder', { line: 7, column: 24 }, /working directory/],
    ['options: { file: data }', '"data" is no file', { line: 7, column: 22 }, undefined],
  ])('is found before anything runs: %s', async (options, message, location, hint) => {
    const cwd = project();
    writeFileSync(join(cwd, 'sweep.yaml'), sweepText(options));
    const load = loadSweep(join(cwd, 'sweep.yaml'), { ...host(cwd), plugins: [join(FIXTURES, 'tiny')] });
    const found = await rejection(load);
    expect(found).toMatchObject([{ code: 'ARCHON_FILE_NOT_FOUND', message, location }]);
    if (hint !== undefined) expect(found[0]?.hint).toMatch(hint);
  });

  it('is named by its option where there is no text to point at', async () => {
    const stage = [{ use: 'fixture/read', options: { file: 'none' } }];
    const found = await rejection(digestInputs({ stage }, plugins.registry, tempDir()));
    expect(found).toMatchObject([{ code: 'ARCHON_FILE_NOT_FOUND', path: 'stage[0].options.file' }]);
  });
});
