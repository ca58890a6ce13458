import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { readCifar } from './cifar.js';
import { findCifar } from './cifar-files.js';
import { countClasses, measureNormalization } from './dataset.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archon-cifar-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Records with the given labels; every pixel of record i of channel c is 10 * i + c, its first pixel 200. */
function records(...labels: readonly (readonly number[])[]): Uint8Array {
  const parts = labels.map((bytes, index) => {
    const pixels = Uint8Array.from({ length: 3072 }, (_, at) => 10 * index + Math.floor(at / 1024));
    pixels[0] = 200;
    return Uint8Array.from([...bytes, ...pixels]);
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function write(name: string, bytes: Uint8Array, into = folder): void {
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, name), bytes);
}

function writeOfficial(into = folder): void {
  for (const n of [1, 2, 3, 4, 5]) write(`data_batch_${n}.bin`, records([n], [9]), into);
  write('test_batch.bin', records([0]), into);
}

const diagnosticOf = (run: () => unknown) => diagnosticsOf(run)[0];

describe('readCifar', () => {
  it('reads the official batches of CIFAR-10 in order', () => {
    writeOfficial();
    const train = readCifar(folder, 'train');
    expect(train).toMatchObject({ name: 'cifar10', split: 'train', classes: 10, count: 10, resolution: 32 });
    expect([...train.labels]).toEqual([1, 9, 2, 9, 3, 9, 4, 9, 5, 9]);
    expect(train.images.length).toBe(10 * 3072);
    const pixelsOf = (image: number) => [0, 1, 1024, 2048].map((at) => train.images[image * 3072 + at]);
    expect(pixelsOf(0)).toEqual([200, 0, 1, 2]);
    expect(pixelsOf(1)).toEqual([200, 10, 11, 12]);
    expect([...readCifar(folder, 'test').labels]).toEqual([0]);
  });

  it('finds them in the folder of the archive', () => {
    writeOfficial(join(folder, 'cifar-10-batches-bin'));
    expect(findCifar(folder)).toMatchObject({ name: 'cifar10', folder: join(folder, 'cifar-10-batches-bin') });
    expect(readCifar(folder, 'train', 'cifar10').count).toBe(10);
  });

  it('reads subsets of any number of files', () => {
    write('train_b.bin', records([4]));
    write('train_a.bin', records([7], [0]));
    write('test.bin', records([2]));
    write('batches.meta.txt', new Uint8Array(60));
    expect(findCifar(folder).name).toBe('cifar10');
    expect([...readCifar(folder, 'train').labels]).toEqual([7, 0, 4]);
  });

  it('reads fine labels of CIFAR-100, told from CIFAR-10 by the size', () => {
    write('train.bin', records([19, 99], [0, 57]));
    write('test.bin', records([3, 1]));
    const train = readCifar(folder, 'train');
    expect(train).toMatchObject({ name: 'cifar100', classes: 100, count: 2 });
    expect([...train.labels]).toEqual([99, 57]);
    expect(countClasses(train)[57]).toBe(1);
    expect([...readCifar(folder, 'test').labels]).toEqual([1]);
  });

  it('has the statistics of its pixels', () => {
    write('train.bin', Uint8Array.from([0, ...Array<number>(1536).fill(10), ...Array<number>(1536).fill(30)]));
    expect(measureNormalization(readCifar(folder, 'train'))).toEqual({ mean: 20, std: 10 });
  });
});

describe('mistakes in the files', () => {
  it('a file that is cut off: ARCHON_DATA_SIZE', () => {
    write('train.bin', records([1], [2]).subarray(0, 5000));
    expect(diagnosticOf(() => readCifar(folder, 'train'))).toMatchObject({
      code: 'ARCHON_DATA_SIZE',
      message: expect.stringContaining('train.bin" has 5000 bytes'),
      expected: 'a multiple of 3073 bytes (CIFAR-10) or 3074 bytes (CIFAR-100)',
    });
    write('train.bin', new Uint8Array(0));
    expect(diagnosticOf(() => readCifar(folder, 'train'))?.code).toBe('ARCHON_DATA_SIZE');
  });

  it('a test file that is cut off is noticed when training data is read', () => {
    writeOfficial();
    write('test_batch.bin', records([1]).subarray(1));
    expect(diagnosticOf(() => readCifar(folder, 'train'))?.message).toContain('test_batch.bin');
  });

  it('the size of the other dataset: ARCHON_DATA_SIZE', () => {
    write('train.bin', records([3, 1]));
    expect(diagnosticOf(() => readCifar(folder, 'train', 'cifar10'))).toMatchObject({
      code: 'ARCHON_DATA_SIZE',
      expected: 'a multiple of 3073 bytes (CIFAR-10)',
    });
  });

  it.each([
    [[[9], [10]], 'image 1 of', 'label 10', '0 to 9'],
    [[[20, 0]], 'image 0 of', 'label 20', '0 to 19'],
    [[[0, 100]], 'image 0 of', 'label 100', '0 to 99'],
  ])('labels %j: ARCHON_DATA_LABEL', (labels, image, label, expected) => {
    write('train.bin', records(...labels));
    const diagnostic = diagnosticOf(() => readCifar(folder, 'train'));
    expect(diagnostic).toMatchObject({ code: 'ARCHON_DATA_LABEL', expected });
    expect(diagnostic?.message).toContain(image);
    expect(diagnostic?.message).toContain(label);
  });

  it('missing files: ARCHON_DATA_NOT_FOUND', () => {
    expect(diagnosticOf(() => readCifar(join(folder, 'none'), 'train'))).toMatchObject({
      code: 'ARCHON_DATA_NOT_FOUND',
      message: expect.stringContaining('there is no folder'),
    });
    expect(diagnosticOf(() => readCifar(folder, 'train'))?.message).toContain('holds no CIFAR files');
    writeOfficial();
    rmSync(join(folder, 'data_batch_3.bin'));
    expect(diagnosticOf(() => readCifar(folder, 'test'))).toMatchObject({
      code: 'ARCHON_DATA_NOT_FOUND',
      message: expect.stringContaining('without "data_batch_3.bin"'),
    });
  });

  it('links that lead nowhere and folders named like files: ARCHON_FILE_*', () => {
    symlinkSync(join(folder, 'nothing'), join(folder, 'train.bin'));
    expect(diagnosticOf(() => readCifar(folder, 'train'))).toMatchObject({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: expect.stringContaining(`"${join(folder, 'train.bin')}" cannot be read`),
    });
    rmSync(join(folder, 'train.bin'));
    mkdirSync(join(folder, 'train.bin'));
    expect(diagnosticOf(() => readCifar(folder, 'train'))?.code).toMatch(/ARCHON_(FILE_REFUSED|DATA_SIZE)/);
  });

  it('a split without files: ARCHON_DATA_NOT_FOUND', () => {
    write('train.bin', records([1]));
    expect(diagnosticOf(() => readCifar(folder, 'test'))).toMatchObject({
      code: 'ARCHON_DATA_NOT_FOUND',
      message: expect.stringContaining('holds no test images'),
    });
  });
});
