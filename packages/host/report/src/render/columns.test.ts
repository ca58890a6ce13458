import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromPlanes, toBase64, toPlanes } from './bytes.js';
import { packCodes, packNumbers, readCodes, readNumbers } from './columns.js';

describe('columns of the page', () => {
  it('are read as they were packed: bytes and codes of any size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        const four = bytes.subarray(0, bytes.length - (bytes.length % 4));
        expect(fromPlanes(toPlanes(four, 4), 4)).toEqual(four);
      }),
    );
    for (const most of [0, 254, 255, 65_534, 65_535, 70_000]) {
      const codes = Int32Array.of(-1, 0, most, 3);
      expect(readCodes(packCodes(codes))).toEqual(codes);
    }
    expect(toBase64(Uint8Array.of(77, 97, 110, 77))).toBe('TWFuTQ==');
  });

  it('of few distinct numbers are exact, and have no infinite ones', () => {
    const numbers = Float64Array.of(1 / 3, -0.5, NaN, Infinity, 1e300, 0);
    expect([...readNumbers(packNumbers(numbers))]).toEqual([1 / 3, -0.5, NaN, NaN, 1e300, 0]);
  });

  it.each([
    ['seven digits', 1, 1e-7],
    ['all digits where 32 bits do not reach', 1e200, 0],
  ])('of many have %s', (_, scale, error) => {
    const numbers = Float64Array.from({ length: 9000 }, (__, i) => (i % 7 === 0 ? NaN : (scale * (i - 4000)) / 3));
    const found = readNumbers(packNumbers(numbers));
    expect(found).toHaveLength(9000);
    const isClose = (at: number): boolean => {
      const [value = NaN, read = NaN] = [numbers[at], found[at]];
      return Number.isNaN(value) ? Number.isNaN(read) : Math.abs(read - value) <= error * Math.abs(value);
    };
    expect([...found.keys()].filter((at) => !isClose(at))).toEqual([]);
  });
});
