import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createBatchTarget,
  NO_AUGMENTATION,
  PUBLISHED_AUGMENTATION,
  DEFAULT_AUGMENTATION,
  type Augmentation,
} from './batch-plan.js';
import type { Dataset } from './dataset.js';
import { evaluationBatches } from './evaluation-batches.js';
import { shuffleEpoch } from './shuffle.js';
import { trainingBatches } from './training-batches.js';

const IDENTITY = { mean: 0, std: 1 };

/** Images of r x r pixels; byte = 100 * image + 30 * channel + r * row + column + 1, so a 0 in a batch is padding. Labels count up. */
function tinyDataset(count: number, resolution = 3): Dataset {
  const plane = resolution ** 2;
  const images = Uint8Array.from({ length: count * 3 * plane }, (_, at) => {
    const channel = Math.floor(at / plane) % 3;
    return 100 * Math.floor(at / (3 * plane)) + 30 * channel + (at % plane) + 1;
  });
  const labels = Uint16Array.from({ length: count }, (_, index) => index);
  return { name: 'cifar10', split: 'train', classes: count, count, resolution, images, labels };
}

function train(dataset: Dataset, augmentation: Augmentation, batch = 1, layout: 'nchw' | 'nhwc' = 'nchw') {
  const batches = trainingBatches(dataset, { batch, layout, seed: 3, augmentation, normalization: IDENTITY });
  return (epoch: number, number = 0) => {
    const target = createBatchTarget(dataset, batch);
    batches.fill(epoch, number, target);
    return target;
  };
}

describe('evaluation batches', () => {
  it('come in stored order, the last one filled up with zeros and counted right', () => {
    const dataset = tinyDataset(2, 1);
    const batches = evaluationBatches({ ...dataset, count: 2 }, { batch: 3, layout: 'nchw', normalization: IDENTITY });
    const target = createBatchTarget(dataset, 3);
    target.images.fill(7);
    target.labels.fill(7);
    expect(batches.batches).toBe(1);
    expect(batches.fill(0, target)).toBe(2);
    expect([...target.images]).toEqual([1, 31, 61, 101, 131, 161, 0, 0, 0]);
    expect([...target.labels]).toEqual([0, 1, 0]);
  });

  it('normalises with the constants of the dataset', () => {
    const target = createBatchTarget(tinyDataset(1, 1), 1);
    evaluationBatches(tinyDataset(1, 1), { batch: 1, layout: 'nchw' }).fill(0, target);
    expect(target.images[0]).toBeCloseTo((1 - 120.70756512369792) / 64.1500758911213, 6);
  });

  it('lays channels last on demand', () => {
    const dataset = tinyDataset(1, 2);
    const target = createBatchTarget(dataset, 1);
    evaluationBatches(dataset, { batch: 1, layout: 'nhwc', normalization: IDENTITY }).fill(0, target);
    expect([...target.images]).toEqual([1, 31, 61, 2, 32, 62, 3, 33, 63, 4, 34, 64]);
  });

  it('counts every image once, for any batch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), (count, batch) => {
        const dataset = tinyDataset(count, 1);
        const target = createBatchTarget(dataset, batch);
        const batches = evaluationBatches(dataset, { batch, layout: 'nchw' });
        const seen: number[] = [];
        for (let number = 0; number < batches.batches; number += 1) {
          const valid = batches.fill(number, target);
          seen.push(...target.labels.subarray(0, valid));
        }
        expect(seen).toEqual([...dataset.labels]);
        expect(() => batches.fill(batches.batches, target)).toThrow(RangeError);
      }),
    );
  });
});

