import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultsOf, type StageContext, type StageState } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadBackend } from '../backends/load-backend.js';
import { applyImport } from './import-stage.js';
import { IMPORT_OPTIONS, TRAINING_OPTIONS, type ImportOptions, type TrainingOptions } from './stage-options.js';
import { applyTraining } from './training-stages.js';

const { loadBackend: load } = await vi.importActual<{ loadBackend: typeof loadBackend }>('../backends/load-backend.js');
vi.mock('../backends/load-backend.js', async (original) => ({ ...(await original<object>()), loadBackend: vi.fn() }));
beforeEach(() => {
  vi.mocked(loadBackend).mockImplementation(() => load('onnx'));
});

const root = mkdtempSync(join(tmpdir(), 'run-stage-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder of CIFAR-10 images, each of one grey. */
function images(name: string, labels: readonly number[], greys = labels.map((label) => 25 * label)): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const records = labels.map((label, index) => Buffer.alloc(3073, greys[index]).fill(label, 0, 1));
  for (const split of ['train', 'test']) writeFileSync(join(folder, `${split}.bin`), Buffer.concat(records));
  return folder;
}

function start(): StageState {
  const net = new NetworkBuilder({ id: 'me/tiny', input: [32, 32, 3], classes: 10 });
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, stride: 4, role: 'stem' })));
  net.softmax(net.dense('fc', net.globalAveragePool('pool', stem), 10));
  return { network: net.build(), densities: {}, metrics: {}, artifacts: {} };
}

let caches = 0;
const freshCache = (): string => join(root, `cache-${String((caches += 1))}`);
const shared = freshCache();

async function train(options: Partial<TrainingOptions>, context: Partial<StageContext> = {}): Promise<StageState> {
  const small = { ...defaultsOf(TRAINING_OPTIONS), epochs: 6, batch: 4 };
  return applyTraining(start(), { ...small, ...options }, { seed: 1, dir: shared, ...context });
}

/** What it measured is what it measures with nothing to find. */
const LABELS = [0, 9, 0, 9, 0, 9, 0, 9];

describe('a training that is found again', () => {
  it('is one of the same images, wherever they lie', async () => {
    const first = await train({ data: images('first', LABELS) });
    cpSync(join(root, 'first'), join(root, 'moved'), { recursive: true });
    const moved = await train({ data: join(root, 'moved') });
    expect(moved).toEqual(first);
  });

  it('is not one of other images in the same place', async () => {
    const data = images('place', LABELS);
    const before = await train({ data });
    rmSync(data, { recursive: true });
    images(
      'place',
      LABELS.map(() => 3),
    );
    const after = await train({ data });
    expect(after.metrics).not.toEqual(before.metrics);
    expect(after.metrics).toEqual((await train({ data }, { dir: freshCache() })).metrics);
  });

  it.each([
    ['the runtime that really computed', 'onnxruntime-web 1.30.0, wasm, 1 thread', {}],
    ['its threads', 'onnxruntime-node 1.30.0, cpu, 2 threads', {}],
    ['the code of the stage', undefined, { code: 'edited' }],
  ])('is not one with another of %s', async (_what, description, context) => {
    const data = join(root, 'first');
    const before = await train({ data }, { code: 'as it was' });
    const backend = await load('onnx');
    vi.mocked(loadBackend).mockResolvedValue(description === undefined ? backend : { ...backend, description });
    const after = await train({ data }, { code: 'as it was', ...context });
    expect(after.artifacts).not.toEqual(before.artifacts);
    expect(after.budgets?.[0]?.runtime).toBe(description ?? backend.description);
  });
});

describe('an import that is found again', () => {
  const importFrom = async (options: Partial<ImportOptions>): Promise<StageState> =>
    applyImport(start(), { ...defaultsOf(IMPORT_OPTIONS), ...options }, { seed: 1, dir: shared });

  it('is not one measured on other images in the same place', async () => {
    const data = images('measured', LABELS);
    const file = String((await train({ data })).artifacts['checkpoint']);
    const before = await importFrom({ file, data });
    rmSync(data, { recursive: true });
    images(
      'measured',
      LABELS.map((label) => 9 - label),
      LABELS.map((label) => 25 * label),
    );
    const after = await importFrom({ file, data });
    expect(before.metrics['accuracy']).toBeGreaterThan(0.4);
    expect(after.metrics['accuracy']).toBe(1 - before.metrics['accuracy']!);
  });

  it('is not one with another map of names in the same place', async () => {
    const file = String((await train({ data: join(root, 'first') })).artifacts['checkpoint']);
    const names = join(root, 'names.yaml');
    const identity = [
      'stem',
      'fc',
      ...start()
        .network.layers.filter(({ op }) => op === 'batchNorm')
        .map(({ name }) => name),
    ];
    writeFileSync(names, identity.map((name) => `${name}: ${name}\n`).join(''));
    const before = await importFrom({ file, names });
    writeFileSync(names, '# the same, but a file of its own\n', { flag: 'a' });
    expect((await importFrom({ file, names })).artifacts).not.toEqual(before.artifacts);
  });
});
