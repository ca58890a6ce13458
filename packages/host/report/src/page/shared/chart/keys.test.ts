import { expect, it } from 'vitest';
import { nextPlace } from './keys.js';

it.each([
  ['ArrowRight', undefined, 7],
  ['Home', undefined, 0],
  ['End', undefined, 19],
  ['ArrowRight', 7, 8],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 7, 6],
  ['ArrowLeft', 0, 0],
  ['PageDown', 7, 17],
  ['PageDown', 15, 19],
  ['PageUp', 7, 0],
  ['Enter', 7, undefined],
])('%s at %s of 20 places, begun at the seventh, leads to %s', (key, at, next) => {
  expect(nextPlace(key, at, 20, 7)).toBe(next);
});

it.each([
  ['ArrowRight', 3, 4],
  ['ArrowDown', 3, 7],
  ['ArrowUp', 7, 3],
  ['ArrowUp', 3, 3],
  ['ArrowDown', 9, 9],
  ['ArrowDown', undefined, 0],
  ['End', 3, 11],
])('%s at %s of three rows of four leads to %s', (key, at, next) => {
  expect(nextPlace(key, at, 12, 0, 4)).toBe(next);
});
