import {
  boundOf,
  DIMS,
  type LevelConstraint,
  type MapspaceConstraints,
  type Problem,
  type SpatialConstraint,
} from '@archon-dse/loop-nest';
import type { MeshSide } from '@archon-dse/pe-array';
import type { FusedBlock } from './block.js';
import { PUBLISHED_ARCHON, type ArchonHardware } from './hardware.js';
import type { NestKind } from './map-layer.js';

/** How a nest is spread over the columns (X) and the PEs of a column (Y). */
export interface Split {
  readonly x: SpatialConstraint;
  readonly y: SpatialConstraint;
}

type Mesh = Pick<ArchonHardware, 'meshX' | 'meshY'>;
type SplitOf = (mesh: Mesh) => Split;

const fixed = (factors: Readonly<Record<string, number>>): SpatialConstraint => ({
  dims: Object.keys(factors) as SpatialConstraint['dims'],
  fixed: factors,
});
const free = (...dims: SpatialConstraint['dims']): SpatialConstraint => ({ dims });

/** Any split over outputs. */
const outputs: SplitOf = () => ({ x: free('M', 'P', 'Q'), y: free('M', 'P', 'Q') });
/** Splits of layers without a plane: its input channels are spread too. */
const channels: SplitOf = () => ({ x: free('C', 'M'), y: free('C', 'M') });
const columnsByChannels: SplitOf = ({ meshX, meshY }) => ({ x: fixed({ Q: meshX }), y: fixed({ M: meshY }) });
const mixedByChannels: SplitOf = ({ meshX, meshY }) => ({ x: fixed({ M: 2, Q: meshX / 2 }), y: fixed({ M: meshY }) });
const channelsByChannels: SplitOf = ({ meshX, meshY }) => ({ x: fixed({ M: meshX }), y: fixed({ M: meshY }) });
const anyByRows: SplitOf = ({ meshY }) => ({ x: free('C', 'P', 'Q'), y: fixed({ P: meshY }) });

/**
 * Splits of the predictions and of layers that are not fused, in groups: one group after the other until one keeps every PE busy; of
 * a group the best mapping is taken. They are those of the published runs, which fixed one for each network: columns by channels in
 * MobileNetV2, MnasNet and FusioNet, mixed in the depthwise predictions of the first two, channels in those of FusioNet, rows in
 * ShuffleNet. Rows with wide outputs take long to search and gain at most a twentieth, so expansions use them only where they have to.
 *
 * @source ICS'21 ARCHON experiments, constraints
 */
const SPLITS: Readonly<Record<Exclude<NestKind, 'main'>, readonly (readonly SplitOf[])[]>> = {
  'predict-expand': [[columnsByChannels], [anyByRows]],
  'predict-depthwise': [[columnsByChannels, mixedByChannels, channelsByChannels]],
  'predict-project': [[columnsByChannels, anyByRows]],
  layer: [[columnsByChannels, anyByRows]],
};

/** The groups of splits of a nest: the published ones that divide it evenly, then any over its outputs. */
export function usualSplits(
  kind: Exclude<NestKind, 'main'>,
  problem: Problem,
  mesh: Mesh,
): readonly (readonly Split[])[] {
  if (problem.P * problem.Q === 1) return [[channels(mesh)]];
  const published = SPLITS[kind].map((group) => group.map((of) => of(mesh)).filter((split) => divides(split, problem)));
  return [...published.filter((group) => group.length > 0), [outputs(mesh)]];
}

function divides({ x, y }: Split, problem: Problem): boolean {
  return DIMS.every((dim) => {
    const factors = [x, y].map((axis) => Number(axis.fixed?.[dim] ?? 1));
    return factors.every(Number.isInteger) && boundOf(problem, dim) % factors.reduce((a, b) => a * b) === 0;
  });
}

/**
 * Mapspace of the predictions and of layers that are not fused: the kernel stays in the weights, input channels in the input
 * scratchpad or innermost, outputs accumulate in the partial-sum scratchpad; the loops of DRAM and the global buffer come in any order.
 */
export function predictionMapspace({ R, S }: Problem, { x, y }: Split): MapspaceConstraints {
  return [
    { temporalDims: ['M', 'P', 'Q', 'C'] },
    { temporalDims: ['M', 'P', 'Q', 'C'], spatialX: x },
    { temporalDims: [], spatialY: y },
    { temporalDims: ['C'] },
    { temporalDims: ['M', 'P'], temporal: { R, S } },
    { temporalDims: ['M', 'P', 'Q', 'C'] },
  ];
}

/**
 * Mapspace of the fused convolution: output rows over X, columns over Y, a whole kernel window in each PE, the channels streamed
 * from the global buffer. Planes that do not divide over the array may split their outputs in any other way.
 */
export function mainMapspace({ R, S, P, Q }: Problem, mesh: Mesh): MapspaceConstraints {
  const { meshX, meshY } = mesh;
  const even = P % meshX === 0 && Q % meshY === 0;
  const split = even ? { x: fixed({ P: meshX }), y: fixed({ Q: meshY }) } : outputs(mesh);
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
