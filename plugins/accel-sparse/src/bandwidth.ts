import { packingOf, type Accesses, type Architecture, type DataSpace, type Evaluation } from '@archon-dse/loop-nest';
import { LEVEL } from '@archon-dse/pe-array';

/** What zero weights save of the traffic of a dense mapping. */
export interface Savings {
  /** Cycles of the slowest PEs over dense cycles: share of its operands the busiest PE still asks its scratchpads for. */
  readonly pace: number;
  /** Share of non-zero weights, which is what the weight scratchpads are filled with; an index travels beside its weight. */
  readonly density: number;
}

/** The level that needs most cycles for its reads or for its updates and fills, and how many. */
export interface Bottleneck {
  readonly cycles: number;
  readonly level: string;
}

const PE_LEVELS: readonly string[] = [LEVEL.ifmapSpad, LEVEL.weightsSpad, LEVEL.psumSpad];

/**
 * Cycles below which the buffers cannot deliver what the mapping moves, by the rule of the dense model: for each level, words read
 * over read bandwidth, and words updated and filled over write bandwidth. Scratchpads serve MACs at the pace of the slowest PE; the
 * global buffer moves all inputs and outputs as if no weight were zero.
 */
export function bottleneck(evaluation: Evaluation, { levels }: Architecture, savings: Savings): Bottleneck {
  const bounds = evaluation.levels.map(({ name, accesses }, index): Bottleneck => {
    const level = levels[index];
    const { readBandwidth = Infinity, writeBandwidth = Infinity } = level ?? {};
    const packing = (space: DataSpace): number => (level === undefined ? 1 : packingOf(level, space));
    const served = PE_LEVELS.includes(name) ? savings.pace : 1;
    const filled = (space: DataSpace): number => (space === 'Weights' ? savings.density : 1);
    const entries = Object.entries(accesses) as [DataSpace, Accesses][];
    const reads = entries.reduce((sum, [space, words]) => sum + (served * words.reads) / packing(space), 0);
    const writes = entries.reduce(
      (sum, [space, words]) => sum + (served * words.updates + filled(space) * words.fills) / packing(space),
      0,
    );
    return { level: name, cycles: Math.max(wholeCycles(reads / readBandwidth), wholeCycles(writes / writeBandwidth)) };
  });
  return bounds.reduce((worst, bound) => (bound.cycles > worst.cycles ? bound : worst));
}

/** Rounds up, but not for what floating point may have added. */
export function wholeCycles(cycles: number): number {
  return Math.ceil(cycles * (1 - 1e-12));
}
