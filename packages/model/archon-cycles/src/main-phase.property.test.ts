import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CycleCounts, STALLS } from './cycle-counts.js';
import { COUPLINGS, type MainHardware } from './main-hardware.js';
import { createMainPhase } from './main-phase.js';
import type { TapOfTile } from './tile.js';

const PES = 3;
const hardwareWith = (...couplings: MainHardware['coupling'][]): fc.Arbitrary<MainHardware> =>
  fc.record({
    pes: fc.constant(PES),
    addersPerPe: fc.integer({ min: 1, max: 4 }),
    productsPerCycle: fc.integer({ min: 1, max: 6 }),
    coupling: fc.constantFrom(...couplings),
    adderFifoWords: fc.integer({ min: 6, max: 9 }),
    maskWordsPerCycle: fc.constantFrom(1, 2, Infinity),
    maskWordBits: fc.constant(16),
    productBits: fc.constant(26),
    dramBitsPerCycle: fc.constantFrom(20, 64, 200, Infinity),
    prefetchBits: fc.integer({ min: 0, max: 500 }),
  });
const hardware = hardwareWith(...COUPLINGS);

/** Fused weights with their products, and which of these are live in each PE. */
const weight = fc.array(fc.array(fc.boolean(), { minLength: PES, maxLength: PES }), { maxLength: 12 });
const stream = fc.array(weight, { maxLength: 12 });

function tapOf(weights: readonly (readonly boolean[][])[]): TapOfTile {
  const products = Int32Array.from(weights, ({ length }) => length);
  const live = weights.flatMap((of) => Array.from({ length: PES }, (_, pe) => of.filter((masks) => masks[pe]).length));
  const maskWords = products.map((count) => Math.ceil(count / 2));
  return { weights: weights.length, products, maskWords, first: 0, live: Uint16Array.from(live) };
}

function count(of: MainHardware, taps: readonly TapOfTile[]): CycleCounts {
  const counts = new CycleCounts();
  const phase = createMainPhase(of, counts);
  for (const tap of taps) {
    phase.tap(tap);
    phase.endTile();
  }
  return counts;
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('the main phase', () => {
  it('takes a cycle a fused weight and its stalls, no less than its multiplications and additions need', () => {
    fc.assert(
      fc.property(hardware, fc.array(stream, { maxLength: 3 }), (of, streams) => {
        const taps = streams.map(tapOf);
        const counts = count(of, taps);
        expect(counts.cycles).toBe(counts.weights + sum(STALLS.map((stall) => counts.stalls[stall])));
        expect(counts.cycles).toBeGreaterThanOrEqual(counts.multiplications / PES);
        expect(counts.cycles).toBeGreaterThanOrEqual(counts.additions / PES / of.addersPerPe);
        expect(counts.additions).toBe(sum(taps.flatMap(({ live }) => [...live])));
        expect(sum(counts.histogram)).toBe(counts.weights * PES);
        expect(counts.fifoPeak).toBeLessThanOrEqual(of.addersPerPe * of.adderFifoWords);
      }),
    );
  });

  /** More of it never costs a cycle in lock-step; with FIFOs, larger groups of products need more room at once. */
  const groupSizes = ['productsPerCycle', 'maskWordsPerCycle'] as const;
  const others = ['addersPerPe', 'adderFifoWords', 'dramBitsPerCycle', 'prefetchBits'] as const;
  it.each([...groupSizes, ...others])('never takes longer with more %s', (name) => {
    const couplings = groupSizes.some((size) => size === name) ? hardwareWith('lock-step') : hardware;
    fc.assert(
      fc.property(couplings, stream, fc.integer({ min: 1, max: 9 }), (of, weights, more) => {
        const better = { ...of, [name]: of[name] + more };
        const tap = tapOf(weights);
        expect(count(better, [tap]).cycles).toBeLessThanOrEqual(count(of, [tap]).cycles);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a cycle longer with twice the mask words, where one group of three finds no room that two groups find', () => {
    const of: MainHardware = {
      pes: PES,
      addersPerPe: 1,
      productsPerCycle: 5,
      coupling: 'fifo',
      adderFifoWords: 6,
      maskWordsPerCycle: 2,
      maskWordBits: 16,
      productBits: 26,
      dramBitsPerCycle: Infinity,
      prefetchBits: 0,
    };
    const [none, first, second] = [
      [false, false, false],
      [true, false, false],
      [false, true, false],
    ];
    const tap = tapOf([
      [second, second, second],
      [second, second],
      [second, second, second],
      [second, first, [true, true, false], none, none],
      [first, first],
      [first, first, first],
    ]);
    expect(count(of, [tap]).cycles).toBe(11);
    expect(count({ ...of, maskWordsPerCycle: 3 }, [tap]).cycles).toBe(12);
  });

  it('fetches no bit twice: without room ahead, each fused weight waits for all of its products', () => {
    fc.assert(
      fc.property(hardware, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 9 }), (of, products) => {
        const narrow = { ...of, maskWordsPerCycle: Infinity, dramBitsPerCycle: of.productBits, prefetchBits: 0 };
        const none = tapOf(products.map((n) => Array.from({ length: n }, () => [false, false, false])));
        expect(count(narrow, [none]).stalls.dram).toBe(sum(products));
      }),
    );
  });

  it('has closed forms: nothing kept, and every mask 1 in lock-step', () => {
    fc.assert(
      fc.property(hardware, fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 9 }), (of, products) => {
        const free = { ...of, coupling: 'lock-step', maskWordsPerCycle: Infinity, dramBitsPerCycle: Infinity } as const;
        const all = tapOf(products.map((n) => Array.from({ length: n }, () => [true, true, true])));
        const longest = products.map((n) =>
          Math.max(1, Math.ceil(n / of.productsPerCycle), Math.ceil(n / of.addersPerPe)),
        );
        expect(count(free, [all]).cycles).toBe(sum(longest));
        expect(count(of, [tapOf([])]).cycles).toBe(0);
      }),
    );
  });
});
