import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prunedLayers } from '@archon-dse/compression';
import type { Network, Options, Plugin } from '@archon-dse/core';
import fusioNet from '@archon-dse/net-fusionet';
import mnasNet from '@archon-dse/net-mnasnet';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import shuffleNet from '@archon-dse/net-shufflenet';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { evaluateModel, importWeights, loadBackend, loadSplit, readCheckpoint } from '@archon-dse/training';
import { kerasLayers, writeKerasFile } from '@archon-dse/weights/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const FAMILIES = { mobilenet: mobileNetV2, mnasnet: mnasNet, shufflenet: shuffleNet, fusionet: fusioNet };

/** Each variant for each dataset; FusioNet has one variant. */
const NETWORKS = Object.entries(FAMILIES).flatMap(([name, plugin]) =>
  (name === 'fusionet' ? [{}] : [{ variant: 'baseline' }, { variant: 'modified' }]).flatMap((variant) =>
    ['cifar10', 'cifar100'].map((dataset): readonly [string, Plugin, Options] => {
      const options: Options = { ...variant, dataset };
      return [[name, ...Object.values(options)].join(' '), plugin, options];
    }),
  ),
);

const buildOf = (plugin: Plugin, options: Options): Network => buildNetwork(plugin.networks![0]!, options);

/** Weights and statistics that all differ, so that no two layers can be exchanged unseen. */
function weightsOf(network: Network): NamedTensors {
  const plan = planModel({ network, batch: 1 });
  const state = initialState(plan, 1);
  return Object.fromEntries(
    plan.weights.map(({ name }, index) => {
      const { shape, data } = state[name]!;
      return [name, { shape, data: data.map((value, at) => value * (1 + 0.01 * Math.sin(index + at)) + 1e-3) }];
    }),
  );
}

describe('a Keras file', () => {
  it.each(NETWORKS)('of %s comes back tensor by tensor, and scores the same', async (name, plugin, options) => {
    const network = buildOf(plugin, { ...options, width: 0.1, resolution: 8 });
    const tensors = weightsOf(network);
    const file = join(folder.path, `${name}.h5`);
    await writeKerasFile(file, kerasLayers(network, tensors, 7), { model: true });
    const request = { network, file, names: 'auto', data: '', backend: 'auto', dir: folder.path };
    const { path } = await importWeights(request);
    const imported = await readCheckpoint(path);
    expect(imported.tensors).toEqual(tensors);

    const backend = await loadBackend('auto');
    const dataset = loadSplit({ data: 'procedural', images: 80 }, 'test', network);
    const [before, after] = [tensors, imported.tensors].map((from) =>
      evaluateModel({ network, backend, tensors: from, dataset, batch: 20 }),
    );
    expect(await after).toEqual(await before);
  });

  it.each([
    ['mobilenet', 'baseline', { firstConv: 3, lastConv: 34 }],
    ['mobilenet', 'modified', { firstConv: 3, lastConv: 30 }],
    ['shufflenet', 'modified', { firstConv: 4, lastConv: 93 }],
    ['mnasnet', 'baseline', { firstConv: 2, lastConv: 47 }],
    ['mnasnet', 'modified', { firstConv: 2, lastConv: 47 }],
  ] as const)(
    'of %s %s has the pruned convolutions at the numbers of the published scripts',
    (name, variant, { firstConv, lastConv }) => {
      const network = buildOf(FAMILIES[name], { variant, width: 0.1 });
      const targets = prunedLayers(network, { tail: false }).filter(({ kind }) => kind === 'pointwise');
      // each kernel is marked with its layer
      const marks = network.layers.map((layer) => layer.name);
      const state = initialState(planModel({ network, batch: 1 }), 1);
      const marked = Object.fromEntries(
        Object.entries(state).map(([tensor, { shape, data }]) => {
          return [tensor, { shape, data: data.map(() => marks.indexOf(tensor.replace(/\/.*/, ''))) }];
        }),
      );
      const pruned = new Set(targets.map((target) => marks.indexOf(target.name)));
      const numbers = kerasLayers(network, marked).flatMap((layer) => {
        const [, number = 0] = /^conv2d_?(\d*)$/.exec(layer.name) ?? [, undefined];
        const kernel = layer.tensors[`${layer.name}/kernel:0`];
        return layer.name.startsWith('conv2d') && pruned.has(kernel?.data[0] ?? -1) ? [Number(number)] : [];
      });
      expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([firstConv, lastConv]);
    },
  );
});

