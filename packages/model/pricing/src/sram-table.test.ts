import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SRAM_22NM } from './data/sram-22nm.js';
import { SRAM_32NM } from './data/sram-32nm.js';
import { SRAM_45NM } from './data/sram-45nm.js';
import { SRAM_65NM } from './data/sram-65nm.js';
import { pricedDepth, sramLimit, type SramSize } from './sram-size.js';
import { interpolateSram, lookUpSram, type SramFigures } from './sram-table.js';
import type { GridNode } from './technology.js';

const TABLES = { 65: SRAM_65NM, 45: SRAM_45NM, 32: SRAM_32NM, 22: SRAM_22NM };
const NODES: readonly GridNode[] = [65, 45, 32, 22];

const size = (depthWords: number, widthBits: number, banks: number, ports: number): SramSize => ({
  depthWords,
  widthBits,
  banks,
  ports,
});

/** The rows of a packed table with their sizes. */
function rowsOf(node: GridNode): { size: SramSize; figures: SramFigures }[] {
  return Object.entries(TABLES[node]).flatMap(([key, packed]) => {
    const [banks = 0, ports = 0] = key.split('x').map(Number);
    return packed.split(';').map((row) => {
      const [depth = 0, width = 0, read = 0, write = 0, idle = 0, area = 0] = row.split(' ').map(Number);
      return { size: size(depth, width, banks, ports), figures: { read, write, idle, area } };
    });
  });
}

const errorPercent = (value: number, reference: number): number =>
  Math.round((value / reference - 1) * 100 * 100) / 100;

describe('the SRAM tables', () => {
  it.each([
    [65, 698],
    [45, 698 + 1506],
    [32, 698],
    [22, 698],
  ] as const)('hold %d nm rows of every feasible grid size: %d', (node, count) => {
    const rows = rowsOf(node);
    expect(rows).toHaveLength(count);
    const refused = rows.filter((row) => sramLimit(row.size) !== undefined);
    // Only sizes under 64 bytes in all, which CACTI rounds up and the published tables refuse.
    expect(refused.every(({ size: s }) => s.depthWords * s.widthBits < 512)).toBe(true);
    for (const { figures } of rows) expect(Object.values(figures).every((figure) => figure > 0)).toBe(true);
  });

  it.each(NODES)('gives each row at %d nm back as it is', (node) => {
    for (const row of rowsOf(node)) {
      // Below the smallest SRAM of a width the row equals that of the smallest one, where that is on the grid.
      if (row.size.depthWords < pricedDepth(row.size)) continue;
      expect(lookUpSram(node, row.size)).toEqual({ figures: row.figures, exact: true });
    }
  });

  it('has one price from 32 to 128 words of 16 bits', () => {
    const prices = [32, 40, 96, 128].map((depth) => lookUpSram(45, size(depth, 16, 1, 2)).figures);
    for (const price of prices) expect(price).toEqual(prices[3]);
  });
});

