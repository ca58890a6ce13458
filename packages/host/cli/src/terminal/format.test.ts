import { describe, expect, it } from 'vitest';
import {
  formatArea,
  formatBytes,
  formatDuration,
  formatEnergy,
  formatNumber,
  formatShare,
  optionTexts,
  wrapText,
} from './format.js';

describe('formats', () => {
  it.each([
    [297521664, '297,521,664'],
    [0.8888888, '0.889'],
    [0, '0'],
    [0.0000123, '1.230e-5'],
    [2e18, '2.000e+18'],
  ])('number %d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [12, '12 pJ'],
    [32263618.56, '32.264 uJ'],
    [3.4e9, '3.4 mJ'],
    [2e12, '2 J'],
  ])('energy %d pJ is %s', (value, text) => {
    expect(formatEnergy(value)).toBe(text);
  });

  it('area in mm2', () => {
    expect(formatArea(1440017.2)).toBe('1.44 mm2');
  });

  it.each([
    [800, '0.8s'],
    [59_600, '1m 00s'],
    [64_000, '1m 04s'],
    [3_900_000, '1h 05m'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('shares are in percent, bytes in kB or MB', () => {
    expect([0.5, 0.91254].map((share) => formatShare(share))).toEqual(['50.00%', '91.25%']);
    expect(formatShare(0.91254, 1)).toBe('91.3%');
    expect([512, 999_949, 9_400_000].map(formatBytes)).toEqual(['0.5 kB', '999.9 kB', '9.4 MB']);
  });
});

it('texts are wrapped between words', () => {
  expect(wrapText('one two three four', 9)).toBe('one two\nthree\nfour');
  expect(wrapText('unbreakable it is', 5)).toBe('unbreakable\nit is');
  expect(wrapText('short')).toBe('short');
});

it('options are written as --set takes them', () => {
  expect(optionTexts({ width: 0.5, variant: 'modified', unfused: ['b0'] })).toEqual([
    'width=0.5',
    'variant=modified',
    'unfused=["b0"]',
  ]);
});
