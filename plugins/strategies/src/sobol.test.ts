import { describe, expect, it } from 'vitest';
import type { SearchProblem } from '@archon-dse/core';
import { sobol } from './sobol.js';
import { MOST_SOBOL_AXES, sobolBits } from './sobol-sequence.js';

const pointAt = (axes: number, index: number): readonly number[] =>
  Array.from({ length: axes }, (_, axis) => sobolBits(axis, index) / 2 ** 32);

// prettier-ignore
const SCIPY_1000 = [0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375, 0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375, 0.5498046875, 0.9501953125, 0.5400390625, 0.5830078125, 0.9072265625, 0.0400390625, 0.9794921875, 0.0595703125, 0.3408203125, 0.1474609375, 0.1455078125, 0.2958984375, 0.5927734375, 0.8017578125, 0.7705078125, 0.8486328125, 0.8310546875, 0.3076171875, 0.4794921875, 0.9130859375, 0.2548828125, 0.9599609375, 0.7021484375, 0.8408203125, 0.0927734375, 0.8720703125, 0.9189453125, 0.9990234375, 0.4794921875, 0.3525390625, 0.5166015625, 0.7529296875, 0.4384765625, 0.1259765625, 0.8916015625, 0.4541015625, 0.0791015625, 0.8837890625, 0.5712890625, 0.4462890625, 0.6025390625, 0.2587890625, 0.4462890625];

describe('the Sobol sequence', () => {
  // The output of the authors' program for 10 points of 3 axes, https://web.maths.unsw.edu.au/~fkuo/sobol/
  it('starts as published', () => {
    expect(Array.from({ length: 10 }, (_, index) => pointAt(3, index))).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ]);
  });

  // Of SciPy 1.17.1: scipy.stats.qmc.Sobol(d=64, scramble=False), point 1000
  it('goes on as other programs with these direction numbers do, on all of its axes', () => {
    expect(pointAt(MOST_SOBOL_AXES, 1000)).toEqual(SCIPY_1000);
  });

  it('has each of 2^k strips once in the first 2^k points, on each axis', () => {
    for (let axis = 0; axis < MOST_SOBOL_AXES; axis += 1) {
      const strips = Array.from({ length: 256 }, (_, index) => sobolBits(axis, index) >>> 24);
      expect(new Set(strips).size).toBe(256);
    }
  });
});

describe('the strategy', () => {
  const axis = (count: number) => ({ name: 'x', values: { from: 0, step: 1, count }, isOrdered: true, when: [] });
  const problem: SearchProblem = {
    ...{ space: { axes: [axis(8), axis(3)], constraints: [] }, objectives: 1, seed: 1, budget: 8 },
  };

  it('takes the places that the published points fall on', () => {
    const strategy = sobol.create({ shift: 'none', batch: 4 }, problem);
    expect(strategy.ask(0)).toEqual([[0, 0], [4, 1], [6, 0], [2, 2]]); // prettier-ignore
    expect(strategy.ask(strategy.tell(0, new Array(4).fill({ choices: [0, 0], state: 'failed', group: '' })))).toEqual([[3, 1], [7, 2], [5, 0], [1, 1]]); // prettier-ignore
  });

  it('is shifted by the seed and stays even', () => {
    const first = (seed: number) => sobol.create({ batch: 8 }, { ...problem, seed }).ask(0);
    expect(first(1)).not.toEqual(first(2));
    expect(new Set(first(1).map(([place]) => place)).size).toBe(8);
  });

  it('draws axes past those of the sequence', () => {
    const many = { ...problem, space: { axes: Array.from({ length: 70 }, () => axis(10)), constraints: [] } };
    const points = sobol.create({ batch: 64 }, many).ask(0);
    expect(new Set(points.map((point) => point[69])).size).toBeGreaterThan(5);
  });
});
