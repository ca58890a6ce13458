import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { experimentSchema, parseExperiment } from '@archon-dse/config';
import { loadPlugins } from '@archon-dse/runner';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/host/cli')]);
const folder = join(root, 'sweeps/experiments');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort();
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const parse = (name: string) => parseExperiment(textOf(name), name, registry);

/** Accuracy in percent and loss. @source the evaluation logs published with ARCHON, ICS 2021; null where there is no log of the run */
const PUBLISHED: Readonly<Record<string, readonly [accuracy: number, loss: number] | null>> = {
  'cifar10/fusionet/pred.yaml': [94.16, 0.3179],
  'cifar10/fusionet/pruned.yaml': [94.53, 0.3133],
  'cifar10/fusionet/vanilla.yaml': [95.29, 0.3197],
  'cifar10/mnasnet/baseline/pruned.yaml': [93.99, 0.3395],
  'cifar10/mnasnet/baseline/vanilla.yaml': [94.53, 0.3333],
  'cifar10/mnasnet/modified/pred.yaml': [92.95, 0.3893],
  'cifar10/mnasnet/modified/pruned.yaml': [93.64, 0.3671],
  'cifar10/mnasnet/modified/vanilla.yaml': [94.39, 0.3826],
  'cifar10/mobilenet-v2/baseline/pruned.yaml': [93.27, 0.3433],
  'cifar10/mobilenet-v2/baseline/vanilla.yaml': [94.21, 0.3735],
  'cifar10/mobilenet-v2/modified/pred.yaml': [93.5, 0.3447],
  'cifar10/mobilenet-v2/modified/pruned.yaml': [94.01, 0.3326],
  'cifar10/mobilenet-v2/modified/vanilla.yaml': [94.21, 0.3639],
  'cifar10/shufflenet/baseline/pruned.yaml': null,
  'cifar10/shufflenet/baseline/vanilla.yaml': [91.78, 0.4705],
  'cifar10/shufflenet/modified/pred.yaml': [90.35, 0.3898],
  'cifar10/shufflenet/modified/pruned.yaml': [90.62, 0.383],
  'cifar10/shufflenet/modified/vanilla.yaml': null,
  'cifar100/fusionet/pred.yaml': null,
  'cifar100/fusionet/pruned.yaml': [78.41, 1.1422],
  'cifar100/fusionet/vanilla.yaml': [79.57, 1.1392],
  'cifar100/mnasnet/baseline/pruned.yaml': [76.92, 1.2356],
  'cifar100/mnasnet/baseline/vanilla.yaml': [78.16, 1.2644],
  'cifar100/mobilenet-v2/baseline/pruned.yaml': [77.25, 1.2039],
  'cifar100/mobilenet-v2/baseline/vanilla.yaml': [78.19, 1.2462],
};

const CHAINS: Readonly<Record<string, readonly string[]>> = {
  vanilla: ['archon/train'],
  pruned: ['archon/train', 'archon/prune'],
  pred: ['archon/train', 'archon/prune', 'archon/predict'],
};

describe('sweeps/experiments', () => {
  it('has the 25 published runs', () => {
    expect(files).toHaveLength(25);
    expect(files).toEqual(Object.keys(PUBLISHED).sort());
  });

  it.each(files)('%s is the run its path names, with the published figures', (name) => {
    const { network, stages, published, ...rest } = parse(name);
    const path = name.replace('.yaml', '').split('/');
    const [dataset, use, variant] = path;
    const stage = path.at(-1) ?? '';
    expect(rest.name).toBe(path.join('-'));
    expect(network).toMatchObject({ use: `archon/${use ?? ''}`, options: { dataset, width: 1, resolution: 32 } });
    expect(network.options['variant']).toBe(path.length === 4 ? variant : undefined);
    expect(stages.map((choice) => choice.use)).toEqual(CHAINS[stage]);
    const recipe = variant === 'modified' ? 'published-modified' : 'published';
    expect(new Set(stages.map(({ options }) => options['recipe']))).toEqual(new Set([recipe]));
    const [accuracy = 0, loss] = PUBLISHED[name] ?? [];
    if (PUBLISHED[name] === null) expect(published).toBeUndefined();
    else expect(published).toMatchObject({ accuracy: Number((accuracy / 100).toFixed(4)), loss, images: 9984 });
  });

  it.each(files)('%s names the schema and says what was published', (name) => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(textOf(name)) ?? [];
    expect(existsSync(join(dirname(join(folder, name)), schema)) && schema.endsWith('experiment.schema.json')).toBe(
      true,
    );
    expect(textOf(name)).toMatch(/^# Published: /m);
  });
});

