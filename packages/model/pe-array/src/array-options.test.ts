import { describe, expect, it } from 'vitest';
import { ARRAY_OPTION_SCHEMAS, PUBLISHED_DENSE_ARRAY, readArrayOptions } from './array-options.js';
import { glbRows, glbWords, peCount, wordsPerRow } from './geometry.js';

const DEFAULTS = Object.fromEntries(
  Object.entries(ARRAY_OPTION_SCHEMAS).map(([name, schema]) => [name, schema.default]),
);

describe('readArrayOptions', () => {
  it('gives the published dense geometry by default', () => {
    const options = PUBLISHED_DENSE_ARRAY;
    expect(peCount(options)).toBe(72);
    expect(glbRows(options)).toBe(13_824);
    expect(wordsPerRow(options)).toBe(4);
    expect(glbWords(options)).toBe(55_296);
  });

  it('gives the rows of the other published buffers', () => {
    expect([100, 128].map((glbKib) => glbRows({ ...PUBLISHED_DENSE_ARRAY, glbKib }))).toEqual([12_800, 16_384]);
  });

  it.each([
    ['a missing option', { ...DEFAULTS, meshX: undefined }, 'option meshX is missing'],
    ['text for a number', { ...DEFAULTS, glbKib: '108' }, 'option glbKib is "108"'],
    ['a number for text', { ...DEFAULTS, technology: 45 }, 'option technology is 45'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => readArrayOptions(options as typeof DEFAULTS)).toThrow(message);
  });
});
