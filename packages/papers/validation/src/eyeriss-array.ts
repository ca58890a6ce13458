import {
  type Architecture,
  type Evaluation,
  evaluate,
  type Loop,
  type LoopKind,
  type Mapping,
} from '@archon-dse/loop-nest';
import {
  arrayArchitecture,
  arrayComponents,
  type ArrayOptions,
  denseMapspace,
  LEVEL,
  mapNest,
  PUBLISHED_DENSE_ARRAY,
} from '@archon-dse/pe-array';
import { priceComponents } from '@archon-dse/pricing';
import { type ConvShape, problemOf } from './conv-shape.js';
import type { ChipMapping } from './data/eyeriss-chip.js';

/**
 * The Eyeriss chip as a PE array: 12 x 14 PEs of 12, 224 and 24 words, 100 of its 108 KiB of global buffer (the rest prefetches
 * weights) in 25 banks, one 64-bit read and one 64-bit write a cycle.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, table IV; that a read and a write go in one cycle is our reading, suggested by table VI
 */
export const EYERISS_ARRAY: ArrayOptions = {
  ...PUBLISHED_DENSE_ARRAY,
  meshX: 14,
  meshY: 12,
  ifmapSpadWords: 12,
  glbKib: 100,
  glbBanks: 25,
  glbReadBandwidth: 4,
  glbWriteBandwidth: 4,
  technology: '65nm',
};

/** What a mapping does, over all groups. MB of 2^20 bytes. */
export interface ArrayFigures {
  readonly cycles: number;
  readonly activePes: number;
  readonly glbMb: number;
  readonly dramMb: number;
  readonly energyUj: number;
}

const BYTES_A_MB = 2 ** 20;

function architectureOf(options: ArrayOptions): Architecture {
  return arrayArchitecture(options, priceComponents(arrayComponents(options)));
}

/** The best mapping the row-stationary mapspace of this project holds. */
export function searched(shape: ConvShape, options: ArrayOptions, plane = shape.plane): ArrayFigures {
  const problem = problemOf(shape, plane);
  const architecture = architectureOf(options);
  const { mapping } = mapNest({ problem, architecture, constraints: denseMapspace(problem, options) }, new Map());
  return figuresOf(evaluate(problem, architecture, mapping), shape.groups, options);
}

/** The mapping of the chip, from its published parameters; the output plane is padded to whole strips. */
export function asOnChip(shape: ConvShape, parameters: ChipMapping, options: ArrayOptions): ArrayFigures {
  const strips = Math.ceil(shape.plane / stripOf(parameters, options).columns);
  const problem = problemOf(shape, strips * stripOf(parameters, options).columns);
  const mapping = chipMapping(shape, parameters, options);
  return figuresOf(evaluate(problem, architectureOf(options), mapping), shape.groups, options);
}

/** Columns of a strip: e, over as many rows of PE sets as it takes. */
function stripOf({ e }: ChipMapping, { meshX }: ArrayOptions): { readonly folds: number; readonly columns: number } {
  const folds = Math.ceil(e / meshX);
  return { folds, columns: folds * Math.ceil(e / folds) };
}

/**
 * The parameters as loops. Outputs of m filters, n images and one strip stay in the global buffer while the channels pass, q x r at a
 * time; within that, images, groups of p x t filters and rows follow each other. PE sets stand on each other where the columns hold them,
 * else those of different filters stand side by side.
 */
function chipMapping(shape: ConvShape, parameters: ChipMapping, options: ArrayOptions): Mapping {
  const { C, M, kernel, plane, batch } = shape;
  const { m, n, p, q, r, t } = parameters;
  const { folds, columns } = stripOf(parameters, options);
  const strips = Math.ceil(plane / columns);
  const loop = (dim: Loop['dim'], bound: number, kind: LoopKind = 'temporal'): Loop => ({ dim, bound, kind });
  const column = [loop('Q', folds, 'spatialY'), loop('C', r, 'spatialY'), loop('S', kernel, 'spatialY')];
  const fitsColumn = folds * r * t * kernel <= options.meshY;
  return [
    [loop('Q', strips), loop('N', batch / n), loop('M', M / m), loop('C', C / (q * r))],
    [
      loop('N', n),
      loop('M', m / (p * t)),
      loop('P', strips * columns),
      loop('Q', columns / folds, 'spatialX'),
      loop('M', fitsColumn ? 1 : t, 'spatialX'),
    ],
    [loop('M', fitsColumn ? t : 1, 'spatialY'), ...column],
    [],
    [loop('R', kernel), loop('C', q)],
    [loop('M', p)],
  ];
}

function figuresOf(evaluation: Evaluation, groups: number, { dataBits }: ArrayOptions): ArrayFigures {
  const level = (name: string): Evaluation['levels'][number] | undefined =>
    evaluation.levels.find((candidate) => candidate.name === name);
  const megabytes = (name: string): number => {
    const { accesses = {}, instances = 0 } = level(name) ?? {};
    const words = Object.values(accesses).reduce((sum, { reads, updates, fills }) => sum + reads + updates + fills, 0);
    return (words * instances * groups * dataBits) / 8 / BYTES_A_MB;
  };
  return {
    cycles: evaluation.cycles * groups,
    activePes: level(LEVEL.psumSpad)?.instances ?? 0,
    glbMb: megabytes(LEVEL.glb),
    dramMb: megabytes(LEVEL.dram),
    energyUj: (evaluation.energyPj * groups) / 1e6,
  };
}
