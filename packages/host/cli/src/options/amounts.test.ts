import { expect, it } from 'vitest';
import { bytesFlag, bytesIn, hoursFlag } from './amounts.js';

it('reads bytes', () => {
  expect(['0', '2e9', '500MB', '1.5 gb', '20kB', '7B'].map(bytesIn)).toEqual([0, 2e9, 5e8, 1.5e9, 2e4, 7]);
  expect(['', 'MB', '-1', '1 XB', '1e999', '0x10', '1MBs'].map(bytesIn)).toEqual(Array(7).fill(undefined));
  expect(() => bytesFlag('much')).toThrow('500MB');
});

it('reads times', () => {
  expect(['12h', '30d', '2 w'].map(hoursFlag)).toEqual([12, 720, 336]);
  expect(() => hoursFlag('30')).toThrow('30d');
});
