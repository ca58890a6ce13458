import { describe, expect, it } from 'vitest';
import { bitsOf, type NumberFormat } from './precision.js';

describe('bitsOf', () => {
  it.each([
    ['int1', 1],
    ['int8', 8],
    ['int64', 64],
  ] as const)('%s has %i', (format, bits) => {
    expect(bitsOf(format)).toBe(bits);
  });

  it.each(['int0', 'int65', 'int08', 'int8.5', 'fp16', '', 'int-8'])('refuses %j', (format) => {
    expect(() => bitsOf(format as NumberFormat)).toThrow('is no number format');
  });
});
