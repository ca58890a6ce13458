import {
  evaluate,
  parseMapping,
  type Architecture,
  type DataSpace,
  type Level,
  type Problem,
} from '@archon-dse/loop-nest';
import {
  evaluateSparse,
  type DenseRun,
  type SparseEvaluation,
  type SparseFeatures,
  type ZerosBySpace,
} from '@archon-dse/sparse-features';

/** Hardware of which only the levels matter, not what an access costs. */
export function levelsOf(keeps: Readonly<Record<string, readonly DataSpace[]>>): Architecture {
  const unlimited = { blockSize: 1, accessEnergyPj: 0, meshX: 1024, meshY: 1024 };
  const levels = Object.entries(keeps).map(([name, own]): Level => ({ ...unlimited, name, keeps: own }));
  return { levels, macs: 1, macEnergyPj: 0 };
}

export interface SparseLayerRun extends DenseRun {
  readonly sparse: SparseEvaluation;
}

/** A published mapping with the zeros of its layer. */
export function runSparse(
  problem: Problem,
  architecture: Architecture,
  mapping: string,
  { features, zeros, wordBits }: { features: SparseFeatures; zeros: ZerosBySpace; wordBits: number },
): SparseLayerRun {
  const parsed = parseMapping(mapping, architecture);
  const dense = { problem, architecture, mapping: parsed, evaluation: evaluate(problem, architecture, parsed) };
  return { ...dense, sparse: evaluateSparse(dense, features, zeros, wordBits) };
}

/** A matrix product: M x K by K x N, the first matrix in the place of the weights. */
export function matrixProduct(M: number, K: number, N: number): Problem {
  return { C: K, M, R: 1, S: 1, P: N, Q: 1, N: 1, strideP: 1, strideQ: 1 };
}
