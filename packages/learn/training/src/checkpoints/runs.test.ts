import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeTensors } from '@archon-dse/weights';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCheckpoint, type Checkpoint } from './checkpoint.js';
import { listRuns, readRun } from './runs.js';
import { tinyNetwork, tinyTensors } from '../test-fixtures.js';

const dir = await mkdtemp(join(tmpdir(), 'runs-'));
afterAll(() => rm(dir, { recursive: true }));

const epoch = (accuracy: number) => ({ trainLoss: 2, trainAccuracy: 0.4, testLoss: 1, testAccuracy: accuracy });

function checkpoint(changes: Partial<Checkpoint['info']>): Checkpoint {
  return {
    info: {
      ...{ stage: 'train', network: tinyNetwork(), dataset: 'cifar10', seed: 7, epochs: 3 },
      ...{ history: [epoch(0.5), epoch(0.75)], epoch: 1 },
      ...changes,
    },
    tensors: tinyTensors(),
  };
}

const trained = join(dir, 'train-0123456789abcdef');
await writeCheckpoint(join(trained, 'model.safetensors'), checkpoint({}));
const history = [epoch(0.5), epoch(0.75), epoch(0.6)];
await writeCheckpoint(join(trained, 'last.safetensors'), checkpoint({ history, epoch: 2 }));

describe('a run', () => {
  it('is the kept weights with the history of all epochs', async () => {
    const run = await readRun(trained);
    expect(run).toEqual(await readRun(join(trained, 'model.safetensors')));
    expect(run).toMatchObject({
      path: join(trained, 'model.safetensors'),
      status: 'finished',
      ...{ stage: 'train', network: 'me/tiny', networkOptions: null, dataset: 'cifar10', seed: 7 },
      ...{ epochs: 3, epochsDone: 3, keptEpoch: 2, accuracy: 0.75, loss: 1, history },
      density: { nonzero: 108 + 16 + 72 + 32 + 3, total: 108 + 16 + 72 + 32 + 8 },
      parent: null,
    });
    expect(run.layers.at(-1)).toEqual({ layer: 'fc', nonzero: 3, total: 8 });
    const sizes = await Promise.all(
      ['model', 'last'].map(async (name) => (await readFile(join(trained, `${name}.safetensors`))).length),
    );
    expect(run.bytes).toBe(sizes[0]! + sizes[1]!);
  });

  it('is interrupted while epochs are left', async () => {
    const path = join(dir, 'prune-0123456789abcdef', 'model.safetensors');
    const parent = { stage: 'train', sha256: (await readRun(trained)).sha256 };
    await writeCheckpoint(path, checkpoint({ stage: 'prune', origin: { recipe: 'short', batch: 16, parent } }));
    expect(await readRun(path)).toMatchObject({
      status: 'interrupted',
      epochsDone: 2,
      recipe: 'short',
      batch: 16,
      parent,
    });
  });

  it('has the score of an import where it was measured', async () => {
    const path = join(dir, 'import-0123456789abcdef', 'model.safetensors');
    const score = { images: 10, top1: 0.3, loss: 2.5 };
    await writeCheckpoint(path, checkpoint({ stage: 'import', epochs: 0, history: [], epoch: 0, origin: { score } }));
    expect(await readRun(path)).toMatchObject({ status: 'finished', keptEpoch: null, accuracy: 0.3, loss: 2.5 });
  });
});

it('lists runs, and files that are none with what is wrong', async () => {
  await writeFile(join(dir, 'notes.txt'), 'mine');
  const damaged = join(dir, 'train-fedcba9876543210');
  await mkdir(damaged);
  const bytes = await readFile(join(trained, 'model.safetensors'));
  await writeFile(join(damaged, 'model.safetensors'), bytes.subarray(0, -1));
  await writeFile(join(dir, 'foreign.safetensors'), encodeTensors({ tensors: {}, metadata: {} }));
  await mkdir(join(dir, 'elsewhere'));
  await writeFile(join(dir, 'elsewhere', 'not-ours.txt'), '');
  const { runs, unreadable } = await listRuns(dir);
  expect(runs.map(({ stage }) => stage)).toEqual(['import', 'prune', 'train']);
  expect(unreadable.map(({ path }) => path)).toEqual([
    join(dir, 'foreign.safetensors'),
    join(dir, 'notes.txt'),
    join(damaged, 'model.safetensors'),
  ]);
  expect(unreadable[0]?.problem).toContain('says nothing of a checkpoint');
  expect(unreadable[2]?.problem).toMatch(/tensor ".*" ends at byte/);
});