describe('archon validate', () => {
  it.each(files)('accepts %s', async (name) => {
    const { network, stages } = parse(name);
    const { status, stdout, stderr } = await archonHere(['validate', join(folder, name), '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ...{ valid: true, kind: 'experiment', name: name.replace('.yaml', '').replaceAll('/', '-') },
      ...{ network: network.use, stages: stages.map(({ use }) => use) },
    });
  });

  it('tells a mistake in an experiment at its place, and sweep and expand that it is none of theirs', async () => {
    const file = join(folder, files[0]!);
    const { path, remove } = temporaryFolder();
    writeFileSync(join(path, 'wrong.yaml'), readFileSync(file, 'utf8').replace('recipe:', 'recipy:'));
    const wrong = await archonHere(['validate', join(path, 'wrong.yaml')]);
    expect(wrong).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/wrong\.yaml:\d+:\d+ +ARCHON_UNKNOWN_OPTION/),
    });
    for (const command of ['sweep', 'expand']) {
      const { status, stderr } = await archonHere([command, file]);
      expect(status).toBe(2);
      expect(stderr).toContain(`"${file}" is an experiment`);
      expect(stderr).toContain(`archon run ${file} runs it.`);
    }
    remove();
  });
});

describe('docs/experiments.md', () => {
  const text = readFileSync(join(root, 'docs/experiments.md'), 'utf8');

  it('shows an experiment, and lists the keys of one', () => {
    const [, example = ''] = /^```yaml\n([^]*?)^```$/m.exec(text) ?? [];
    expect(parseExperiment(example, 'experiments.md', registry)).toEqual(parse('cifar10/fusionet/pruned.yaml'));
    const rows = [...text.matchAll(/^\| `(\w+)`\s+\| (yes|no)/gm)];
    const { properties, required } = experimentSchema(registry);
    expect(rows.map(([, key]) => key).sort()).toEqual(Object.keys(properties as object).sort());
    expect(rows.flatMap(([, key, isRequired]) => (isRequired === 'yes' ? [key] : [])).sort()).toEqual(
      [...(required as readonly string[])].sort(),
    );
  });

  it('has the accuracies of the files', () => {
    const shown = [...text.matchAll(/(?<=\| )\d\d\.\d\d(?= +\|)/g)].map(Number);
    const inFiles = files.flatMap((name) => parse(name).published?.accuracy ?? []).map((share) => 100 * share);
    expect(shown.sort()).toEqual(inFiles.map((value) => Number(value.toFixed(2))).sort());
  });
});

interface Ran {
  readonly experiments: readonly {
    readonly name: string;
    readonly status: string;
    readonly stages: readonly {
      readonly stage: string;
      readonly accuracy: number;
      readonly density: { readonly nonzero: number; readonly total: number };
      readonly budget: { readonly epochs: number; readonly images: number; readonly testImages: number };
      readonly checkpoint: string;
    }[];
    readonly published: { readonly accuracy: number } | null;
  }[];
}

const out = temporaryFolder();
afterAll(() => out.remove());

const TINY = ['--epochs', '1', '--images', '8', '--batch', '8', '--out', out.path];
const NARROW = ['network.width=0.1', 'network.resolution=16'].flatMap((option) => ['--set', option]);

