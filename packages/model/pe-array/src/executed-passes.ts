import type { Loop } from '@archon-dse/loop-nest';
import { passNest, type ExecutedNest, type InputPlanes } from './pass-nest.js';
import { PassCounts, walkPasses } from './pass-walk.kernel.js';
import { boundOf, OUTER_LEVELS, passGeometry, type SparsePasses } from './sparse-passes.js';

/** What was counted pass by pass: means over the images, and a histogram of all of them. */
export interface ExecutedPasses extends SparsePasses {
  /** Passes of a PE by their multiplications; the last entry for all above. */
  readonly histogram: Float64Array;
}

const HISTOGRAM_ENTRIES = 256;

/**
 * Passes of one group of a layer with known zeros of weights and inputs: a PE multiplies where neither is zero. The images of a batch are
 * taken to be alike.
 *
 * @param weights - of the group: one entry a weight, 0 for zero, row-major M x C x R x S
 * @param firstChannel - of the group, among the channels of the inputs
 * @throws RangeError when there are more or fewer weights than the mapping has
 */
export function executedPasses(
  nest: ExecutedNest,
  weights: Uint8Array,
  inputs: InputPlanes,
  firstChannel: number,
): ExecutedPasses {
  const geometry = passGeometry(nest.mapping);
  const { pes, distinctPes, distinctPasses, blockWeights } = geometry;
  const expected = distinctPes * distinctPasses * blockWeights;
  if (weights.length !== expected)
    throw new RangeError(`a mask of ${weights.length} weights for a mapping of ${expected}`);
  const together = outputsTogether(nest);
  const sums = sumOutputs(weights, together, nest);
  const offsets = passNest(nest, inputs);
  const counts = new PassCounts(HISTOGRAM_ENTRIES);
  for (const values of inputs.images) walkPasses(offsets, sums, values, firstChannel, counts);
  const images = inputs.images.length;
  const nonZeroMacs = counts.multiplications / images;
  return {
    ...geometry,
    density: weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0) / weights.length,
    nonZeroMacs,
    idealCycles: nonZeroMacs / pes,
    cycles: counts.cycles / images,
    histogram: counts.histogram,
  };
}

/** Output channels in a row of which a PE multiplies each input with the weights, so that these are added up beforehand. */
function outputsTogether({ mapping, isChannelwise }: ExecutedNest): number {
  const isOutput = ({ dim }: Loop): boolean => dim === 'M';
  return isChannelwise ? 1 : boundOf(mapping.slice(OUTER_LEVELS).flat().filter(isOutput));
}

/** Non-zero weights of `together` output channels, at each place of the kernels. */
function sumOutputs(weights: Uint8Array, together: number, { problem: { C, R, S } }: ExecutedNest): Uint16Array {
  const kernel = C * R * S;
  const sums = new Uint16Array(weights.length / together);
  for (let output = 0, at = 0; at < weights.length; output++) {
    const to = Math.floor(output / together) * kernel;
    for (let place = 0; place < kernel; place++, at++) {
      if (weights[at] !== 0) sums[to + place] = (sums[to + place] ?? 0) + 1;
    }
  }
  return sums;
}
