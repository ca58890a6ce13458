import { expect, it } from 'vitest';
import { crowdingDistances } from './crowding.js';

it('adds up the distances between neighbours as shares of the range; the ends are infinitely alone', () => {
  // first objective 0 2 3 10, second 10 4 3 0: (3 - 0)/10 + (10 - 3)/10, then (10 - 2)/10 + (4 - 0)/10
  const front = [
    [3, 3],
    [0, 10],
    [10, 0],
    [2, 4],
  ];
  expect(crowdingDistances(front)).toEqual([expect.closeTo(1.2, 12), Infinity, Infinity, expect.closeTo(1, 12)]);
});

it.each([
  [[], []],
  [[[1, 2]], [0]],
  [
    [
      [1, 2],
      [1, 2],
    ],
    [0, 0],
  ],
  [
    [
      [1, 5],
      [3, 5],
      [2, 5],
    ],
    [Infinity, Infinity, 1],
  ],
])('of %j are %j: an objective in which all are equal tells none apart', (front, expected) => {
  expect(crowdingDistances(front)).toEqual(expected);
});

it('leaves out points equal to an earlier one', () => {
  const front = [
    [0, 1],
    [1, 0],
    [1, 0],
    [0, 1],
  ];
  expect(crowdingDistances(front)).toEqual([Infinity, Infinity, 0, 0]);
});

it('has the earlier of two that are equal in one objective at its end', () => {
  const front = [
    [0, 2, 5],
    [0, 3, 4],
    [1, 1, 4.5],
  ];
  expect(crowdingDistances(front)).toEqual([Infinity, Infinity, Infinity]);
  expect(crowdingDistances([...front, [0, 2.5, 4.75]])[3]).toBe((1 - 0) / 1 + (3 - 2) / 2 + (5 - 4.5) / 1);
});
