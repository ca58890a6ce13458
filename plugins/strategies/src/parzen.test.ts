import { seededRandom, settle, spaceOf, type Sweep } from '@archon-dse/core';
import { expect, it } from 'vitest';
import { ParzenEstimator } from './parzen.js';

const sweep: Sweep = {
  ...{
    apiVersion: 'archon/v1',
    name: 's',
    plugins: [],
    seed: 1,
    networks: [{ use: 'n', options: {}, axes: {} }],
    stages: [],
  },
  accelerators: [
    {
      use: 'a',
      options: { lanes: 1 },
      axes: { mesh: [1, 2, 4, 8, 16], mode: ['x', 'y', 'z'], lanes: { from: 1, step: 1, count: 4 } },
      when: { lanes: { mode: ['z'] } },
    },
  ],
  ...{ objectives: [], constraints: [], executor: { kind: 'serial' } },
};
const { axes, constraints } = spaceOf(sweep);
const space = { axes, constraints };
const all = [0, 1, 2, 3, 4].flatMap((mesh) => [[mesh, 0, 0], [mesh, 1, 0], ...[0, 1, 2, 3].map((lanes) => [mesh, 2, lanes])]); // prettier-ignore
const observed = [[4, 2, 3], [3, 2, 0], [0, 0, 0]]; // prettier-ignore

it.each([[[]], [observed]])('has a density that adds up to 1 over all points, around %j', (observations) => {
  const estimator = new ParzenEstimator(space, observations);
  const sum = all.reduce((total, choices) => total + Math.exp(estimator.logDensity(choices)), 0);
  expect(sum).toBeCloseTo(1, 12);
});

it('draws points as often as its density says', () => {
  const estimator = new ParzenEstimator(space, observed);
  const random = seededRandom(1, 'parzen');
  const counts = new Map<string, number>();
  const draws = 60_000;
  for (let index = 0; index < draws; index += 1) {
    const drawn = estimator.draw(random);
    expect(settle(space, drawn)).toEqual(drawn);
    counts.set(drawn.join(), (counts.get(drawn.join()) ?? 0) + 1);
  }
  for (const choices of all) {
    const expected = Math.exp(estimator.logDensity(choices));
    const share = (counts.get(choices.join()) ?? 0) / draws;
    expect(Math.abs(share - expected)).toBeLessThan(6 * Math.sqrt(expected / draws));
  }
});

it('is denser where it was observed', () => {
  const estimator = new ParzenEstimator(space, [[4, 2, 3]]);
  const density = (...choices: number[]) => estimator.logDensity(choices);
  expect(density(4, 2, 3)).toBeGreaterThan(density(3, 2, 3));
  expect(density(3, 2, 3)).toBeGreaterThan(density(0, 2, 3));
  expect(density(4, 2, 3)).toBeGreaterThan(density(4, 1, 0) - Math.log(4));
});