describe('training batches', () => {
  it('hold each image once an epoch, in an order of its own', () => {
    const dataset = tinyDataset(60, 1);
    const fill = train(dataset, NO_AUGMENTATION, 7);
    const epoch = (n: number) => [0, 1, 2, 3, 4, 5, 6, 7].flatMap((number) => [...fill(n, number).labels]);
    expect(new Set(epoch(0)).size).toBe(56);
    expect(epoch(0)).not.toEqual(epoch(1));
    expect(() => fill(0, 8)).toThrow(RangeError);
  });

  it('go on anywhere with the same batches', () => {
    const dataset = tinyDataset(20);
    const inOrder = train(dataset, DEFAULT_AUGMENTATION, 4);
    const wanted = [0, 1, 2].flatMap((epoch) => [0, 1, 2, 3, 4].map((number) => inOrder(epoch, number)));
    const resumed = train(dataset, DEFAULT_AUGMENTATION, 4);
    expect(resumed(2, 3)).toEqual(wanted[13]);
    expect(resumed(0, 1)).toEqual(wanted[1]);
  });

  it('mirror half of the images', () => {
    const fill = train(tinyDataset(1, 2), { flip: 0.5, pad: 0, crop: 'image' });
    const firsts = Array.from({ length: 2000 }, (_, epoch) => [...fill(epoch).images.subarray(0, 4)].join());
    const mirrored = firsts.filter((text) => text === '2,1,4,3').length;
    expect(firsts.filter((text) => text === '1,2,3,4').length + mirrored).toBe(2000);
    // Five deviations of a fair coin: 5 * sqrt(2000) / 2 = 112.
    expect(Math.abs(mirrored - 1000)).toBeLessThan(112);
  });

  it('move each image to each of the 25 offsets about equally often, zeros around it', () => {
    const fill = train(tinyDataset(1), { flip: 0, pad: 2, crop: 'image' });
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 5000; epoch += 1) {
      const plane = [...fill(epoch).images.subarray(0, 9)].join();
      counts.set(plane, (counts.get(plane) ?? 0) + 1);
    }
    expect(counts.size).toBe(25);
    for (const expected of ['1,2,3,4,5,6,7,8,9', '0,0,0,0,0,0,0,0,1', '0,0,1,0,0,4,0,0,7', '9,0,0,0,0,0,0,0,0']) {
      expect(counts.has(expected), expected).toBe(true);
    }
    // 200 each; five deviations are 69.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(69);
  });

  it.each([
    ['image', DEFAULT_AUGMENTATION, true],
    ['batch', PUBLISHED_AUGMENTATION, false],
  ])('crop per %s', (_, augmentation, differ) => {
    const one = tinyDataset(1);
    const images = Uint8Array.from({ length: 16 * one.images.length }, (_byte, at) => one.images[at % 27]!);
    const copies: Dataset = { ...one, count: 16, images, labels: new Uint16Array(16) };
    const { images: batch } = train(copies, { ...augmentation, flip: 0 }, 16)(1);
    const planes = new Set(
      Array.from({ length: 16 }, (_image, index) => [...batch.subarray(index * 27, index * 27 + 27)].join()),
    );
    expect(planes.size > 1).toBe(differ);
  });

  it('are the same in both layouts', () => {
    const dataset = tinyDataset(6);
    const first = train(dataset, DEFAULT_AUGMENTATION, 6, 'nchw')(4).images;
    const last = train(dataset, DEFAULT_AUGMENTATION, 6, 'nhwc')(4).images;
    const transposed = Array.from(first, (_, at) => {
      const [image, pixel, channel] = [Math.floor(at / 27), Math.floor((at % 27) / 3), at % 3];
      return first[image * 27 + channel * 9 + pixel];
    });
    expect([...last]).toEqual(transposed);
  });

  it.each([0, 21, 1.5])('a batch of %d of 20 images is refused', (batch) => {
    expect(() => trainingBatches(tinyDataset(20), { batch, layout: 'nchw', seed: 1 })).toThrow(RangeError);
  });
});

describe('shuffleEpoch', () => {
  it('gives every permutation of three about equally often', () => {
    const counts = new Map<string, number>();
    const order = new Uint32Array(3);
    for (let epoch = 0; epoch < 6000; epoch += 1) {
      shuffleEpoch(order, 1, epoch);
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1000 each; five deviations are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
  });
});
