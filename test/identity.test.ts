import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { prepareNetwork } from '@archon-dse/engine';
import { loadSweep, nodeContext, readContents, runSweep } from '@archon-dse/runner';
import { initialState, planModel } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { encodeTensors } from '@archon-dse/weights';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { pluginText, writePlugin } from './hostile/package.js';
import { archon, journalOf, root, temporaryFolder } from './workspace.js';

/** Results that outlive what they were computed from would be wrong ones, so nothing may find them again. */

const folder = temporaryFolder();
vi.stubEnv('ARCHON_CACHE_DIR', join(folder.path, 'cache'));
afterAll(() => folder.remove());

const SMALL = { width: 0.1, resolution: 8, classes: 2 };
const network = buildNetwork(mobileNetV2.networks![0]!, SMALL);
const PLUGINS = ['net-mobilenetv2', 'stages', 'accel-sparse'].map((name) => `@archon-dse/${name}`);

/** Weights of which every `keep`-th is not zero. */
function writeWeights(file: string, keep: number): void {
  const state = initialState(planModel({ network, batch: 1 }), 1);
  const tensors = Object.entries(state).map(([name, { shape, data }]) => {
    const sparse = data.map((value, index) => (name.endsWith('/kernel') && index % keep !== 0 ? 0 : value));
    return [name, { shape, data: sparse }] as const;
  });
  writeFileSync(file, encodeTensors({ tensors: Object.fromEntries(tensors), metadata: {} }));
}

/** A sweep of one point, of what is in a folder. */
async function loadFrom(cwd: string, stage: string) {
  const options = { ...SMALL, ...(stage.includes('data') ? { resolution: 32, classes: 10 } : {}) };
  const text = `
apiVersion: archon/v1
name: mine
networks: [{ use: mobilenet-v2, options: ${JSON.stringify(options)} }]
stages: [${stage}]
accelerators: [{ use: sparse }]
objectives: [cycles]
executor: { kind: serial }
`;
  writeFileSync(join(cwd, 'sweep.yaml'), text);
  return loadSweep(join(cwd, 'sweep.yaml'), { plugins: PLUGINS, directories: [root], cwd });
}

describe('a sweep of imported weights', () => {
  const sweep = async (cwd: string, out: string) => {
    const loaded = await loadFrom(cwd, '{ use: import, options: { file: weights.safetensors } }');
    const { store, pointIds, counts, changed } = await runSweep({ ...loaded, outDir: join(cwd, out), cwd });
    const { pointId, metrics } = store.head(pointIds[0]!)!;
    return { id: pointId, cycles: metrics['cycles'] ?? 0, skipped: counts.skipped, changed };
  };

  it('follows the file, not its name, and moves with its folder', async () => {
    const [here, there] = ['here', 'there'].map((name) => join(folder.path, name)) as [string, string];
    mkdirSync(here);
    writeWeights(join(here, 'weights.safetensors'), 4);
    const sparse = await sweep(here, 'out');
    expect(await sweep(here, 'out')).toEqual({ ...sparse, skipped: 1 });

    writeWeights(join(here, 'weights.safetensors'), 1);
    const dense = await sweep(here, 'out');
    expect(dense).toMatchObject({ skipped: 0, changed: ['file "weights.safetensors"'] });
    expect(dense.id).not.toBe(sparse.id);
    expect(dense.cycles).toBeGreaterThan(sparse.cycles);
    expect(dense.cycles).toBe((await sweep(here, 'fresh')).cycles);

    cpSync(here, there, { recursive: true });
    rmSync(here, { recursive: true });
    expect(await sweep(there, 'out')).toEqual({ ...dense, skipped: 1, changed: [] });
  });
});

/** A folder of as many images as labels, all of one grey. */
function writeImages(path: string, labels: readonly number[]): void {
  mkdirSync(path, { recursive: true });
  const images = Buffer.concat(labels.map((label) => Buffer.concat([Buffer.of(label), Buffer.alloc(3072, 100)])));
  for (const split of ['train', 'test']) writeFileSync(join(path, `${split}.bin`), images);
}

