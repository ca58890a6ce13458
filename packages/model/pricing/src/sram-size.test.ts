import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtBanks, pricedDepth, sramLimit, type SramSize } from './sram-size.js';

const size = (depthWords: number, widthBits: number, banks = 1, ports = 1): SramSize => ({
  depthWords,
  widthBits,
  banks,
  ports,
});

describe('sramLimit', () => {
  it.each([
    ['64 bytes in all, 8 bit', size(64, 8), size(63, 8)],
    ['64 bytes in all, 16 bit', size(32, 16), size(31, 16)],
    ['64 bytes in all, 256 bit', size(2, 256), size(1, 256)],
    ['64 bytes in each of 8 banks, 16 bit', size(256, 16, 8), size(255, 16, 8)],
    ['64 bytes in each of 32 banks, 8 bit', size(2048, 8, 32), size(2047, 8, 32)],
    ['more than 30 blocks in each of 32 banks, 64 bit', size(961, 64, 32), size(960, 64, 32)],
    ['more than 30 blocks in each of 4 banks, 32 bit', size(121, 32, 4), size(120, 32, 4)],
    ['24 blocks of 24-bit words in each of 4 banks', size(128, 24, 4), size(127, 24, 4)],
    ['the deepest row', size(65536, 64), size(65537, 64)],
    ['the widest row', size(1024, 256), size(1024, 264)],
    ['the most banks', size(4096, 64, 32), size(4096, 64, 33)],
    ['the most ports', size(4096, 64, 1, 2), size(4096, 64, 1, 3)],
  ])('separates sizes at %s', (_, feasible, infeasible) => {
    expect(sramLimit(feasible)).toBeUndefined();
    expect(sramLimit(infeasible)).toBeTypeOf('string');
  });

  it('names the limit', () => {
    expect(sramLimit(size(960, 64, 27))).toBe('more than 960 words in 32 banks');
    expect(sramLimit(size(127, 24, 4))).toBe('at least 128 words in 4 banks');
    expect(sramLimit(size(16, 16))).toBe('at least 64 bytes in all');
    expect(sramLimit(size(128, 16, 8))).toBe('at least 64 bytes in each of 8 banks');
    expect(sramLimit(size(1024, 512))).toBe('widthBits of at most 256, where the table ends');
  });

  it('lets two banks share the smallest SRAM: 32 blocks each', () => {
    expect(sramLimit(size(8, 64, 2))).toBeUndefined();
    expect(sramLimit(size(8, 64, 4))).toBe('more than 120 words in 4 banks');
  });

  it('never refuses a deeper SRAM of a feasible size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 65535 }),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 1, max: 32 }),
        (depth, bytes, banks) => {
          fc.pre(sramLimit(size(depth, 8 * bytes, banks)) === undefined);
          expect(sramLimit(size(depth + 1, 8 * bytes, banks))).toBeUndefined();
        },
      ),
    );
  });
});

describe('rounding of sizes', () => {
  it('rounds banks up to a power of two', () => {
    expect([1, 2, 3, 25, 27, 32].map(builtBanks)).toEqual([1, 2, 4, 32, 32, 32]);
  });

  it('raises the depth to 64 blocks of 4 bytes or more', () => {
    expect(pricedDepth(size(32, 8))).toBe(256);
    expect(pricedDepth(size(32, 16))).toBe(128);
    expect(pricedDepth(size(200, 16))).toBe(200);
    expect(pricedDepth(size(16, 32))).toBe(64);
    expect(pricedDepth(size(16, 256))).toBe(64);
    expect(pricedDepth(size(32, 24))).toBeCloseTo(85.3333, 4);
  });
});
