import { DATA_SPACES, packingOf, type Architecture } from '@archon-dse/loop-nest';
import type { SparseLevel } from './sparse-evaluation.js';

/** Room for what floating point adds to sums that are whole. */
const SLACK = 1e-9;

/** Cycles that begin, of an expectation or a sum of fractions. */
export function wholeCycles(cycles: number): number {
  return Math.ceil(cycles * (1 - SLACK));
}

/** Words that pass one instance, metadata included. */
interface Traffic {
  readonly read: number;
  readonly written: number;
}

/** Cycles that each level needs for the words that pass one of its instances, with those of the levels it shares a room with. */
export function bandwidthCycles(
  { levels }: Architecture,
  accesses: readonly SparseLevel['accesses'][],
  wordBits: number,
): readonly number[] {
  const traffic = levels.map((_, at) => trafficOf(levels[at], accesses[at] ?? {}, wordBits));
  return levels.map((level, at) => {
    const together = traffic.filter((_, other) => {
      return other === at || (level.room !== undefined && levels[other]?.room === level.room);
    });
    const sum = (value: (own: Traffic) => number): number => together.reduce((words, own) => words + value(own), 0);
    const { readBandwidth = Infinity, writeBandwidth = Infinity } = level;
    const needed = Math.max(sum(({ read }) => read) / readBandwidth, sum(({ written }) => written) / writeBandwidth);
    return wholeCycles(needed);
  });
}

function trafficOf(
  level: Architecture['levels'][number] | undefined,
  accesses: SparseLevel['accesses'],
  wordBits: number,
): Traffic {
  let [read, written] = [0, 0];
  for (const space of DATA_SPACES) {
    const own = accesses[space];
    if (level === undefined || own === undefined) continue;
    const { reads, updates, fills, metadataBits } = own;
    const out = reads.full + reads.gated;
    const into = updates.full + updates.gated + fills.full + fills.gated;
    const metadata = out + into === 0 ? 0 : metadataBits / wordBits / (out + into);
    read += (out * (1 + metadata)) / packingOf(level, space);
    written += (into * (1 + metadata)) / packingOf(level, space);
  }
  return { read, written };
}