describe('a training', () => {
  /** Accuracy in a project whose images are in its folder `data`. */
  const train = async (name: string, labels: readonly number[], cache: string): Promise<number> => {
    const cwd = join(folder.path, name);
    writeImages(join(cwd, 'data'), labels);
    const loaded = await loadFrom(cwd, '{ use: train, options: { data: data, epochs: 1, batch: 10 } }');
    const { networks, stages } = loaded.sweep;
    const contents = await readContents({ network: networks, stage: stages }, loaded.plugins, cwd);
    const context = nodeContext(loaded.plugins.registry, { contents, resources: { dir: join(folder.path, cache) } });
    const { state } = await prepareNetwork({ network: networks[0]!, stages, seed: 1 }, context);
    return state.metrics['accuracy']!;
  };

  it('of one project is not taken for that of another with the same paths', async () => {
    const each = Array.from({ length: 10 }, (_, label) => label);
    const nines = Array<number>(10).fill(9);
    // Images that are all alike are all taken for one class.
    expect(await train('first', each, 'shared')).toBe(0.1);
    const second = await train('second', nines, 'shared');
    expect([0, 1]).toContain(second);
    expect(second).toBe(await train('second-alone', nines, 'own'));
  });
});

describe('an edited plugin', () => {
  it('has its points evaluated again at the same version', () => {
    const project = join(folder.path, 'author');
    mkdirSync(join(project, 'node_modules'), { recursive: true });
    cpSync(join(root, 'test/fixtures/plugin-tiny'), join(project, 'plugin'), { recursive: true });
    symlinkSync(join(root, 'node_modules/@archon-dse'), join(project, 'node_modules/@archon-dse'));
    const parts = 'networks: [{ use: tiny-cnn }]\naccelerators: [{ use: scalar }]\nobjectives: [cycles]\n';
    const text = `apiVersion: archon/v1\nname: mine\nplugins: [./plugin]\n${parts}executor: { kind: serial }\n`;
    writeFileSync(join(project, 'sweep.yaml'), text);
    const sweep = (): object =>
      JSON.parse(archon(['sweep', 'sweep.yaml', '--out', 'out', '--json'], project).stdout) as object;
    const cycles = (file: string): number => {
      const [, line = ''] = readFileSync(join(project, 'out/results', file), 'utf8').split('\n'); // after its block
      return (JSON.parse(line) as { metrics: { cycles: number } }).metrics.cycles;
    };
    expect(sweep()).toMatchObject({ counts: { ok: 1, skipped: 0 }, changed: [] });

    const file = join(project, 'plugin/scalar.js');
    const code = readFileSync(file, 'utf8');
    writeFileSync(file, code.replace('Math.ceil(macs / lanes)', '2 * Math.ceil(macs / lanes)'));
    expect(sweep()).toMatchObject({ counts: { ok: 1, skipped: 0 }, changed: ['plugin "archon-dse-plugin-tiny"'] });
    expect(cycles('0002.jsonl')).toBe(2 * cycles('0001.jsonl'));
  });

  it('has points evaluated again whose hardware its component classes price, and no others', () => {
    const project = join(folder.path, 'cells');
    for (const name of ['array', 'cells']) writePlugin(project, { name, entry: pluginText(name) });
    const parts = 'networks: [{ use: array/net }]\nobjectives: [areaUm2]\nexecutor: { kind: serial }\n';
    const classes = 'accelerators: [{ use: array/acc, axes: { cell: [array/cell, cells/cell] } }]\n';
    const text = `apiVersion: archon/v1\nname: priced\nplugins: [./array, ./cells]\n${classes}${parts}`;
    writeFileSync(join(project, 'sweep.yaml'), text);
    const sweep = (): object =>
      JSON.parse(archon(['sweep', 'sweep.yaml', '--out', 'out', '--json'], project).stdout) as object;
    const recordsOf = (cell: string) =>
      (journalOf(join(project, 'out')) as unknown as readonly EvaluationRecord[])
        .filter(({ point }) => point.accelerator.options['cell'] === cell)
        .map(({ pointId, metrics, provenance: { plugins } }) => ({
          ...{ pointId, areaUm2: metrics['areaUm2'], plugins: plugins.map(({ name }) => name) },
        }));
    expect(sweep()).toMatchObject({ counts: { ok: 2, skipped: 0 }, changed: [] });
    const [before] = recordsOf('cells/cell');
    expect(before?.plugins).toEqual(['array', 'cells']);
    expect(recordsOf('array/cell')).toMatchObject([{ plugins: ['array'] }]);

    const file = join(project, 'cells/index.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace('value: levels', 'value: 10 * levels'));
    expect(sweep()).toMatchObject({ counts: { ok: 2, skipped: 1 }, changed: ['plugin "cells"'] });
    const after = recordsOf('cells/cell').filter(({ pointId }) => pointId !== before?.pointId);
    expect(after).toMatchObject([{ areaUm2: before!.areaUm2! + 18, plugins: ['array', 'cells'] }]);
    expect(recordsOf('array/cell')).toHaveLength(1);
  });
});
