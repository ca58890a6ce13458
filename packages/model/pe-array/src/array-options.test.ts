import { describe, expect, it } from 'vitest';
import { PUBLISHED_DENSE_ARRAY } from './array-options.js';
import { glbRows, glbWords, peCount, wordsPerRow } from './geometry.js';

describe('PUBLISHED_DENSE_ARRAY', () => {
  it('has the published dense geometry', () => {
    const options = PUBLISHED_DENSE_ARRAY;
    expect(peCount(options)).toBe(72);
    expect(glbRows(options)).toBe(13_824);
    expect(wordsPerRow(options)).toBe(4);
    expect(glbWords(options)).toBe(55_296);
  });

  it('gives the rows of the other published buffers', () => {
    expect([100, 128].map((glbKib) => glbRows({ ...PUBLISHED_DENSE_ARRAY, glbKib }))).toEqual([12_800, 16_384]);
  });
});
