import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHANNELS, countClasses, measureNormalization, NORMALIZATION, type Dataset } from './dataset.js';
import { proceduralDataset } from './procedural.js';

/** Share of the test images whose nearest class mean, in pixels, is that of their class. */
function nearestMeanAccuracy(train: Dataset, test: Dataset): number {
  const size = CHANNELS * train.resolution ** 2;
  const counts = countClasses(train);
  const means = counts.map(() => new Float64Array(size));
  train.labels.forEach((label, image) => {
    for (let at = 0; at < size; at += 1) means[label]![at]! += train.images[image * size + at]! / counts[label]!;
  });
  const distance = (image: number, mean: Float64Array): number => {
    return mean.reduce((sum, value, at) => sum + (test.images[image * size + at]! - value) ** 2, 0);
  };
  const isRight = [...test.labels].map((label, image) => {
    const distances = means.map((mean) => distance(image, mean));
    return distances.indexOf(Math.min(...distances)) === label;
  });
  return isRight.filter(Boolean).length / test.count;
}

describe('proceduralDataset', () => {
  it('is the same for the same seed, and differs between seeds, splits and images', () => {
    const make = (seed: number, split: 'train' | 'test') => proceduralDataset({ seed, split, count: 20 }).images;
    expect(make(1, 'train')).toEqual(make(1, 'train'));
    expect(make(1, 'train')).not.toEqual(make(2, 'train'));
    expect(make(1, 'train')).not.toEqual(make(1, 'test'));
    expect(make(1, 'train').subarray(0, 3072)).not.toEqual(make(1, 'train').subarray(30720, 33792));
  });

  it('does not depend on how many images are made, and stays as it is', () => {
    const few = proceduralDataset({ seed: 1, split: 'train', count: 10 });
    const more = proceduralDataset({ seed: 1, split: 'train', count: 12 });
    expect(more.images.subarray(0, few.images.length)).toEqual(few.images);
    expect(createHash('sha256').update(few.images).digest('hex').slice(0, 16)).toBe('1bfa4989d5077326');
  });

  it('has the classes in turns', () => {
    const dataset = proceduralDataset({ seed: 1, split: 'train', count: 25, classes: 10, resolution: 8 });
    expect(countClasses(dataset)).toEqual([3, 3, 3, 3, 3, 2, 2, 2, 2, 2]);
    expect(dataset).toMatchObject({ name: 'procedural', classes: 10, count: 25, resolution: 8 });
    expect(dataset.images.length).toBe(25 * 3 * 64);
  });

  it('has the statistics of its normalisation', () => {
    const { mean, std } = measureNormalization(proceduralDataset({ seed: 5, split: 'train', count: 2000 }));
    expect(Math.abs(mean - NORMALIZATION.procedural.mean)).toBeLessThan(1.5);
    expect(Math.abs(std - NORMALIZATION.procedural.std)).toBeLessThan(1.5);
  });

  it('can be learnt, but not from the mean images: these give 13 to 40 % of ten classes', () => {
    const train = proceduralDataset({ seed: 1, split: 'train', count: 2000, resolution: 16 });
    const test = proceduralDataset({ seed: 1, split: 'test', count: 1000, resolution: 16 });
    const accuracy = nearestMeanAccuracy(train, test);
    // Chance is 0.10 with a deviation of 0.0095.
    expect(accuracy).toBeGreaterThan(0.13);
    expect(accuracy).toBeLessThan(0.4);
  });

  it('has up to 100 classes', () => {
    expect(proceduralDataset({ seed: 1, split: 'test', count: 100, classes: 100 }).labels[99]).toBe(99);
  });

  it.each([{ count: 0 }, { count: 1.5 }, { classes: 1 }, { classes: 101 }, { resolution: 7 }])(
    '%j is refused',
    (change) => {
      expect(() => proceduralDataset({ seed: 1, split: 'train', count: 5, ...change })).toThrow(RangeError);
    },
  );
});
