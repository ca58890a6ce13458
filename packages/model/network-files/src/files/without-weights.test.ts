import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { OnnxFile } from '../../test/onnx-file.js';
import { vit } from '../../test/vit.js';
import { importOnnx } from '../onnx/import-onnx.js';
import { readNetworkFile } from './read-network-file.js';
import { withoutWeights } from './without-weights.js';

const folder = mkdtempSync(join(tmpdir(), 'weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of two megabytes, nearly all of them weights; one tensor is in an attribute. */
function heavy(): Uint8Array {
  const file = new OnnxFile();
  const values = (count: number) => new Uint8Array(4 * count).fill(1);
  const weights = file.tensor({ dims: [256, 1024], dataType: 1, rawData: values(256 * 1024) });
  const dense = file.op('MatMul', [file.input('tokens', ['N', 5, 256]), weights]);
  const held = { dims: [1024, 256], dataType: 1, floatData: Array.from({ length: 1024 * 256 }, () => 0.5) };
  file.node({ name: 'held', opType: 'Constant', outputs: ['held'], attributes: [{ name: 'value', t: held, type: 4 }] });
  file.output(file.op('Reshape', [file.op('MatMul', [dense, 'held']), file.ints([0, -1, 128])]));
  return file.encode();
}

const skim = (bytes: Uint8Array) => withoutWeights((from, to) => bytes.subarray(from, to), bytes.length);

describe('a file without its weights', () => {
  it('is short, and the same network', async () => {
    const bytes = heavy();
    const short = skim(bytes) ?? new Uint8Array();
    expect([bytes.length > 2 ** 21, short.length < 1_000]).toEqual([true, true]);
    expect(importOnnx(short, { id: 'me/file' })).toEqual(importOnnx(bytes, { id: 'me/file' }));
    const path = join(folder, 'heavy.onnx');
    writeFileSync(path, bytes);
    expect(await readNetworkFile(path, { id: 'me/file' })).toEqual(importOnnx(bytes, { id: 'me/file' }));
  });

  it('is as it was where it has none', () => {
    const bytes = vit({ channels: 8, heads: 2, depth: 1, patch: 4, image: 8 }).encode();
    expect(Buffer.from(skim(bytes) ?? [])).toEqual(Buffer.from(bytes));
  });

  it('is nothing where the bytes are cut off or other bytes, at the latest where they end', () => {
    const bytes = vit({ channels: 8, heads: 2, depth: 1, patch: 4, image: 8 }).encode();
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        const short = skim(bytes.slice(0, length));
        expect((short ?? []).length <= length).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        expect((skim(any) ?? []).length).toBeLessThanOrEqual(any.length);
      }),
    );
  });
});
