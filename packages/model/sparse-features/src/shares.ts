import type { Architecture, DataSpace } from '@archon-dse/loop-nest';
import { DROPPING, type AccessSaving, type OperandSpace, type SparseFeatures } from './features.js';
import type { NestLoop } from './nest-loops.js';
import type { Operand } from './operand.js';
import { pairMean, type Question } from './pair-mean.js';
import { childOf, transferOf, type Transfer } from './transfer.js';

/** A nest with what is known about the zeros of its data spaces. */
export interface SparseNest {
  readonly architecture: Architecture;
  readonly nest: readonly NestLoop[];
  readonly operands: Readonly<Record<DataSpace, Operand>>;
  readonly features: SparseFeatures;
}

/** What becomes of the words that were moved if nothing were zero; the three add up to 1. */
export interface Shares {
  readonly full: number;
  readonly gated: number;
  readonly skipped: number;
}

/**
 * Shares of the words of a data space that a level hands down.
 *
 * @param stored - the level whose format the words are counted in: this one for its reads, the inner one for what fills it

 * Words are skipped that are zero where a format leaves them out, and those whose products are all known to be needless: by a skipping of
 * this level or of one further out, or, for words that go to the MACs, by PEs that skip products. Of what is left those words are gated
 * whose products are all needless by a gating.
 */
export function transferShares(sparse: SparseNest, space: DataSpace, level: number, stored = level): Shares {
  const skipping = leadersOf(sparse, sparse.features.skipping, space, level);
  const compute = sparse.features.compute?.skipping;
  if (compute !== undefined && childOf(sparse.architecture, space, level) === sparse.architecture.levels.length) {
    for (const on of compute.on) if (on !== space) skipping.set(on, level);
  }
  const gating = leadersOf(sparse, sparse.features.gating, space, level);
  const performed = meanOf(sparse, space, { level, stored }, skipping);
  const full = meanOf(sparse, space, { level, stored }, finest(skipping, gating));
  return { full, gated: Math.max(0, performed - full), skipped: Math.max(0, 1 - performed) };
}

/** Operands that decide, each with the level whose transfers it decides about. */
type Leaders = ReadonlyMap<OperandSpace, number>;

function leadersOf(
  { architecture: { levels } }: SparseNest,
  savings: readonly AccessSaving[] = [],
  space: DataSpace,
  level: number,
): Map<OperandSpace, number> {
  const leaders = new Map<OperandSpace, number>();
  for (const [at, { name }] of levels.slice(0, level + 1).entries()) {
    const own = savings.filter((saving) => saving.tensor === space && saving.level === name);
    for (const on of own.flatMap((saving) => saving.on)) leaders.set(on, at);
  }
  return leaders;
}

/** Of two levels the inner one decides: what it looks at is part of what the outer one does. */
function finest(a: Leaders, b: Leaders): Leaders {
  return new Map([...a, ...[...b].map(([on, level]) => [on, Math.max(level, a.get(on) ?? 0)] as const)]);
}

function meanOf(
  sparse: SparseNest,
  space: DataSpace,
  { level, stored }: { readonly level: number; readonly stored: number },
  leaders: Leaders,
): number {
  const { architecture, nest, operands, features } = sparse;
  const transfer = (at: number): Transfer => transferOf(architecture, nest, operands[space], at);
  const question = (on: OperandSpace): Question => {
    const operand = operands[on];
    const leader = leaders.get(on);
    const own = { operand, ...transfer(leader ?? level) };
    if (on !== space) return { ...own, measure: leader === undefined ? 'any' : 'non-empty' };
    return { ...own, measure: isCompressed(features, architecture, space, stored) ? 'share' : 'any' };
  };
  return pairMean(question('Weights'), question('Inputs'));
}

/** Whether the format of a data space at a level leaves its zeros out. */
function isCompressed(
  { formats = [] }: SparseFeatures,
  { levels }: Architecture,
  space: DataSpace,
  level: number,
): boolean {
  const format = formats.find(({ tensor, level: name }) => tensor === space && name === levels[level]?.name);
  return DROPPING.includes(format?.ranks.at(-1)?.format ?? 'uncompressed');
}
