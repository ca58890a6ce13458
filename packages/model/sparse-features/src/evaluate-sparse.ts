import {
  type Accesses,
  type Architecture,
  type DataSpace,
  type Evaluation,
  type Level,
  type LevelEvaluation,
  type Mapping,
  type Problem,
} from '@archon-dse/loop-nest';
import { engineOf } from './engine.js';
import { engineCycles } from './engine-cycles.js';
import type { EngineCycles } from './engine-walk.js';
import { bandwidthCycles, wholeCycles } from './bandwidth.js';
import type { SparseFeatures } from './features.js';
import { nestLoops, refuseRemainders } from './nest-loops.js';
import { Operand } from './operand.js';
import { productShares } from './product-shares.js';
import { transferShares, type Shares, type SparseNest } from './shares.js';
import type { SparseAccesses, SparseEvaluation, SparseLevel } from './sparse-evaluation.js';
import { storedTiles, type StoredTiles } from './stored-tile.js';
import { parentOf } from './transfer.js';
import type { ZerosBySpace } from './zeros.js';

/** A mapping without zeros, as `evaluate` of loop-nest has it. */
export interface DenseRun {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
  readonly evaluation: Evaluation;
}

const NOTHING: Shares = { full: 0, gated: 0, skipped: 0 };

/**
 * What the zeros of a layer save in a mapping.
 *
 * @param wordBits - bits of a word, in which metadata are counted against bandwidths
 * @throws RangeError when a mask has another number of words than its data space, or when the bounds of the mapping do not multiply to the
 * problem's: remainders are not counted
 */
export function evaluateSparse(
  dense: DenseRun,
  features: SparseFeatures,
  zeros: ZerosBySpace,
  wordBits: number,
): SparseEvaluation {
  const { problem, architecture, mapping, evaluation } = dense;
  refuseRemainders(problem, mapping);
  const operand = (space: DataSpace): Operand => new Operand(problem, space, zeros[space]);
  const operands = { Weights: operand('Weights'), Inputs: operand('Inputs'), Outputs: operand('Outputs') };
  const sparse: SparseNest = { architecture, nest: nestLoops(mapping), operands, features };
  const products = productShares(sparse);
  const { cycles: computeCycles, idealCycles } = cyclesOf(sparse, evaluation);
  const accesses = architecture.levels.map((level, at) =>
    levelAccesses(sparse, level, evaluation.levels[at], wordBits),
  );
  const cycles = bandwidthCycles(architecture, accesses, wordBits);
  const levels = architecture.levels.map(({ name }, at): SparseLevel => {
    const { instances = 0 } = evaluation.levels[at] ?? {};
    return { name, instances, cycles: cycles[at] ?? 0, accesses: accesses[at] ?? {} };
  });
  const slowest = Math.max(wholeCycles(computeCycles), ...cycles) + evaluation.startUpCycles;
  return { macs: scaled(products, evaluation.macs), computeCycles, idealCycles, cycles: slowest, levels };
}

function cyclesOf(sparse: SparseNest, { computeCycles }: Evaluation): EngineCycles {
  const skipping = sparse.features.compute?.skipping;
  if (skipping === undefined) return { cycles: computeCycles, idealCycles: computeCycles };
  return engineCycles(engineOf(sparse, skipping));
}

function levelAccesses(
  sparse: SparseNest,
  level: Level,
  run: LevelEvaluation | undefined,
  wordBits: number,
): SparseLevel['accesses'] {
  const at = sparse.architecture.levels.indexOf(level);
  const accesses = level.keeps.flatMap((space) => {
    const counts = run?.accesses[space];
    return counts === undefined ? [] : [[space, sparseAccesses(sparse, { space, at, counts }, wordBits)] as const];
  });
  return Object.fromEntries(accesses);
}

/** A data space at a level, with its counts without zeros. */
interface Place {
  readonly space: DataSpace;
  readonly at: number;
  readonly counts: Accesses;
}

function sparseAccesses(sparse: SparseNest, { space, at, counts }: Place, wordBits: number): SparseAccesses {
  const down = transferShares(sparse, space, at);
  const parent = parentOf(sparse.architecture, space, at);
  const filled = parent === undefined ? NOTHING : transferShares(sparse, space, parent, at);
  const stored = storedAt(sparse, space, at, wordBits);
  const reads = scaled(down, counts.reads);
  const updates = complete(scaled(down, counts.updates), space, sparse, stored);
  const fills = scaled(filled, counts.fills);
  const moved = counts.reads + counts.updates + counts.fills;
  const total = added(reads, updates, fills);
  return {
    reads,
    updates,
    fills,
    share: moved === 0 ? { full: 1, gated: 0, skipped: 0 } : scaled(total, 1 / moved),
    metadataBits: stored === undefined ? 0 : metadataOf(total, space, sparse, stored),
    ...(stored === undefined ? {} : { stored }),
  };
}

function storedAt(
  { features, architecture, nest, operands }: SparseNest,
  space: DataSpace,
  at: number,
  wordBits: number,
): StoredTiles | undefined {
  const name = architecture.levels[at]?.name;
  const format = features.formats?.find(({ level, tensor }) => level === name && tensor === space);
  if (format === undefined) return undefined;
  const loops = nest.filter(({ level }) => level < at);
  const part = nest.filter(({ level }) => level >= at);
  return storedTiles(operands[space], { ranks: format.ranks, loops, part }, wordBits);
}

/** Only outputs that are complete have zeros to leave out: the last update of every word at the outermost level. */
function complete(
  updates: Shares,
  space: DataSpace,
  { operands }: SparseNest,
  stored: StoredTiles | undefined,
): Shares {
  if (space !== 'Outputs' || stored === undefined) return updates;
  const saved = Math.min(updates.full, operands.Outputs.tensor.words - stored.mean.words);
  return { ...updates, full: updates.full - saved, skipped: updates.skipped + saved };
}

/** Metadata go with the words they belong to. */
function metadataOf(
  { full, gated }: Shares,
  space: DataSpace,
  { operands }: SparseNest,
  { mean }: StoredTiles,
): number {
  if (mean.words === 0) return mean.metadataBits;
  const words = space === 'Outputs' ? Math.min(full + gated, operands.Outputs.tensor.words) : full + gated;
  return (words / mean.words) * mean.metadataBits;
}

function scaled({ full, gated, skipped }: Shares, factor: number): Shares {
  return { full: full * factor, gated: gated * factor, skipped: skipped * factor };
}

function added(...shares: readonly Shares[]): Shares {
  return shares.reduce((sum, { full, gated, skipped }) => ({
    full: sum.full + full,
    gated: sum.gated + gated,
    skipped: sum.skipped + skipped,
  }));
}
