import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedTensors } from '@archon-dse/tensor';
import { bothMasks, clearMasked, heldMasks } from './held-masks.js';
import { tinyNetwork, tinyTensors } from '../test-fixtures.js';

const network = tinyNetwork();
const kernel = (...data: number[]) => ({ shape: [4, 2], data: Float32Array.from(data) });
const listed = (tensors: NamedTensors) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, [...data]]));

describe('heldMasks', () => {
  const initial = tinyTensors(); // of fc three weights are not zero: 1, 0, 2, 3, 0, 0, 0, 0
  const masks = { 'fc/kernel': kernel(1, 1, 0, 1, 1, 1, 1, 1), 'me/kernel': kernel(0, 1, 1, 1, 1, 1, 1, 1) };

  it('are the zeros there are, and what given masks leave out', () => {
    expect(listed(heldMasks(network, { initial }))).toEqual({ 'fc/kernel': [1, 0, 1, 1, 0, 0, 0, 0] });
    expect(listed(heldMasks(network, { initial, masks }))).toEqual({
      'fc/kernel': [1, 0, 0, 1, 0, 0, 0, 0],
      'me/kernel': [0, 1, 1, 1, 1, 1, 1, 1],
    });
    expect(heldMasks(network, {})).toEqual({});
  });

  it('are the given masks alone where zeros are free', () => {
    expect(heldMasks(network, { initial, masks, zeros: 'free' })).toEqual(masks);
  });
});

describe('bothMasks', () => {
  const bits = fc.array(fc.constantFrom(0, 1), { minLength: 8, maxLength: 8 });

  it('leaves out what either leaves out, whichever is first', () => {
    fc.assert(
      fc.property(bits, bits, (first, second) => {
        const [a, b] = [{ x: kernel(...first) }, { x: kernel(...second) }];
        expect(listed(bothMasks(a, b))).toEqual({ x: first.map((bit, index) => Math.min(bit, second[index]!)) });
        expect(bothMasks(a, b)).toEqual(bothMasks(b, a));
      }),
    );
  });
});

describe('clearMasked', () => {
  it('clears what masks leave out and leaves the rest as it is', () => {
    const tensors = { x: kernel(1, 2, 3, 4, 5, 6, 7, 8), 'x/mask': kernel(1, 0, 1, 1, 1, 1, 1, 0), y: kernel(1, 2) };
    expect(listed(clearMasked(tensors))).toEqual({
      ...listed(tensors),
      x: [1, 0, 3, 4, 5, 6, 7, 0],
    });
  });
});
