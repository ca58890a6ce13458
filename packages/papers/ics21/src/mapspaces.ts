import type { Dim, MapspaceConstraints, Problem, SpatialConstraint } from '@archon-dse/loop-nest';
import { mainMapspace, PUBLISHED_ARCHON } from '@archon-dse/archon-model';
import { denseMapspace } from '@archon-dse/pe-array';
import { ARRAYS, type ArrayName } from './architectures.js';
import { LAYER_MAPSPACES, type PredictionMapspace } from './data/published-mapspaces.js';

/** The published mapspace of a nest on an array; `prediction` says which one on a prediction array, absent that of heads and tails. */
export function publishedMapspace(
  array: ArrayName,
  problem: Problem,
  prediction?: PredictionMapspace,
): MapspaceConstraints {
  if (array === 'dense') return denseMapspace(problem, ARRAYS.dense);
  if (array === 'main' || array === 'main32') return mainMapspace(problem, PUBLISHED_ARCHON);
  return predictionConstraints(prediction ?? layerMapspace(problem), problem);
}

function layerMapspace({ P, Q }: Problem): PredictionMapspace {
  return P * Q === 1 ? LAYER_MAPSPACES.noPlane : LAYER_MAPSPACES.plane;
}

function predictionConstraints(mapspace: PredictionMapspace, problem: Problem): MapspaceConstraints {
  return [
    temporal(mapspace.dram, problem),
    { ...temporal('C M P Q', problem), spatialX: spatial(mapspace.x, problem) },
    { temporalDims: [], spatialY: spatial(mapspace.y, problem) },
    { ...temporal(mapspace.ifmap, problem), order: ['R', 'S', 'C', 'M', 'Q', 'P'] },
    { ...temporal(mapspace.weights, problem), order: ['R', 'S', 'M', 'C', 'Q', 'P'] },
    temporal(mapspace.psum, problem),
  ];
}

interface Factors {
  readonly free: readonly Dim[];
  readonly fixed: Readonly<Partial<Record<Dim, number>>>;
}

function temporal(text: string, problem: Problem): Pick<MapspaceConstraints[number], 'temporal' | 'temporalDims'> {
  const { free, fixed } = readFactors(text, problem);
  return { temporalDims: free, temporal: fixed };
}

function spatial(text: string, problem: Problem): SpatialConstraint {
  const { free, fixed } = readFactors(text, problem);
  return { dims: [...free, ...(Object.keys(fixed) as Dim[])], fixed };
}

function readFactors(text: string, problem: Problem): Factors {
  const entries = text.split(' ').filter((entry) => entry !== '');
  const dimOf = (entry: string): Dim => entry.charAt(0) as Dim;
  const given = entries.filter((entry) => entry.length > 1);
  return {
    free: entries.filter((entry) => entry.length === 1).map(dimOf),
    fixed: Object.fromEntries(
      given.map((entry) => [dimOf(entry), entry.endsWith('*') ? problem[dimOf(entry)] : Number(entry.slice(1))]),
    ),
  };
}
