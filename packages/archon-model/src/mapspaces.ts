import type { LevelConstraint, MapspaceConstraints, Problem, SpatialConstraint } from '@archon-dse/loop-nest';
import type { MeshSide } from '@archon-dse/pe-array';
import type { FusedBlock } from './block.js';
import { PUBLISHED_ARCHON, type ArchonHardware } from './hardware.js';

/** How a nest is spread over the columns (X) and the PEs of a column (Y), and what its scratchpads are made to hold. */
export interface Split {
  readonly x: SpatialConstraint;
  readonly y: SpatialConstraint;
  /** Input channels in the input scratchpad; absent leaves them free. */
  readonly ifmapChannels?: number;
  /** Output channels in the partial-sum scratchpad; absent leaves them free. */
  readonly psumChannels?: number;
}

const fixed = (factors: Readonly<Record<string, number>>): SpatialConstraint => ({
  dims: Object.keys(factors) as SpatialConstraint['dims'],
  fixed: factors,
});

/** Any split over outputs. */
export const FREE_SPLIT: Split = { x: { dims: ['M', 'P', 'Q'] }, y: { dims: ['M', 'P', 'Q'] } };

/** Splits of the published predictions, for an 8 x 8 array. @source ICS'21 ARCHON experiments */
export const PUBLISHED_SPLITS = {
  columnsByChannels: { x: fixed({ Q: 8 }), y: fixed({ M: 8 }) },
  columnsByChannelsInEights: { x: fixed({ Q: 8 }), y: fixed({ M: 8 }), ifmapChannels: 8, psumChannels: 3 },
  mixedByChannels: { x: fixed({ M: 2, Q: 4 }), y: fixed({ M: 8 }) },
  channelsByChannels: { x: fixed({ M: 8 }), y: fixed({ M: 8 }) },
  freeByRows: { x: { dims: ['M', 'Q'] }, y: fixed({ P: 8 }) },
} as const satisfies Readonly<Record<string, Split>>;

/**
 * Output columns over X, output channels over Y where they divide evenly, else any split; that of a layer without a plane spreads its
 * input channels too.
 */
export function usualSplit({ P, Q, M }: Problem, { meshX, meshY }: ArchonHardware): Split {
  if (P * Q === 1) return { x: { dims: ['C', 'M'] }, y: { dims: ['C', 'M'] } };
  if (Q % meshX !== 0 || M % meshY !== 0) return FREE_SPLIT;
  return { x: fixed({ Q: meshX }), y: fixed({ M: meshY }) };
}

/**
 * Mapspace of the predictions and of layers that are not fused: the kernel stays in the weights, input channels in the input
 * scratchpad or innermost, outputs accumulate in the partial-sum scratchpad; the loops of DRAM and the global buffer come in any order.
 */
export function predictionMapspace(problem: Problem, split: Split): MapspaceConstraints {
  const { ifmapChannels: C, psumChannels: M } = split;
  return [
    { temporalDims: ['M', 'P', 'Q'] },
    { temporalDims: ['M', 'P', 'Q', 'C'], spatialX: split.x },
    { temporalDims: [], spatialY: split.y },
    C === undefined ? { temporalDims: ['C'] } : { temporalDims: [], temporal: { C } },
    { temporalDims: [], temporal: { R: problem.R, S: problem.S } },
    M === undefined ? { temporalDims: ['M', 'P', 'Q', 'C'] } : { temporalDims: ['P', 'Q'], temporal: { M } },
  ];
}

/**
 * Mapspace of the fused convolution: output rows over X, columns over Y, a whole kernel window in each PE, the channels streamed
 * from the global buffer. Planes that do not divide over the array may split their outputs in any other way.
 */
export function mainMapspace({ R, S, P, Q }: Problem, { meshX, meshY }: ArchonHardware): MapspaceConstraints {
  const even = P % meshX === 0 && Q % meshY === 0;
  const split: Split = even ? { x: fixed({ P: meshX }), y: fixed({ Q: meshY }) } : FREE_SPLIT;
  const streamed: LevelConstraint = { temporal: { C: 'rest', M: 'rest' }, temporalDims: ['P'], order: ['P', 'C', 'M'] };
  return [
    { temporalDims: ['P', 'Q'] },
    { ...streamed, spatialX: split.x },
    { temporalDims: [], spatialY: split.y },
    { temporalDims: [] },
    { temporalDims: [], temporal: { R, S }, order: ['S', 'R'] },
  ];
}

/**
 * The sides of the mesh of {@link mainMapspace}. A side fits a plane it divides, and one that divides it: small planes of a network
 * leave their place to output channels, as published for planes of 4 x 4 and 2 x 2 on 8 x 8 PEs.
 */
export function mainMeshSides(blocks: readonly FusedBlock[], { meshX, meshY }: ArchonHardware): readonly MeshSide[] {
  const fits = (size: number): boolean =>
    blocks.some(({ outputWidth }) => outputWidth % size === 0 || size % outputWidth === 0);
  const widths = [...new Set(blocks.map(({ outputWidth }) => outputWidth))].join(', ');
  const expected = (side: string): string =>
    `${side} that divide the output plane of a fused block (${widths} px wide), or a multiple of it`;
  return [
    { option: 'meshX', size: meshX, published: PUBLISHED_ARCHON.meshX, fits, expected: expected('columns') },
    { option: 'meshY', size: meshY, published: PUBLISHED_ARCHON.meshY, fits, expected: expected('PEs a column') },
  ];
}

/**
 * {@link mainMapspace} for blocks whose channels do not fit the global buffer all at once: DRAM may split them too.
 */
export function splitChannelsMapspace(problem: Problem, hardware: ArchonHardware): MapspaceConstraints {
  const [dram, glb, ...inner] = mainMapspace(problem, hardware);
  return [
    { ...dram, temporalDims: ['P', 'Q', 'C', 'M'] },
    { ...glb, temporal: {}, temporalDims: ['P', 'C', 'M'] },
    ...inner,
  ];
}
