import { hypervolume, seededRandom, type Costs } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../testing/fake-records.js';
import { buildReport } from './build-report.js';
import { recordsSource } from './points/source.js';
import { estimateVolume, MOST_STEPS } from './estimate-volume.js';
import { renderMarkdown } from './render/markdown.js';

/** `count` points on the sphere around (1, 1, ...): none dominates another, and all fill the corner at 0. */
function sphere(count: number, dimensions: number): Costs[] {
  const random = seededRandom(3, 'sphere');
  return Array.from({ length: count }, () => {
    const direction = Array.from({ length: dimensions }, () => -Math.log(1 - random()));
    const length = Math.hypot(...direction);
    return direction.map((value) => 1 - value / length);
  });
}
const ones = (dimensions: number, value = 1.1): number[] => new Array<number>(dimensions).fill(value);

describe('an estimated hypervolume', () => {
  it('is exact, without an error, where one point has the whole box', () => {
    expect(estimateVolume([[1, 2, 3]], [2, 4, 6])).toEqual({ volume: 6, standardError: 0, samples: 65_536 });
    expect(estimateVolume([[3, 3]], [2, 2])).toEqual({ volume: 0, standardError: 0, samples: 0 });
  });

  it.each([2, 3, 4, 5])('agrees with the exact one in %i objectives within four standard errors', (dimensions) => {
    const points = sphere(40, dimensions);
    const { volume, standardError } = estimateVolume(points, ones(dimensions));
    expect(standardError).toBeGreaterThan(0);
    expect(Math.abs(volume - hypervolume(points, ones(dimensions)))).toBeLessThan(4 * standardError);
  });

  it('is the same for any order of the points, and every time', () => {
    const points = sphere(12, 4);
    const expected = estimateVolume(points, ones(4), 50_000);
    fc.assert(
      fc.property(fc.shuffledSubarray(points, { minLength: points.length }), (shuffled) => {
        expect(estimateVolume(shuffled, ones(4), 50_000)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('draws fewer numbers for more points, never fewer than 4,096', () => {
    expect(estimateVolume(sphere(100, 4), ones(4), 4e6).samples).toBe(10_000);
    expect(estimateVolume(sphere(100, 4), ones(4), 1).samples).toBe(4096);
  });
});

describe('a bounded exact hypervolume', () => {
  it('is the exact one or nothing', () => {
    const points = sphere(30, 5);
    const exact = hypervolume(points, ones(5));
    const found = [10, 1e3, 1e4, 1e5, 1e6].map((most) => hypervolume(points, ones(5), most));
    expect(found[0]).toBeUndefined();
    expect(found.at(-1)).toBe(exact);
    expect(new Set(found)).toEqual(new Set([undefined, exact]));
  });

  it('gives up on 200 points in seven objectives', () => {
    expect(hypervolume(sphere(200, 7), ones(7), MOST_STEPS)).toBeUndefined();
  });
});

describe('the report of a front that is too hard', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const options = {
    objectives: names.map((metric) => ({ metric, direction: 'minimize' as const })),
    widths: Array.from({ length: 100 }, (_, i) => 0.1 + i / 100),
    variants: ['archon/a', 'archon/b'],
    meshes: [8],
    glbKib: [64],
    layers: 1,
  };
  const points = sphere(200, 7);
  const records = fakeRecords(options).map((record, i) => ({
    ...record,
    metrics: { areaUm2: 1, ...Object.fromEntries(names.map((name, k) => [name, points[i]![k]!])) },
  }));

  it('says that its hypervolume is an estimate, and how good', () => {
    const report = buildReport(fakeSweep(options), recordsSource(records));
    const { volume } = report;
    expect(volume?.estimate).toEqual({ standardError: expect.any(Number), samples: 65_536 });
    expect(volume!.estimate!.standardError).toBeGreaterThan(0);
    expect(volume!.estimate!.standardError).toBeLessThan(0.002);
    expect(report.groups[0]?.estimate?.samples).toBe(65_536);
    expect(renderMarkdown(report)).toMatch(
      /\| Hypervolume \| ≈ [\d.]+ % of .*; estimated with 65536 random points, standard error 0\.\d+ %/,
    );
  });

  it('and that of an easy one is not', () => {
    const report = buildReport(fakeSweep(), recordsSource(fakeRecords({ layers: 1 })));
    expect(report.volume).not.toHaveProperty('estimate');
    expect(renderMarkdown(report)).not.toContain('≈');
  });
});
