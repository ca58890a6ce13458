import type { DataSpace } from '@archon-dse/loop-nest';
import type { Shares } from './shares.js';
import type { StoredTiles } from './stored-tile.js';

/** Accesses of one data space at one instance of a level, on average over its instances. Words are those of the dense evaluation times a share. */
export interface SparseAccesses {
  readonly reads: Shares;
  readonly updates: Shares;
  readonly fills: Shares;
  /** Of all words that were read, updated and filled without zeros, the share that still is. */
  readonly share: Shares;
  /** Bits of metadata read and written with the words that are moved. */
  readonly metadataBits: number;
  /** What a tile takes where the data space has a format here. */
  readonly stored?: StoredTiles;
}

export interface SparseLevel {
  readonly name: string;
  readonly instances: number;
  /** Cycles this level needs by its own bandwidth, metadata included; 0 where it is unlimited. */
  readonly cycles: number;
  readonly accesses: Readonly<Partial<Record<DataSpace, SparseAccesses>>>;
}

/** A mapping with its zeros. Fractions are averages or, where only models of zeros are known, expectations. */
export interface SparseEvaluation {
  /** Products that are done, idle or left out. */
  readonly macs: Shares;
  /** Cycles of the PEs alone: the slowest one of each step. */
  readonly computeCycles: number;
  /** The same if all PEs had equally much to do. */
  readonly idealCycles: number;
  /** The slowest level or the PEs, in whole cycles, and the start-up of the dense evaluation. */
  readonly cycles: number;
  readonly levels: readonly SparseLevel[];
}
