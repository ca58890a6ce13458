import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js';
import { tinyNetwork } from './test-fixtures.js';

const checkpoint: Checkpoint = {
  info: { stage: 'train', network: tinyNetwork(), dataset: 'procedural', seed: 1, epochs: 2, history: [], epoch: 0 },
  tensors: { w: { shape: [2], data: Float32Array.of(1, 2) } },
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
