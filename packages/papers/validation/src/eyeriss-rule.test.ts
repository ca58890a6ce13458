import { describe, expect, it } from 'vitest';
import type { ConvShape } from './conv-shape.js';
import { EYERISS_ALEXNET, EYERISS_ALEXNET_MAPPINGS, EYERISS_VGG16 } from './data/eyeriss-chip.js';
import { EYERISS_VGG16_INFERRED, type TiledMapping, wholeRows } from './data/eyeriss-limits.js';
import { countPasses, dramWords, glbWords } from './eyeriss-passes.js';
import { brokenConstraints, chooseMapping } from './eyeriss-rule.js';

const broken = (shape: ConvShape, mapping: TiledMapping): readonly string[] =>
  brokenConstraints(shape, mapping).map(({ name }) => name);

describe('the constraints', () => {
  it('hold for every mapping the chip used', () => {
    for (const { name, shape } of EYERISS_ALEXNET) {
      expect(broken(shape, wholeRows(EYERISS_ALEXNET_MAPPINGS[name]!, shape)), name).toEqual([]);
    }
    for (const { name, shape } of EYERISS_VGG16) {
      expect(broken(shape, EYERISS_VGG16_INFERRED[shape.plane]!), name).toEqual([]);
    }
  });

  it('are named where a mapping breaks them', () => {
    const { shape } = EYERISS_VGG16.find(({ name }) => name === 'CONV3-2')!;
    const fits = EYERISS_VGG16_INFERRED[56]!;
    expect(broken(shape, { ...fits, e: 14 })).toEqual(['global buffer banks']);
    expect(broken(shape, { ...fits, q: 5 })).toEqual(['ifmap spad', 'filter spad', 'global buffer banks']);
    expect(broken(shape, { ...fits, r: 2 })).toEqual(['PE rows']);
    expect(broken(shape, { ...fits, p: 32, t: 2 })).toEqual(['psum spad']);
  });
});

describe('chooseMapping', () => {
  it('finds what the chip used for AlexNet, and the channels of CONV4 for CONV3', () => {
    for (const { name, shape } of EYERISS_ALEXNET) {
      const channels = name === 'CONV3' ? { q: 3, r: 2, t: 2 } : {};
      const expected = { ...EYERISS_ALEXNET_MAPPINGS[name]!, ...channels };
      expect(chooseMapping(shape), name).toEqual(wholeRows(expected, shape));
    }
  });

  it('is beaten by no other mapping that fits', () => {
    const shape: ConvShape = { C: 5, M: 6, kernel: 5, plane: 60, stride: 1, batch: 2, groups: 1 };
    const chosen = countPasses(shape, chooseMapping(shape));
    const rank = (counts: typeof chosen): number => dramWords(counts) * 1e9 + glbWords(counts);
    const all = [1, 2, 3, 6].flatMap((m) =>
      [1, 2].flatMap((n) => Array.from({ length: 60 }, (_, e) => ({ m, n, e: e + 1, f: 60 }))),
    );
    for (const tile of all) {
      for (const [p, t] of [1, 2, 3, 6].flatMap((p) => [1, 2, 3, 6].map((t) => [p, t] as const))) {
        if (tile.m % (p * t) !== 0) continue;
        for (const [q, r] of [1, 2].flatMap((q) => [1, 2, 3, 4, 5].map((r) => [q, r] as const))) {
          const mapping = { ...tile, p, q, r, t };
          if (broken(shape, mapping).length > 0) continue;
          expect(rank(countPasses(shape, mapping))).toBeGreaterThanOrEqual(rank(chosen));
        }
      }
    }
  });
});
