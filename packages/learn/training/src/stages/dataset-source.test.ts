import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadSplit } from './dataset-source.js';
import { tinyNetwork } from '../test-fixtures.js';

it('draws procedural images of the size and classes of the network, a quarter as many for the test', () => {
  const source = { data: 'procedural', images: 40 };
  expect(loadSplit(source, 'train', tinyNetwork())).toMatchObject({ count: 40, resolution: 8, classes: 2 });
  expect(loadSplit(source, 'test', tinyNetwork()).count).toBe(10);
  expect(loadSplit({ ...source, images: 0 }, 'train', tinyNetwork()).count).toBe(4000);
  expect(() => loadSplit(source, 'train', { ...tinyNetwork(), classes: 101 })).toThrow('procedural');
});

it('takes the first images of a folder, and all test images', () => {
  const dir = mkdtempSync(join(tmpdir(), 'cifar-'));
  const records = (count: number) =>
    Buffer.concat(Array.from({ length: count }, (_, label) => Buffer.alloc(3073, label)));
  writeFileSync(join(dir, 'train.bin'), records(6));
  writeFileSync(join(dir, 'test.bin'), records(3));
  const source = { data: dir, images: 2 };
  const train = loadSplit(source, 'train', tinyNetwork());
  expect([train.count, [...train.labels], train.images.length]).toEqual([2, [0, 1], 2 * 3072]);
  expect(loadSplit(source, 'test', tinyNetwork()).count).toBe(3);
  rmSync(dir, { recursive: true });
});
