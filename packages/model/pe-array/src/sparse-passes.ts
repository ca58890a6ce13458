import type { Dim, Loop, Mapping } from '@archon-dse/loop-nest';
import { expectedMaximum } from '@archon-dse/sparse-features';

/**
 * How a mapping divides a layer's work among PEs that skip zero weights.
 *
 * A pass is one combination of the temporal loops outside the PEs; all PEs start it together, and the next one starts when the
 * slowest PE is done. Within a pass a PE visits its block of weights once for each combination of its P, Q and N loops. Passes and
 * PEs that differ only in P, Q or N see the same weights, so they are counted, never visited.
 *
 * @source ICS'21 ARCHON experiments, sparse baseline
 */
export interface PassGeometry {
  /** PEs at work, those with equal weights included. */
  readonly pes: number;
  /** PEs with weights of their own. */
  readonly distinctPes: number;
  readonly passes: number;
  /** Passes with weights of their own; each happens `passes / distinctPasses` times. */
  readonly distinctPasses: number;
  /** Weights of one PE in one pass. */
  readonly blockWeights: number;
  /** How often a PE visits its block in a pass. */
  readonly visits: number;
}

/** What skipping zero weights comes to. Cycles are those of the PEs alone, without the buffers. */
export interface SparsePasses extends PassGeometry {
  /** Share of non-zero weights, 0..1. */
  readonly density: number;
  readonly nonZeroMacs: number;
  /** `nonZeroMacs / pes`: cycles if all PEs had equally many non-zero weights; a fraction. */
  readonly idealCycles: number;
  /** Sum over passes of the slowest PE's non-zero weights, visits included; a fraction only where it is an expectation. */
  readonly cycles: number;
}

const WEIGHT_DIMS = ['M', 'C', 'R', 'S'] as const satisfies readonly Dim[];

/** Levels outside the PEs: DRAM, global buffer and columns, as in `arrayArchitecture`. */
export const OUTER_LEVELS = 3;

const weightLoop = ({ dim }: Loop): boolean => WEIGHT_DIMS.some((weightDim) => weightDim === dim);
const temporalLoop = ({ kind }: Loop): boolean => kind === 'temporal';
export const boundOf = (loops: readonly Loop[]): number => loops.reduce((product, { bound }) => product * bound, 1);

/** @param mapping on the levels of `arrayArchitecture` */
export function passGeometry(mapping: Mapping): PassGeometry {
  const outer = mapping.slice(0, OUTER_LEVELS).flat();
  const inner = mapping.slice(OUTER_LEVELS).flat();
  const temporal = outer.filter(temporalLoop);
  const spatial = outer.filter((loop) => !temporalLoop(loop));
  return {
    pes: boundOf(spatial),
    distinctPes: boundOf(spatial.filter(weightLoop)),
    passes: boundOf(temporal),
    distinctPasses: boundOf(temporal.filter(weightLoop)),
    blockWeights: boundOf(inner.filter(weightLoop)),
    visits: boundOf(inner.filter((loop) => !weightLoop(loop))),
  };
}

/**
 * Passes of one group of a layer with known zeros.
 *
 * @param mask - one entry a weight, 0 for zero, row-major M x C x R x S (a depthwise layer: channels x 1 x R x S)
 * @throws RangeError when the mask has another number of weights than the mapping
 */
export function sparsePasses(mapping: Mapping, mask: Uint8Array): SparsePasses {
  const geometry = passGeometry(mapping);
  const { pes, distinctPes, passes, distinctPasses, blockWeights, visits } = geometry;
  const weights = distinctPes * distinctPasses * blockWeights;
  if (mask.length !== weights) throw new RangeError(`a mask of ${mask.length} weights for a mapping of ${weights}`);
  const { counts, passOffsets, peOffsets } = divideWeights(mapping, mask);
  let slowest = 0;
  for (const pass of passOffsets) {
    let most = 0;
    for (const pe of peOffsets) most = Math.max(most, counts[pass + pe] ?? 0);
    slowest += most;
  }
  const nonZero = counts.reduce((sum, count) => sum + count, 0);
  const nonZeroMacs = nonZero * visits * (passes / distinctPasses) * (pes / distinctPes);
  return {
    ...geometry,
    density: nonZero / weights,
    nonZeroMacs,
    idealCycles: nonZeroMacs / pes,
    cycles: slowest * visits * (passes / distinctPasses),
  };
}

/**
 * Passes of one group of a layer in which each weight is non-zero with the same probability, independently: the exact expectation
 * over all such masks.
 *
 * @param density - probability that a weight is non-zero, 0..1
 */
export function expectedPasses(mapping: Mapping, density: number): SparsePasses {
  const geometry = passGeometry(mapping);
  const { pes, distinctPes, passes, blockWeights, visits } = geometry;
  const idealCycles = passes * visits * blockWeights * density;
  const cycles = passes * visits * expectedMaximum(blockWeights, density, distinctPes);
  return { ...geometry, density, nonZeroMacs: idealCycles * pes, idealCycles, cycles };
}

/** Non-zero weights of every block, and where in that list the blocks of passes and PEs are: at the sum of both offsets. */
interface Division {
  readonly counts: Uint32Array;
  readonly passOffsets: readonly number[];
  readonly peOffsets: readonly number[];
}

function divideWeights(mapping: Mapping, mask: Uint8Array): Division {
  const outer = mapping.slice(0, OUTER_LEVELS).flat().filter(weightLoop);
  const inner = mapping.slice(OUTER_LEVELS).flat();
  const axes = WEIGHT_DIMS.map((dim) => {
    const ofDim = (loops: readonly Loop[]): number => boundOf(loops.filter((loop) => loop.dim === dim));
    return { dim, blocks: ofDim(outer), extent: ofDim(inner) };
  });
  const stride = (dim: Dim): number =>
    axes.slice(axes.findIndex((axis) => axis.dim === dim) + 1).reduce((product, { blocks }) => product * blocks, 1);
  const steps = outer.map((loop, index) => ({
    loop,
    step: stride(loop.dim) * boundOf(outer.slice(index + 1).filter(({ dim }) => dim === loop.dim)),
  }));
  return {
    counts: countBlocks(mask, axes),
    passOffsets: offsets(steps.filter(({ loop }) => temporalLoop(loop))),
    peOffsets: offsets(steps.filter(({ loop }) => !temporalLoop(loop))),
  };
}

/** Every sum of one multiple of each step, the last loop fastest. */
function offsets(steps: readonly { readonly loop: Loop; readonly step: number }[]): readonly number[] {
  return steps.reduce<readonly number[]>(
    (sums, { loop, step }) =>
      sums.flatMap((sum) => Array.from({ length: loop.bound }, (_, index) => sum + index * step)),
    [0],
  );
}

/** Non-zero weights of each block, blocks row-major. */
function countBlocks(
  mask: Uint8Array,
  axes: readonly { readonly blocks: number; readonly extent: number }[],
): Uint32Array {
  const counts = new Uint32Array(axes.reduce((product, { blocks }) => product * blocks, 1));
  const innerFirst = [...axes].reverse();
  for (let index = 0; index < mask.length; index += 1) {
    if (mask[index] === 0) continue;
    let rest = index;
    let block = 0;
    let stride = 1;
    for (const { blocks, extent } of innerFirst) {
      block += stride * Math.floor((rest % (blocks * extent)) / extent);
      rest = Math.floor(rest / (blocks * extent));
      stride *= blocks;
    }
    counts[block] = (counts[block] ?? 0) + 1;
  }
  return counts;
}
