import { describe, expect, it } from 'vitest';
import { PUBLISHED_DENSE_ARRAY } from './array-options.js';
import { denseMapspace, denseSupport } from './dense-mapspace.js';

const square = (kernel: number, plane = 16, stride = 1) => ({
  C: 8,
  M: 8,
  R: kernel,
  S: kernel,
  P: plane,
  Q: plane,
  N: 1,
  strideP: stride,
  strideQ: stride,
});

describe('denseMapspace', () => {
  it('spreads every column of a kernel that fits the mesh, in the published loop orders', () => {
    const [dram, glb, column, ifmap, weights, psum] = denseMapspace(square(5), PUBLISHED_DENSE_ARRAY);
    expect(dram?.order).toEqual(['Q', 'N', 'M', 'C']);
    expect(glb).toEqual({
      temporal: { P: 'rest' },
      order: ['M', 'P', 'C'],
      temporalDims: ['M', 'C'],
      spatialX: { dims: ['M', 'Q'] },
    });
    expect(column?.spatialY).toEqual({ dims: ['S', 'C', 'M'], fixed: { S: 5 } });
    expect(ifmap?.temporalDims).toEqual([]);
    expect(weights).toMatchObject({ temporal: { R: 'rest' }, temporalDims: ['C'] });
    expect(psum?.temporalDims).toEqual(['M']);
  });

  it('folds a kernel wider than the mesh by its largest divisor that fits, with the loop order free', () => {
    const [, glb, column] = denseMapspace(square(9), { ...PUBLISHED_DENSE_ARRAY, meshY: 8 });
    expect(column?.spatialY?.fixed).toEqual({ S: 3 });
    expect(glb?.temporal).toEqual({ P: 'rest', S: 3 });
    expect(glb?.order).toBeUndefined();
  });

  it('runs the columns of a prime kernel one by one', () => {
    const [, glb, column] = denseMapspace(square(5), { ...PUBLISHED_DENSE_ARRAY, meshY: 4 });
    expect([column?.spatialY?.fixed, glb?.temporal]).toEqual([{ S: 1 }, { P: 'rest', S: 5 }]);
  });
});

describe('denseSupport', () => {
  it.each([1, 3, 5, 7, 11, 16])('runs a %ix%i kernel on the published array', (kernel) => {
    expect(denseSupport(square(kernel), PUBLISHED_DENSE_ARRAY)).toEqual({ ok: true });
  });

  it('names the scratchpad a kernel column does not fit', () => {
    expect(denseSupport(square(17), PUBLISHED_DENSE_ARRAY)).toEqual({
      ok: false,
      reason: 'a kernel column of 17 needs 17 words of ifmap_spad, which has 16',
    });
    expect(denseSupport(square(5), { ...PUBLISHED_DENSE_ARRAY, weightsSpadWords: 4 })).toEqual({
      ok: false,
      reason: 'a kernel column of 5 needs 5 words of weights_spad, which has 4',
    });
  });

  it('counts the rows and columns that dilation spreads a kernel over', () => {
    const dilated = { ...square(3), dilationR: 8, dilationS: 2 };
    expect(denseSupport(dilated, PUBLISHED_DENSE_ARRAY)).toEqual({
      ok: false,
      reason: 'a kernel column of 3 spread over 17 needs 17 words of ifmap_spad, which has 16',
    });
    // (15 + 5) rows of 1 + 2 x 24 columns and 16 outputs.
    const wide = { ...square(3), dilationR: 2, dilationS: 24 };
    expect(denseSupport(wide, { ...PUBLISHED_DENSE_ARRAY, glbKib: 1 })).toMatchObject({
      reason: 'a column of 16 outputs needs 996 words of shared_glb, which has 512',
    });
  });

  it('names the global buffer where one column of outputs and its inputs do not fit', () => {
    // Inputs (127 * 2 + 3) * 3 and outputs 128 make 899 words; 1 KiB holds 512.
    expect(denseSupport(square(3, 128, 2), { ...PUBLISHED_DENSE_ARRAY, glbKib: 1 })).toEqual({
      ok: false,
      reason: 'a column of 128 outputs needs 899 words of shared_glb, which has 512',
    });
    expect(denseSupport(square(3, 128, 2), { ...PUBLISHED_DENSE_ARRAY, glbKib: 2 })).toEqual({ ok: true });
  });
});