describe('archon run', async () => {
  const first = await archonHere(['run', 'sweeps/experiments', ...TINY, ...NARROW, '--json']);
  const { experiments, ...rest } = JSON.parse(first.stdout) as Ran;
  const one = 'sweeps/experiments/cifar10/mobilenet-v2/modified';

  it('runs all of them in one command, narrow and on a tiny budget', () => {
    expect(first.status).toBe(0);
    expect(rest).toEqual({ counts: { total: files.length, ok: files.length, failed: 0 }, interrupted: false });
    expect(experiments.map(({ name }) => `${name}.yaml`)).toEqual(files.map((name) => name.replaceAll('/', '-')));
    for (const { name, stages } of experiments) {
      for (const { stage, accuracy, budget, density } of stages) {
        expect(accuracy >= 0 && accuracy <= 1).toBe(true);
        expect(budget).toMatchObject({ epochs: 1, images: 8, testImages: 2, batch: 8, dataset: 'procedural' });
        expect(density.nonzero < density.total, `${name} ${stage}`).toBe(stage !== 'archon/train');
      }
    }
  });

  it('shows what was published beside what was measured, never as it', () => {
    for (const { name, published, stages } of experiments) {
      const expected = PUBLISHED[files.find((file) => file.replaceAll('/', '-') === `${name}.yaml`) ?? ''];
      expect(published?.accuracy).toBe(expected ? Number((expected[0] / 100).toFixed(4)) : undefined);
      expect(stages.at(-1)?.accuracy).not.toBe(published?.accuracy);
    }
  });

  it('trains a network once for all of its experiments', () => {
    const trainings = new Set(experiments.map(({ stages }) => stages[0]?.checkpoint));
    expect(trainings.size).toBe(new Set(files.map((name) => dirname(name))).size);
    const started = first.stderr.split('\n').filter((line) => line.includes('  train  epoch 1/1'));
    expect(new Set(started.map((line) => line.split('  ')[0])).size).toBe(trainings.size);
  });

  it('does nothing twice, and says so in a table with references', async () => {
    const { status, stdout, stderr } = await archonHere(['run', one, ...TINY, ...NARROW]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /modified-pruned {2}archon\/prune {2}accuracy [\d.]+% .* recipe published-modified, 1 epoch, 8 images/,
    );
    expect(stdout).toContain('published, for reference: 94.01%');
    expect(stdout).toMatch(/experiment +accuracy +loss +weights not zero +published \(reference\)/);
  });

  it('measures a saved model of the network of the experiment, and refuses any other', async () => {
    const { checkpoint = '', accuracy } =
      experiments.find(({ name }) => name === 'cifar10-mobilenet-v2-modified-pruned')?.stages[1] ?? {};
    const evaluate = (name: string) =>
      archonHere(['run', `sweeps/experiments/cifar10/${name}`, ...NARROW, '--evaluate', checkpoint, '--json']);
    const same = JSON.parse((await evaluate('mobilenet-v2/modified/pruned.yaml')).stdout) as {
      readonly experiments: readonly { readonly stages: readonly unknown[]; readonly evaluation: object }[];
    };
    expect(same.experiments).toMatchObject([{ stages: [], evaluation: { stage: 'prune', images: 1000 } }]);
    expect(accuracy).toBeDefined();
    const other = await evaluate('mobilenet-v2/baseline/pruned.yaml');
    expect(other.status).toBe(2);
    expect(other.stdout).toContain('ARCHON_CHECKPOINT_INVALID');
  });

  it('goes on after an experiment that fails, and lists it', async () => {
    const args = ['--set', 'network.classes=1', '--set', 'network.width=0.1', '--images', '8'];
    const { status, stdout } = await archonHere(['run', one, ...args, '--out', out.path, '--json']);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      experiments: ['pred', 'pruned', 'vanilla'].map((stage) => ({
        name: `cifar10-mobilenet-v2-modified-${stage}`,
        status: 'failed',
        error: { diagnostics: [{ code: 'ARCHON_DATA_MISMATCH' }] },
      })),
      counts: { total: 3, ok: 0, failed: 3 },
    });
  });

  it.each([
    [[`${one}/vanill.yaml`], 'ARCHON_FILE_NOT_FOUND'],
    [['docs'], 'holds no experiments'],
    [['sweeps/quickstart.yaml'], 'the experiment lacks the key "kind"'],
    [[one, '--set', 'prune.rampEpoch=1'], 'Did you mean "rampEpochs"?'],
    [[`${one}/vanilla.yaml`, '--set', 'prune.rampEpochs=1'], 'ARCHON_UNKNOWN_OPTION'],
    [[one, '--evaluate', 'x'], '--evaluate x and 3 experiments'],
    [[`${one}/vanilla.yaml`, '--evaluate', 'x'], 'ARCHON_FILE_NOT_FOUND'],
    [[one, '--evaluate', 'x', '--epochs', '1'], 'ARCHON_USAGE'],
    [[one, '--evaluate', 'x', '--train'], 'ARCHON_USAGE'],
  ])('%j is refused', async (args, text) => {
    const { status, stderr } = await archonHere(['run', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(text);
  });
});
