import { describe, expect, it } from 'vitest';
import { CycleCounts } from './cycle-counts.js';
import { createMainPhase } from './main-phase.js';
import type { MainHardware } from './main-hardware.js';

const HARDWARE: MainHardware = {
  pes: 2,
  addersPerPe: 2,
  productsPerCycle: 4,
  coupling: 'lock-step',
  adderFifoWords: 2,
  maskWordsPerCycle: Infinity,
  maskWordBits: 16,
  productBits: 26,
  dramBitsPerCycle: Infinity,
  prefetchBits: 0,
};

/** One tile of one tap. @param live - by PE, the live products of each fused weight */
function countTile(
  changes: Partial<MainHardware>,
  products: number[],
  live: number[][],
  maskWords = products.map(() => 0),
) {
  const counts = new CycleCounts();
  const hardware = { ...HARDWARE, pes: live.length, ...changes };
  const phase = createMainPhase(hardware, counts);
  phase.tap({
    weights: products.length,
    products: Int32Array.from(products),
    maskWords: Int32Array.from(maskWords),
    first: 0,
    live: Uint16Array.from(products.flatMap((_, weight) => live.map((of) => of[weight] ?? 0))),
  });
  phase.endTile();
  return counts;
}

const lost = ({ stalls }: CycleCounts) => Object.fromEntries(Object.entries(stalls).filter(([, cycles]) => cycles > 0));

describe('in lock-step, counted by hand', () => {
  it('a fused weight waits for the PE that adds most, and for its broadcast', () => {
    // 3 and 1 additions on 2 adders: 2 cycles, 1 if both PEs had 2. Nothing to add: 1. Nine products, four a cycle: 3.
    const counts = countTile(
      {},
      [3, 1, 9],
      [
        [3, 0, 4],
        [1, 0, 2],
      ],
    );
    expect(counts.cycles).toBe(2 + 1 + 3);
    expect(lost(counts)).toEqual({ imbalance: 1, broadcast: 2 });
    expect(counts).toMatchObject({ weights: 3, products: 13, additions: 10, multiplications: 4 });
    expect([...counts.histogram.slice(0, 5)]).toEqual([2, 1, 1, 1, 1]);
  });

  it('adders are to blame where all PEs have as much to add', () => {
    const counts = countTile({}, [4], [[4], [4]]);
    expect(counts.cycles).toBe(2);
    expect(lost(counts)).toEqual({ adders: 1 });
  });

  it('masks are read word by word', () => {
    const counts = countTile({ maskWordsPerCycle: 2 }, [4], [[1], [1]], [5]);
    expect(counts.cycles).toBe(3);
    expect(lost(counts)).toEqual({ masks: 2 });
    expect(counts.maskWords).toBe(5);
  });

  it('products come from DRAM, the first ones fetched ahead', () => {
    // 10 bit are there, 5 come in a cycle: the second and the third fused weight wait one cycle each.
    const slow = { productBits: 10, dramBitsPerCycle: 5, prefetchBits: 10 };
    const counts = countTile(slow, [1, 1, 1], [[1, 1, 1]]);
    expect(counts.cycles).toBe(5);
    expect(lost(counts)).toEqual({ dram: 2 });
  });
});

describe('with FIFOs, counted by hand', () => {
  const fifo = { coupling: 'fifo' } as const;

  it('what one PE adds longer does not stop the other', () => {
    // Cycle 1 brings the first weight, 2 the empty second, 3 to 5 the third in groups of 1, 1, 2 and 0, 1, 1 products; 6 adds the last ones.
    const counts = countTile(
      fifo,
      [3, 1, 9],
      [
        [3, 0, 4],
        [1, 0, 2],
      ],
    );
    expect(counts.cycles).toBe(6);
    expect(lost(counts)).toEqual({ broadcast: 2, drain: 1 });
    expect(counts.fifoPeak).toBe(3);
  });

  it('the broadcast waits while one FIFO has no room', () => {
    // Two products on one adder and two words: the second pair has room in cycle 3, and is added in 4 and 5.
    const counts = countTile(
      { ...fifo, addersPerPe: 1, productsPerCycle: 2 },
      [2, 2],
      [
        [2, 2],
        [0, 0],
      ],
    );
    expect(counts.cycles).toBe(5);
    expect(lost(counts)).toEqual({ 'fifo-full': 1, drain: 2 });
    expect(counts.fifoPeak).toBe(2);
  });

  it('adders work on one fused weight a cycle', () => {
    // One product of each: three cycles of adding, one behind the broadcast, though there are two adders.
    const counts = countTile(fifo, [1, 1, 1], [[1, 1, 1]]);
    expect(counts.cycles).toBe(4);
    expect(lost(counts)).toEqual({ drain: 1 });
  });

  it('adders go on while DRAM is waited for', () => {
    const slow = { ...fifo, productBits: 10, dramBitsPerCycle: 5, prefetchBits: 10 };
    const counts = countTile(slow, [1, 1], [[1, 1]]);
    expect(counts.cycles).toBe(4);
    expect(lost(counts)).toEqual({ dram: 1, drain: 1 });
  });
});

describe('hardware that makes no sense', () => {
  it.each([
    [{ addersPerPe: 0 }, 'options.addersPerPe'],
    [{ productsPerCycle: 1.5 }, 'options.productsPerCycle'],
    [{ dramBitsPerCycle: 0 }, 'options.dramBitsPerCycle'],
    [{ maskWordsPerCycle: Number.NaN }, 'options.maskWordsPerCycle'],
    [{ coupling: 'fifo', adderFifoWords: 1 } as const, 'options.adderFifoWords'],
  ])('is refused: %j', (changes, path) => {
    expect(() => countTile(changes, [1], [[1]])).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'ARCHON_BAD_OPTION', path })] }),
    );
  });
});
