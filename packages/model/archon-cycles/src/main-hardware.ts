import { fail } from '@archon-dse/core';

/** How the PEs wait for one another. */
export const COUPLINGS = ['lock-step', 'fifo'] as const;

/** The part of ARCHON that builds fused weights and multiplies with them. */
export interface MainHardware {
  readonly pes: number;
  /** Adders beside each MAC. */
  readonly addersPerPe: number;
  /** Products that are broadcast, and whose masks are looked at, in a cycle. */
  readonly productsPerCycle: number;
  /**
   * `lock-step`: all PEs finish a fused weight before the next one begins. `fifo`: products whose masks are 1 wait in front of the adders
   * of their PE, and the broadcast goes on while there is room in all of them.
   */
  readonly coupling: (typeof COUPLINGS)[number];
  /** Words of the FIFO in front of each adder. */
  readonly adderFifoWords: number;
  /** Words of masks that a PE reads in a cycle; Infinity where they are never waited for. */
  readonly maskWordsPerCycle: number;
  /** Masks in a word. */
  readonly maskWordBits: number;
  /** Bits of a product as it is streamed: the kept weights and their index. */
  readonly productBits: number;
  /** Bits of products that DRAM delivers in a cycle; Infinity where they are never waited for. */
  readonly dramBitsPerCycle: number;
  /** Bits of products that are fetched ahead. */
  readonly prefetchBits: number;
}

/** @throws ArchonError ARCHON_BAD_OPTION with the name of the member that makes no sense */
export function checkMainHardware(hardware: MainHardware): void {
  const { coupling, adderFifoWords, addersPerPe, productsPerCycle, dramBitsPerCycle, maskWordsPerCycle } = hardware;
  const counts = ['pes', 'addersPerPe', 'productsPerCycle', 'maskWordBits', 'productBits'] as const;
  for (const name of counts) {
    if (!Number.isInteger(hardware[name]) || hardware[name] < 1)
      refuse(name, hardware[name], 'a whole number of at least 1');
  }
  if (!(maskWordsPerCycle >= 1)) refuse('maskWordsPerCycle', maskWordsPerCycle, 'at least 1');
  if (!(dramBitsPerCycle > 0)) refuse('dramBitsPerCycle', dramBitsPerCycle, 'more than 0');
  if (coupling === 'fifo' && adderFifoWords * addersPerPe < productsPerCycle) {
    refuse(
      'adderFifoWords',
      adderFifoWords,
      `room for the ${productsPerCycle} products of a cycle in ${addersPerPe} FIFOs`,
    );
  }
}

function refuse(name: keyof MainHardware, value: number, expected: string): never {
  return fail({
    code: 'ARCHON_BAD_OPTION',
    message: `${name} of the main phase is ${String(value)}`,
    expected,
    path: `options.${name}`,
  });
}
