import type { Support } from '@archon-dse/core';
import type { LevelConstraint, MapspaceConstraints, Problem } from '@archon-dse/loop-nest';
import type { ArrayOptions } from './array-options.js';
import { glbWords } from './geometry.js';
import { LEVEL } from './level-names.js';

/**
 * The row-stationary mapspace of the dense baseline, for the levels of {@link arrayArchitecture}: kernel columns S spread over the
 * PEs of a column, kernel rows R inside a PE, the output rows P streamed through the global buffer, output channels accumulated in
 * the psum spad.
 *
 * The published constraint wants all of S on the mesh. Where S exceeds meshY, its largest divisor that fits is spread and the rest
 * is folded: the array runs once for each fold and adds up in the global buffer, in the loop order that costs least.
 *
 * @source ICS'21 ARCHON experiments, dense constraints
 */
export function denseMapspace(problem: Problem, options: ArrayOptions): MapspaceConstraints {
  const spread = spreadKernel(problem.S, options.meshY);
  const folds = problem.S / spread;
  const glbLoops: LevelConstraint =
    folds === 1 ? { temporal: { P: 'rest' }, order: ['M', 'P', 'C'] } : { temporal: { P: 'rest', S: folds } };
  return [
    { temporalDims: ['Q', 'N', 'M', 'C'], order: ['Q', 'N', 'M', 'C'] },
    { ...glbLoops, temporalDims: ['M', 'C'], spatialX: { dims: ['M', 'Q'] } },
    { temporalDims: [], spatialY: { dims: ['S', 'C', 'M'], fixed: { S: spread } } },
    { temporalDims: [] },
    { temporal: { R: 'rest' }, temporalDims: ['C'], order: ['R', 'C'] },
    { temporalDims: ['M'] },
  ];
}

/**
 * Whether {@link denseMapspace} holds any mapping: its smallest one keeps a kernel column in each PE and one column of outputs
 * with the inputs they need in the global buffer.
 */
export function denseSupport(problem: Problem, options: ArrayOptions): Support {
  const { R, S, P, strideP, dilationR = 1, dilationS = 1 } = problem;
  const [rows, columns] = [(R - 1) * dilationR + 1, (S - 1) * dilationS + 1];
  const inputs = ((P - 1) * strideP + rows) * columns;
  const spread = dilationR === 1 ? '' : ` spread over ${rows}`;
  const needs = [
    { what: `a kernel column of ${R}${spread}`, level: LEVEL.ifmapSpad, words: rows, has: options.ifmapSpadWords },
    { what: `a kernel column of ${R}`, level: LEVEL.weightsSpad, words: R, has: options.weightsSpadWords },
    { what: `a column of ${P} outputs`, level: LEVEL.glb, words: inputs + P, has: glbWords(options) },
  ];
  const short = needs.find(({ words, has }) => words > has);
  if (short === undefined) return { ok: true };
  const { what, level, words, has } = short;
  return { ok: false, reason: `${what} needs ${words} words of ${level}, which has ${has}` };
}

/** Kernel columns that {@link denseMapspace} spreads over a column of PEs: the largest divisor of S that fits. */
export function spreadKernel(S: number, meshY: number): number {
  let divisor = Math.min(S, meshY);
  while (S % divisor !== 0) divisor -= 1;
  return divisor;
}
