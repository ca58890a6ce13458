import { describe, expect, it } from 'vitest';
import { tensorValues } from './tensor-values.js';

const PROBLEM = { C: 4, M: 6, R: 3, S: 1, P: 5, Q: 5, N: 2, strideP: 1, strideQ: 1 };
const valuesOf = (changes: Partial<typeof PROBLEM & { dilationR: number }>) =>
  tensorValues({ problem: { ...PROBLEM, ...changes } });

describe('values of the tensors of a group', () => {
  it('count once, padding included', () => {
    expect(valuesOf({})).toEqual({ weights: 6 * 4 * 3, inputs: 2 * 4 * 7 * 5, outputs: 2 * 6 * 5 * 5 });
  });

  it('leave out what strides step over', () => {
    // kernel 1 at stride 2: 5 of 9 columns; kernel 3: rows 0 to 10
    expect(valuesOf({ strideP: 2, strideQ: 2 }).inputs).toBe(2 * 4 * 11 * 5);
    // kernel 3 at stride 4: 3 rows a window, none shared
    expect(valuesOf({ strideP: 4 }).inputs).toBe(2 * 4 * 15 * 5);
  });

  it('leave out what dilation and stride step over together', () => {
    // rows 0 2 4, 2 4 6, ..., 8 10 12
    expect(valuesOf({ strideP: 2, dilationR: 2 }).inputs).toBe(2 * 4 * 7 * 5);
    // rows 0 2 4, 1 3 5, ..., 4 6 8
    expect(valuesOf({ dilationR: 2 }).inputs).toBe(2 * 4 * 9 * 5);
  });
});