describe('interpolateSram', () => {
  /** @source CACTI 7 at these sizes, 45 nm, and the error of grid-and-fine interpolation there, in percent */
  it.each([
    ['weights 224 x 16', size(224, 16, 1, 2), [0.710115, 1.13063, 3295.22], [6.37, 4.01, 3.85]],
    ['weights 128 x 16', size(128, 16, 1, 2), [0.613664, 0.847378, 2140.32], [0, 0, 0]],
    ['prediction buffer', size(128, 16, 1, 1), [0.545265, 0.718069, 1020.59], [0, 0, 0]],
    ['GLB 27 banks', size(13824, 64, 27, 2), [69.328, 70.215, 1030030], [0.86, 0.86, 0.42]],
    ['GLB 25 banks', size(12800, 64, 25, 2), [67.8889, 68.7024, 979198], [0.34, 0.34, 0.19]],
    ['GLB 32 banks', size(16384, 64, 32, 2), [74.0954, 75.166, 1162370], [0, 0, 0]],
    ['prediction GLB', size(1094, 64, 32, 2), [29.8198, 30.177, 164535], [-0.83, -0.91, -2.14]],
  ] as const)(
    'is off at %s by the measured error',
    (_, sram, [read, write, area], [readError, writeError, areaError]) => {
      const { figures } = interpolateSram(45, sram);
      expect(errorPercent(figures.read, read)).toBeCloseTo(readError, 2);
      expect(errorPercent(figures.write, write)).toBeCloseTo(writeError, 2);
      expect(errorPercent(figures.area, area)).toBeCloseTo(areaError, 2);
    },
  );

  it('is linear in the logarithms of depth and price', () => {
    const { figures, exact } = interpolateSram(65, size(1448, 64, 1, 1));
    const [below, above] = [1024, 2048].map((depth) => lookUpSram(65, size(depth, 64, 1, 1)).figures);
    const weight = Math.log2(1448 / 1024);
    expect(exact).toBe(false);
    expect(figures.read).toBeCloseTo(below!.read ** (1 - weight) * above!.read ** weight, 10);
    expect(figures.idle / (below!.idle ** (1 - weight) * above!.idle ** weight)).toBeCloseTo(1, 10);
  });

  it('stays between its corners', () => {
    const depths = fc.integer({ min: 256, max: 65535 });
    fc.assert(
      fc.property(fc.constantFrom(...NODES), depths, fc.integer({ min: 1, max: 32 }), (node, depth, bytes) => {
        const { figures } = interpolateSram(node, size(depth, 8 * bytes, 1, 2));
        const lower = 2 ** Math.floor(Math.log2(depth));
        const narrower = 2 ** Math.floor(Math.log2(8 * bytes));
        const corners = rowsOf(node).filter(
          ({ size: s }) =>
            s.banks === 1 &&
            s.ports === 2 &&
            s.depthWords >= lower &&
            s.depthWords <= 2 * lower &&
            s.widthBits >= narrower &&
            s.widthBits <= 2 * narrower,
        );
        for (const key of ['read', 'write', 'idle', 'area'] as const) {
          const values = corners.map((corner) => corner.figures[key]);
          expect(figures[key]).toBeGreaterThanOrEqual(Math.min(...values) * (1 - 1e-12));
          expect(figures[key]).toBeLessThanOrEqual(Math.max(...values) * (1 + 1e-12));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('shares the weight of missing corners among the others', () => {
    // 32 banks of 64 or 32 bits need more than 960 words: at 65 nm both rows of 512 words are missing.
    const { figures, exact } = interpolateSram(65, size(1000, 48, 32, 1));
    const [narrow, wide] = [
      lookUpSram(65, size(1024, 32, 32, 1)).figures,
      lookUpSram(65, size(1024, 64, 32, 1)).figures,
    ];
    const weight = Math.log2(48 / 32);
    expect(exact).toBe(false);
    expect(figures.read).toBeCloseTo(narrow.read ** (1 - weight) * wide.read ** weight, 10);
    expect(figures.area).toBeCloseTo(narrow.area ** (1 - weight) * wide.area ** weight, 4);
    const alone = interpolateSram(65, size(1000, 64, 32, 1));
    expect(alone.exact).toBe(false);
    expect(alone.figures.read).toBeCloseTo(wide.read, 10);
  });

  it('has a price for every feasible size', () => {
    const banks = fc.integer({ min: 1, max: 32 });
    const depth = fc.double({ min: 0, max: 16, noNaN: true }).map((octave) => Math.floor(2 ** octave));
    fc.assert(
      fc.property(fc.constantFrom(...NODES), depth, fc.integer({ min: 1, max: 32 }), banks, (node, words, bytes, n) => {
        const sram = size(words, 8 * bytes, n, 2);
        fc.pre(sramLimit(sram) === undefined);
        expect(Object.values(lookUpSram(node, sram).figures).every((figure) => figure > 0)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
