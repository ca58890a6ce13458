import { packMask, unpackMask } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { makeMasks, stateMasks } from './kernel-masks.js';
import { withWeights } from './measure-weights.js';
import { tinyNetwork, tinyTensors, withZeros } from '../test-fixtures.js';

const network = tinyNetwork();
const tensors = tinyTensors();

describe('makeMasks', () => {
  it('shows each kernel with its outputs first and brings masks back in its own order', () => {
    const seen: unknown[] = [];
    const masks = makeMasks(network, tensors, ({ layer, shape, weights }) => {
      seen.push([layer.name, shape]);
      // inputs x units in the kernel 1 0 | 2 3 | 0 0 | 0 0, units x inputs here
      if (layer.name !== 'fc') return undefined;
      expect([...weights]).toEqual([1, 2, 0, 0, 0, 3, 0, 0]);
      return Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1);
    });
    expect(seen).toEqual([
      ['stem', [4, 3, 3, 3]],
      ['b1.expand', [8, 2, 1, 1]],
      ['b1.depthwise', [8, 1, 3, 3]],
      ['b1.project', [4, 8, 1, 1]],
      ['fc', [2, 4, 1, 1]],
    ]);
    expect(masks).toEqual({ 'fc/kernel': { shape: [4, 2], data: Float32Array.of(1, 1, 0, 1, 1, 1, 1, 1) } });
  });
});

describe('stateMasks', () => {
  it('are the zeros that the masks of a state were measured on', () => {
    const sparse = withZeros(
      withZeros(tensors, 'b1.depthwise', (index) => index % 3 > 0),
      'stem',
      (index) => index !== 5,
    );
    const { masks } = withWeights({ network, densities: {}, metrics: {}, artifacts: {} }, sparse);
    const zeros = makeMasks(network, sparse, ({ weights }) =>
      Uint8Array.from(weights, (weight) => Number(weight !== 0)),
    );
    const some = Object.fromEntries(Object.entries(zeros).filter(([, { data }]) => data.includes(0)));
    expect(stateMasks(network, masks)).toEqual(some);
  });

  it('refuses a mask of another shape', () => {
    const mask = packMask([2, 2, 1, 1], Uint8Array.of(1, 0, 1, 0));
    expect([...unpackMask(mask)]).toEqual([1, 0, 1, 0]);
    expect(() => stateMasks(network, { fc: mask })).toThrow('the mask of layer "fc" is 2 x 2 x 1 x 1');
  });
});
