import { expect, test } from 'vitest';
import { ARCHITECTURES } from '../../test/golden.js';
import { formatMapping, parseMapping } from './format.js';
import type { Mapping } from './mapping.js';

const main = ARCHITECTURES['archon_main']!;
const TEXT = 'L4[WIO] Q4 - L3[IO] P4 C8 G3 P8X M2Y - L2[] Q1 Q8Y - L1[I] Q1 - L0[O] S3 R3';
const MAPPING: Mapping = [
  [{ dim: 'Q', bound: 4, kind: 'temporal' }],
  [
    { dim: 'P', bound: 4, kind: 'temporal' },
    { dim: 'C', bound: 8, kind: 'temporal' },
    { dim: 'G', bound: 3, kind: 'temporal' },
    { dim: 'P', bound: 8, kind: 'spatialX' },
    { dim: 'M', bound: 2, kind: 'spatialY' },
  ],
  [{ dim: 'Q', bound: 8, kind: 'spatialY' }],
  [],
  [
    { dim: 'S', bound: 3, kind: 'temporal' },
    { dim: 'R', bound: 3, kind: 'temporal' },
  ],
];

test('a mapping as text and back', () => {
  expect(formatMapping(MAPPING, main)).toBe(TEXT);
  expect(parseMapping(TEXT, main)).toEqual(MAPPING);
});

test('the filler of a level without temporal loops may be left out', () => {
  expect(parseMapping(TEXT.replaceAll(' Q1', ''), main)).toEqual(MAPPING);
});

test.each([
  ['L1[WIO] Q4 - L0[O] M2', 'has 2 levels, expected 5'],
  [TEXT.replace('L3[IO]', 'L3[WIO]'), 'expected "L3[IO]" and its loops'],
  [TEXT.replace('Q4', 'K4'), '"K4" is not a loop'],
  [TEXT.replace('Q4', 'Q0'), '"Q0" is not a loop'],
  [TEXT.replace('P8X', 'P8Z'), '"P8Z" is not a loop'],
])('%s', (text, reason) => {
  expect(() => parseMapping(text, main)).toThrow(reason);
});
