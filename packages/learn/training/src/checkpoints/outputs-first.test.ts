import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromOutputsFirst, outputsFirstShape, toOutputsFirst } from './outputs-first.js';

it('puts the outputs of a convolution first', () => {
  // rows 1, columns 2, inputs 2, outputs 3; the value is 100 column + 10 input + output
  const data = Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112);
  const kernel = { shape: [1, 2, 2, 3], data };
  expect(outputsFirstShape(kernel, false)).toEqual([3, 2, 1, 2]);
  expect([...toOutputsFirst(kernel, false)]).toEqual([0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112]);
});

it('puts the channels of a depthwise convolution first', () => {
  const kernel = { shape: [2, 1, 3, 1], data: Float32Array.of(0, 1, 2, 10, 11, 12) };
  expect(outputsFirstShape(kernel, true)).toEqual([3, 1, 2, 1]);
  expect([...toOutputsFirst(kernel, true)]).toEqual([0, 10, 1, 11, 2, 12]);
});

it('comes back', () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  );
  fc.assert(
    fc.property(sizes, fc.boolean(), ([rows, inputs, outputs], isDepthwise) => {
      const shape = [rows, 2, inputs, isDepthwise ? 1 : outputs];
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => index);
      const kernel = { shape, data };
      expect(fromOutputsFirst(toOutputsFirst(kernel, isDepthwise), kernel, isDepthwise)).toEqual(kernel);
    }),
  );
});
