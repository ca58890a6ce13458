import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js';
import { tinyNetwork, tinyTensors } from '../test-fixtures.js';

const checkpoint: Checkpoint = {
  info: { stage: 'train', network: tinyNetwork(), dataset: 'procedural', seed: 1, epochs: 2, history: [], epoch: 0 },
  tensors: tinyTensors(),
};
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('comes back as it was written', async () => {
  const path = join(dir, 'deep', 'model.safetensors');
  await writeCheckpoint(path, checkpoint);
  expect(await readCheckpoint(path)).toEqual(checkpoint);
});

it('is refused when a byte has changed, when it is something else, and when it is not there', async () => {
  const path = join(dir, 'model.safetensors');
  await writeCheckpoint(path, checkpoint);
  const bytes = await readFile(path);
  bytes.writeFloatLE(1.0000001, bytes.length - 8);
  await writeFile(path, bytes);
  await expect(readCheckpoint(path)).rejects.toMatchObject({
    diagnostics: [{ code: 'ARCHON_CHECKPOINT_INVALID', message: expect.stringContaining('SHA-256') }],
  });
  await writeFile(path, 'no tensors at all');
  await expect(readCheckpoint(path)).rejects.toMatchObject({ diagnostics: [{ code: 'ARCHON_CHECKPOINT_INVALID' }] });
  await expect(readCheckpoint(join(dir, 'x'))).rejects.toMatchObject({
    diagnostics: [{ code: 'ARCHON_FILE_NOT_FOUND' }],
  });
});

describe('a checkpoint whose digest holds is refused at what is wrong in it', () => {
  const { info, tensors } = checkpoint;
  const epoch = { trainLoss: 1, trainAccuracy: 0.5, testLoss: 1, testAccuracy: 0.5 };
  const kernel = tensors['fc/kernel']!;
  const bias = tensors['fc/bias']!;
  const fill = (name: string, value: number) => ({
    [name]: { ...tensors[name]!, data: tensors[name]!.data.map(() => value) },
  });

  it.each([
    ['stage', { stage: 5 }],
    ['seed', { seed: 0.5 }],
    ['history', { history: null }],
    ['history', { epochs: 1, history: [{ ...epoch, testAccuracy: 2 }] }],
    ['history', { epochs: 1, history: [{ ...epoch, testLoss: null }] }],
    ['keeps epoch 6 after 0 of 2 epochs', { epoch: 5 }],
    ['3 of 2 epochs', { history: [epoch, epoch, epoch] }],
    ['origin', { origin: { file: { name: 'x' } } }],
    ['prediction', { prediction: { predictor: { relus: 'all', kernels: 'frozen' }, gates: {} } }],
    ['', { network: null }],
    ['', { network: { ...info.network, layers: [null] } }],
    ['starts with nothing', { network: { ...info.network, layers: [] } }],
  ])('in what it says: %s, %j', async (message, change) => {
    await refuse({ info: { ...info, ...change } as unknown as Checkpoint['info'], tensors }, message);
  });

  it.each([
    ['another shape', 'tensor "fc/kernel" is [2,4]', { 'fc/kernel': { ...kernel, shape: [2, 4] } }],
    ['one too many', 'no tensor "fc/other"', { 'fc/other': bias }],
    ['negative variances', 'tensor "stem.bn/variance" has negative variances', fill('stem.bn/variance', -1)],
    ['NaN', 'tensor "fc/bias" has values that are infinite or no numbers', fill('fc/bias', NaN)],
  ])('in its tensors: %s', async (_what, message, change) => {
    await refuse({ info, tensors: { ...tensors, ...change } }, message);
  });

  it('a tensor that is missing', async () => {
    const others = Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'fc/bias'));
    await refuse({ info, tensors: others }, 'tensor "fc/bias" is missing');
  });

  async function refuse(wrong: Checkpoint, message: string): Promise<void> {
    const path = join(dir, 'model.safetensors');
    await writeCheckpoint(path, wrong);
    await expect(readCheckpoint(path)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_CHECKPOINT_INVALID', message: expect.stringContaining(message) }],
    });
  }
});

it('says what the file system refuses', async () => {
  await mkdir(join(dir, 'folder'));
  await symlink(join(dir, 'nothing'), join(dir, 'dangling'));
  await writeFile(join(dir, 'file'), '');
  await expect(readCheckpoint(join(dir, 'folder'))).rejects.toMatchObject({
    diagnostics: [{ code: 'ARCHON_FILE_REFUSED', message: expect.stringContaining('it is a folder (EISDIR)') }],
  });
  await expect(readCheckpoint(join(dir, 'dangling'))).rejects.toMatchObject({
    diagnostics: [{ code: 'ARCHON_FILE_NOT_FOUND' }],
  });
  await expect(writeCheckpoint(join(dir, 'file', 'model.safetensors'), checkpoint)).rejects.toMatchObject({
    diagnostics: [{ code: 'ARCHON_FILE_REFUSED', message: expect.stringContaining('(EEXIST)') }],
  });
});
