import type { DataSpace } from './problem.js';

/** Accesses of one data space at one instance of a level, in words. */
export interface Accesses {
  readonly tileWords: number;
  readonly partitionWords: number;
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  /** Energy over all instances, pJ. */
  readonly energyPj: number;
  /** Vector accesses over all instances: ceil((reads + updates + fills) / blockSize) x instances. */
  readonly vectorAccesses: number;
}

export interface LevelEvaluation {
  readonly name: string;
  /** Instances the mapping uses. */
  readonly instances: number;
  /** Cycles this level alone would need; more than `computeCycles` where its bandwidth throttles. */
  readonly cycles: number;
  readonly accesses: Readonly<Partial<Record<DataSpace, Accesses>>>;
}

export interface Evaluation {
  readonly macs: number;
  /** Product of the temporal bounds. */
  readonly computeCycles: number;
  /** Cycles with bandwidth throttling. */
  readonly cycles: number;
  /** MACs / (cycles x hardware MACs). */
  readonly utilization: number;
  readonly energyPj: number;
  readonly macEnergyPj: number;
  readonly levels: readonly LevelEvaluation[];
}
