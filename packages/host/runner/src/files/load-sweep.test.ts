import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandSweep } from '../explore/expand.js';
import { loadExperiment, loadSweep } from './load-sweep.js';
import { FIXTURES, rejection, tempDir } from '../test-fixtures.js';

const SWEEP = `
apiVersion: archon/v1
name: two-plugins
plugins: [archon-fixture-same-ids]
networks: [{ use: fixture/tiny }]
accelerators: [{ use: faulty, options: { fault: none } }]
objectives: [cycles]
`;

describe('loadSweep', () => {
  it('loads the plugins of the host and of the sweep, then reads the sweep with them', async () => {
    const root = tempDir();
    cpSync(join(FIXTURES, 'same-ids'), join(root, 'node_modules/archon-fixture-same-ids'), { recursive: true });
    mkdirSync(join(root, 'sweeps'));
    const file = join(root, 'sweeps/sweep.yaml');
    writeFileSync(file, SWEEP);
    const { sweep, plugins } = await loadSweep(file, { plugins: [join(FIXTURES, 'faulty')], directories: [FIXTURES] });
    expect(plugins.sources.map(({ name }) => name)).toEqual(['archon-fixture-faulty', 'archon-fixture-same-ids']);
    expect(sweep.accelerators[0]).toMatchObject({ use: 'faulty/faulty', options: { fault: 'none' } });
    expect(expandSweep(sweep, plugins.registry).jobs).toHaveLength(1);
  });

  it('finds an option of a strategy that does not fit the sweep, with a caret at it', async () => {
    const file = join(tempDir(), 'sweep.yaml');
    const load = (search: string) => {
      const axes = 'axes: { width: [1, 2, 4] }';
      writeFileSync(
        file,
        `apiVersion: archon/v1\nname: halves\nnetworks: [{ use: fixture/tiny, ${axes} }]\naccelerators: [{ use: fixture/mac }]\nobjectives: [cycles]\nsearch: ${search}\n`,
      );
      return loadSweep(file, { plugins: [join(FIXTURES, 'tiny'), '@archon-dse/strategies'], directories: [FIXTURES] });
    };
    const [found] = await rejection(load('{ strategy: halving, budget: { points: 9 }, resource: widht }'));
    expect(found).toMatchObject({
      ...{ code: 'ARCHON_BAD_OPTION', message: 'resource "widht" is no axis of the sweep' },
      ...{
        expected: 'one of: network.options.width',
        hint: 'Did you mean "width"?',
        location: { line: 6, column: 63 },
      },
    });
    const [usual] = await rejection(load('{ strategy: halving, budget: { points: 9 } }'));
    expect(usual).toMatchObject({ message: 'resource "epochs" is no axis of the sweep', location: { line: 6 } });
    await expect(load('{ strategy: halving, budget: { points: 9 }, resource: width }')).resolves.toBeDefined();
  });

  it.each([
    // the model of the fixtures refuses more multipliers than a layer has work, but for a delay of 99 ms
    ['macs: 2', 'accelerator.options.macs: 9999', '9999', 'ARCHON_BAD_OPTION'],
    ['macs: 9999, delayMs: 99', 'accelerator.options.delayMs: 1', '{', 'ARCHON_BAD_OPTION'],
    ['macs: 2', '"stages[0].options.file": nowhere.txt', 'nowhere.txt', 'ARCHON_FILE_NOT_FOUND'],
  ])('finds what is wrong with a second step before anything runs: %s, then %s', async (options, setting, at, code) => {
    const stages = setting.includes('stages') ? 'stages: [{ use: read, options: { file: half } }]' : '';
    const text = `
apiVersion: archon/v1
name: two-steps
networks: [{ use: fixture/tiny }]
${stages}
accelerators: [{ use: fixture/mac, options: { ${options} } }]
objectives: [cycles]
refine: { top: front, set: { ${setting} } }
`;
    const file = join(tempDir(), 'sweep.yaml');
    writeFileSync(file, text);
    const [found] = await rejection(loadSweep(file, { plugins: [join(FIXTURES, 'tiny')], directories: [FIXTURES] }));
    expect(found).toMatchObject({ code, location: { line: 8 } });
    const column = (found?.location?.column ?? 0) - 1;
    expect(text.split('\n')[7]?.slice(column, column + at.length)).toBe(at);
  });

  it('leaves a value of an axis to fail that only a second step refuses', async () => {
    const axes = '{ macs: [2, 9999] }, options: { delayMs: 99 }';
    const file = join(tempDir(), 'sweep.yaml');
    writeFileSync(
      file,
      `
apiVersion: archon/v1
name: two-steps
networks: [{ use: fixture/tiny }]
accelerators: [{ use: fixture/mac, axes: ${axes} }]
objectives: [cycles]
refine: { top: front, set: { accelerator.options.delayMs: 1 } }
`,
    );
    const { sweep } = await loadSweep(file, { plugins: [join(FIXTURES, 'tiny')], directories: [FIXTURES] });
    expect(sweep.refine?.top).toBe('front');
  });

  it('says which file cannot be read', async () => {
    const file = join(tempDir(), 'missing.yaml');
    const [found] = await rejection(loadSweep(file, { plugins: [], directories: [] }));
    expect(found).toMatchObject({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: expect.stringContaining(`"${file}" cannot be read: it`),
    });
  });

  it('names a plugin that is not installed', async () => {
    const file = join(tempDir(), 'sweep.yaml');
    writeFileSync(file, SWEEP);
    const [found] = await rejection(loadSweep(file, { plugins: [], directories: [] }));
    expect(found).toMatchObject({ code: 'ARCHON_PLUGIN_NOT_FOUND', plugin: 'archon-fixture-same-ids' });
  });
});

describe('loadExperiment', () => {
  const EXPERIMENT = `
apiVersion: archon/v1
kind: experiment
name: halved
plugins: [archon-fixture-same-ids]
network: { use: fixture/tiny }
stages: []
`;

  it('loads the plugins it names, and says what is wrong with the rest', async () => {
    const root = tempDir();
    cpSync(join(FIXTURES, 'same-ids'), join(root, 'node_modules/archon-fixture-same-ids'), { recursive: true });
    const file = join(root, 'experiment.yaml');
    writeFileSync(file, EXPERIMENT);
    const found = await rejection(loadExperiment(file, { plugins: [], directories: [] }));
    expect(found).toMatchObject([{ code: 'ARCHON_SWEEP_EMPTY', message: 'stages is an empty list' }]);
  });

  it('asks for an experiment when there is no file', async () => {
    const [found] = await rejection(loadExperiment('missing.yaml', { plugins: [], directories: [] }));
    expect(found).toMatchObject({ code: 'ARCHON_FILE_NOT_FOUND', expected: 'an experiment in YAML' });
  });
});
