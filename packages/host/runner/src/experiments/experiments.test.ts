import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options, StageState } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { FIXTURES, rejection, tempDir } from '../test-fixtures.js';
import { findExperiments } from './find-experiments.js';
import { prepareExperiments, type PreparedExperiment } from './prepare-experiments.js';
import { runExperiment } from './run-experiment.js';

const host = { plugins: [join(FIXTURES, 'tiny'), join(FIXTURES, 'faulty')], directories: [] };

function experimentText(stage: string, options: Options): string {
  return JSON.stringify({
    ...{ apiVersion: 'archon/v1', kind: 'experiment', name: 'one', seed: 7 },
    network: { use: 'fixture/tiny', options: { width: 4 } },
    stages: [{ use: stage, options }],
  });
}

/** A folder with two experiments at different depths, and files that are none. */
function folderOfTwo(): string {
  const folder = tempDir();
  mkdirSync(join(folder, 'all/deep'), { recursive: true });
  writeFileSync(join(folder, 'all/thin.yaml'), experimentText('fixture/thin', { density: 0.5 }).replace('{', '{\n'));
  writeFileSync(join(folder, 'all/deep/mask.yml'), `kind: experiment\n`);
  writeFileSync(join(folder, 'all/sweep.yaml'), 'networks: []\n');
  writeFileSync(join(folder, 'all/kind.txt'), 'kind: experiment\n');
  return folder;
}

async function prepare(stage: string, options: Options): Promise<PreparedExperiment> {
  const cwd = tempDir();
  writeFileSync(join(cwd, 'it.yaml'), experimentText(stage, options));
  const [prepared] = await prepareExperiments(['it.yaml'], { ...host, cwd });
  return prepared!;
}

describe('findExperiments', () => {
  it('takes a file as it is and of a folder all experiments below, each once and in the order of their paths', () => {
    const cwd = folderOfTwo();
    const expected = ['all/sweep.yaml', 'all/deep/mask.yml', 'all/thin.yaml'];
    expect(findExperiments(['all/sweep.yaml', 'all', 'all/thin.yaml'], cwd)).toEqual(expected);
  });

  it.each([
    ['nowhere', 'there is no "nowhere"'],
    ['.', '"." holds no experiments'],
  ])('refuses %s', (path, message) => {
    expect(() => findExperiments([path], tempDir())).toThrow(message);
  });
});

describe('prepareExperiments', () => {
  it('reads paths from the working directory and hands every chain to whoever changes it', async () => {
    const cwd = tempDir();
    for (const name of ['a', 'b']) writeFileSync(join(cwd, `${name}.yaml`), experimentText('fixture/thin', {}));
    const prepared = await prepareExperiments(['a.yaml', 'b.yaml'], { ...host, cwd }, (chain, { experiment }, all) => ({
      ...chain,
      seed: experiment.seed + all.length,
    }));
    expect(prepared.map(({ file, chain }) => [file, chain.seed])).toEqual([
      ['a.yaml', 9],
      ['b.yaml', 9],
    ]);
    expect(prepared[0]?.chain.stages).toEqual([{ use: 'fixture/thin', options: { density: 0.5, log: '' } }]);
  });

  it('fails for the first with mistakes before any runs', async () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, 'a.yaml'), experimentText('fixture/thin', {}));
    writeFileSync(join(cwd, 'b.yaml'), experimentText('fixture/thick', {}));
    const [diagnostic] = await rejection(prepareExperiments(['a.yaml', 'b.yaml'], { ...host, cwd }));
    expect(diagnostic).toMatchObject({ code: 'ARCHON_UNKNOWN_ID', location: { file: join(cwd, 'b.yaml') } });
  });
});

describe('runExperiment', () => {
  const { signal } = new AbortController();

  it('tells what each stage came to', async () => {
    const states: StageState[] = [];
    const resources = { onStageEnd: (state: StageState) => void states.push(state) };
    const outcome = await runExperiment(await prepare('fixture/thin', { density: 0.25 }), signal, resources);
    expect(outcome).toEqual({ status: 'ok' });
    expect(states.map(({ densities }) => densities['stem'])).toEqual([{ weights: 0.25 }]);
  });

  it('ends with the diagnostics of a stage that fails', async () => {
    const outcome = await runExperiment(await prepare('faulty/braggart', { metric: 'fame' }), signal);
    expect(outcome).toMatchObject({
      status: 'failed',
      diagnostics: [{ code: 'ARCHON_RESULT_INVALID', plugin: 'archon-fixture-faulty' }],
    });
  });

  it('is rejected when the user interrupted it', async () => {
    const experiment = await prepare('faulty/braggart', { metric: 'fame' });
    expect(await rejection(runExperiment(experiment, AbortSignal.abort()))).toHaveLength(1);
  });
});
