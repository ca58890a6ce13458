import { readFileSync } from 'node:fs';
import type { MapspaceConstraints } from '../src/mapspace/mapspace.js';
import type { Problem } from '../src/model/problem.js';

/** Constraints of the published dense runs, for their levels DRAM, shared_glb, DummyBuffer, ifmap_spad, weights_spad, psum_spad. */
export const DENSE_CONSTRAINTS: MapspaceConstraints = [
  { temporalDims: ['Q', 'N', 'M', 'C'], order: ['Q', 'N', 'M', 'C'] },
  { temporal: { P: 'rest' }, temporalDims: ['M', 'C'], order: ['M', 'P', 'C'], spatialX: { dims: ['M', 'Q'] } },
  { temporalDims: [], spatialY: { dims: ['C', 'M'], fixed: { S: 'rest' } } },
  { temporalDims: [] },
  { temporal: { R: 'rest' }, temporalDims: ['C'] },
  { temporalDims: ['M'] },
];

/** A published dense layer and the optimum of its mapspace; see dense-optima.PROVENANCE.md. */
export interface DenseOptimum {
  readonly layer: string;
  readonly problem: Problem;
  readonly cycles: number;
  readonly energyPj: number;
  readonly publishedPj: number;
}

export const DENSE_OPTIMA = JSON.parse(
  readFileSync(new URL('../golden/dense-optima.json', import.meta.url), 'utf8'),
) as readonly DenseOptimum[];