const SMALL = ['--set', 'width=0.1', '--set', 'resolution=8', '--set', 'classes=2'];
const TRAINING = ['--set', 'images=40', '--set', 'batch=20', '--epochs', '3', '--out', folder.path, '--json'];

interface Stages {
  readonly stages: readonly {
    readonly density: object;
    readonly checkpoint: string;
    readonly accuracy: number | null;
  }[];
}

describe('archon import', async () => {
  const network = ['--network', 'shufflenet', ...SMALL];
  const qualified = TRAINING.map((flag) => flag.replace(/^(images|batch)=/, 'train.$1='));
  const trained = JSON.parse((await archonHere(['train', ...network, ...qualified])).stdout) as Stages;
  const original = trained.stages[0]!.checkpoint;
  const file = join(folder.path, 'weights.h5');
  const scores = async (checkpoint: string): Promise<object> => {
    const { top1, loss } = JSON.parse((await archonHere(['evaluate', checkpoint, '--json'])).stdout) as Record<
      string,
      number
    >;
    return { top1, loss };
  };
  /** Zeros in the kernel of the first block, as pruning leaves them. */
  const written = readCheckpoint(original).then(async ({ info, tensors }) => {
    const name = 'b1.expand/kernel';
    const { shape, data } = tensors[name]!;
    const sparse = { ...tensors, [name]: { shape, data: data.map((value, index) => (index % 4 === 0 ? value : 0)) } };
    await writeKerasFile(file, kerasLayers(info.network, sparse), { filter: 'gzip' });
    return sparse[name];
  });

  it('makes a checkpoint that evaluates, with the zeros that were in it', async () => {
    const kernel = await written;
    const result = await archonHere([
      'import',
      file,
      ...network,
      '--data',
      'procedural',
      '--out',
      folder.path,
      '--json',
    ]);
    expect(result.stderr).toBe('');
    const imported = JSON.parse(result.stdout) as Record<string, unknown> & { checkpoint: string };
    expect(imported).toMatchObject({ network: 'archon/shufflenet', pruned: ['b1.expand'] });
    const { accuracy, loss } = imported;
    expect(await scores(imported.checkpoint)).toEqual({ top1: accuracy, loss });
    const { tensors } = await readCheckpoint(imported.checkpoint);
    expect(tensors['b1.expand/kernel']).toEqual(kernel);
    expect([...tensors['b1.expand/kernel/mask']!.data]).toEqual([...kernel.data].map((value) => (value === 0 ? 0 : 1)));
  });

  it('takes our own checkpoints too', async () => {
    const again = await archonHere(['import', original, ...network, '--out', folder.path, '--json']);
    expect(await scores((JSON.parse(again.stdout) as { checkpoint: string }).checkpoint)).toEqual(
      await scores(original),
    );
  });

  it('is a stage that others go on from', async () => {
    await written;
    const args = TRAINING.map((flag) => flag.replace(/^(images|batch)=/, 'prune.$1='));
    const chain = ['--stages', 'import,prune', '--set', `import.file=${file}`, '--set', 'prune.rampEpochs=2'];
    const { stages } = JSON.parse((await archonHere(['train', ...network, ...chain, ...args])).stdout) as Stages;
    expect(stages.map(({ accuracy }) => accuracy === null)).toEqual([true, false]);
    const { info } = await readCheckpoint(stages[1]!.checkpoint);
    expect(info.origin?.parent?.stage).toBe('import');
  });

  it('refuses what does not fit, and writes nothing', async () => {
    await written;
    const map = join(folder.path, 'map.yaml');
    writeFileSync(map, 'stem: conv2d\nb1.expnd: conv2d_1\n');
    const short = join(folder.path, 'short.h5');
    writeFileSync(short, readFileSync(file).subarray(0, -50));
    const out = join(folder.path, 'none');
    for (const [args, code, text] of [
      [[file, ...network, '--set', 'variant=modified'], 'ARCHON_WEIGHTS_MISMATCH', 'of another shape'],
      [[file, ...network, '--names', map], 'ARCHON_LAYER_MAP', 'map.yaml:2:1'],
      [[short, ...network], 'ARCHON_WEIGHTS_INVALID', 'truncated file'],
    ] as const) {
      const { status, stderr } = await archonHere(['import', ...args, '--out', out]);
      expect(status).toBe(2);
      expect(stderr).toContain(code);
      expect(stderr).toContain(text);
    }
    expect(existsSync(out)).toBe(false);
  });
});
