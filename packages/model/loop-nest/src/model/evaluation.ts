import type { DataSpace } from './problem.js';

/** Accesses of one data space at a level, in words. */
export interface Accesses {
  readonly tileWords: number;
  readonly partitionWords: number;
  /** Of the instance with most to do; without remainders all do the same. */
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  /** Over all instances. */
  readonly totalReads: number;
  readonly totalUpdates: number;
  readonly totalFills: number;
  /** Energy over all instances, pJ. */
  readonly energyPj: number;
  /** Vector accesses over all instances: ceil((reads + updates + fills) / blockSize) x instances where all do the same. */
  readonly vectorAccesses: number;
}

export interface LevelEvaluation {
  readonly name: string;
  /** Instances the mapping uses, of those the meshes outside have. */
  readonly instances: number;
  readonly builtInstances: number;
  /** Words of its size that the tiles of one instance take, both of each where it is double-buffered. */
  readonly usedWords: number;
  /** Cycles this level alone would need; more than `computeCycles` where its bandwidth throttles. */
  readonly cycles: number;
  readonly accesses: Readonly<Partial<Record<DataSpace, Accesses>>>;
}

export interface Evaluation {
  readonly macs: number;
  /** Product of the temporal bounds. */
  readonly computeCycles: number;
  /** Cycles with bandwidth throttling and, by option, start-up. */
  readonly cycles: number;
  /** What of the cycles is start-up; 0 without that option. */
  readonly startUpCycles: number;
  /** MACs / (cycles x hardware MACs). */
  readonly utilization: number;
  /** Of accesses, MACs and leakage. */
  readonly energyPj: number;
  readonly macEnergyPj: number;
  readonly leakagePj: number;
  readonly levels: readonly LevelEvaluation[];
}
