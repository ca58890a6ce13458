import { describe, expect, it } from 'vitest';
import type { ConvShape } from './conv-shape.js';
import { EYERISS_ALEXNET, EYERISS_ALEXNET_MAPPINGS, EYERISS_VGG16 } from './data/eyeriss-chip.js';
import { EYERISS_ALEXNET_ALLOCATIONS, EYERISS_VGG16_INFERRED, wholeRows } from './data/eyeriss-limits.js';
import { asOnChip, EYERISS_ARRAY } from './eyeriss-array.js';
import { countPasses, cyclesOf, dramWords } from './eyeriss-passes.js';

const small: ConvShape = { C: 2, M: 4, kernel: 3, plane: 4, stride: 1, batch: 1, groups: 1 };
const mapping = { m: 4, n: 1, e: 2, f: 4, p: 2, q: 1, r: 1, t: 1 };

describe('countPasses', () => {
  it('counts a layer by hand', () => {
    // 2 groups of filters, 2 channels, 2 strips; strips of 2 rows read 4 of the 6 input rows, 6 columns.
    expect(countPasses(small, mapping)).toEqual({
      passes: 8,
      activePes: 6,
      ifmapWords: 4 * 6,
      psumWords: 4 * 2 * 4,
      psumAccesses: 2 * 2 * 64,
      ifmapReads: 2 * (2 * 8 * 6),
      ifmapFills: 2 * 8 * 6,
      filterLoads: 2 * 4 * 9 * 2,
      outputs: 64,
    });
  });

  it('gives the buffer the sizes of table III', () => {
    for (const { name, shape } of EYERISS_ALEXNET) {
      const counts = countPasses(shape, wholeRows(EYERISS_ALEXNET_MAPPINGS[name]!, shape));
      const [ifmaps, psums] = EYERISS_ALEXNET_ALLOCATIONS[name]!;
      expect(Math.abs(counts.ifmapWords / 512 - ifmaps), name).toBeLessThan(0.06);
      expect(Math.abs(counts.psumWords / 512 - psums), name).toBeLessThan(0.06);
    }
  });

  it('reads from DRAM what the loop-nest model reads where a mapping splits a layer exactly', () => {
    for (const { shape } of EYERISS_VGG16.filter((layer) => layer.shape.plane === 28)) {
      const chip = EYERISS_VGG16_INFERRED[shape.plane]!;
      const counts = countPasses(shape, chip);
      const nest = asOnChip(shape, chip, EYERISS_ARRAY);
      expect(nest.activePes).toBe(counts.activePes);
      expect(nest.dramMb * 2 ** 19).toBeCloseTo(dramWords(counts), 0);
    }
  });
});

describe('cyclesOf', () => {
  it('takes the slowest of PEs and buses, and starts every pass', () => {
    const cycles = cyclesOf(small, mapping);
    expect(cycles).toEqual({ compute: 8 * 2 * 3 * 4, psums: 32, ifmaps: 192, startUp: 8 * (4.5 + 12), total: 324 });
  });
});
