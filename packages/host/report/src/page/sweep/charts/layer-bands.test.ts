import { expect, test } from 'vitest';
import { layerBands, unnamedBetween } from './layer-bands.js';

const layers = ['head', 'b0', 'b0', 'b0', 'b1', 'b1', 'b1', 'tail'].map((block) => ({ block }));

test('bands follow the blocks, and all are named where there is room', () => {
  expect(layerBands(layers, 800)).toEqual([
    { start: 0, end: 0, name: 'head' },
    { start: 1, end: 3, name: 'b0' },
    { start: 4, end: 6, name: 'b1' },
    { start: 7, end: 7, name: 'tail' },
  ]);
});

test('a name that would run into the one before is left out', () => {
  // 10 pixels a layer. "head" is 26 wide around 5 and ends at 18; "b0", 13 around 25, would start at 18.5, within the gap of 4.
  // "b1", 13 around 55, starts at 48.5 and ends at 61.5; "tail", 26 around 75, would start at 62.
  expect(layerBands(layers, 80).map(({ name }) => name)).toEqual(['head', '', 'b1', '']);
});

test('no layers, no bands', () => expect(layerBands([], 300)).toEqual([]));

test('names of layers stand 13 pixels apart at least', () => {
  expect(unnamedBetween(52, 1250)).toBe(0);
  expect(unnamedBetween(52, 254)).toBe(2); // 52 names of 13 pixels are 676, two and a half times the width
  expect(unnamedBetween(0, 254)).toBe(0);
});
