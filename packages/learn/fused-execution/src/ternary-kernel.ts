import { ternarize, type KernelUse, type NamedTensors } from '@archon-dse/tensor';
import { tensorOf } from './tensor-of.js';

/** Signs of a kernel, in its own layout, and one scale for each of its `alphas.length` slices of filters. */
export interface TernaryKernel {
  readonly signs: Int8Array;
  readonly alphas: Float64Array;
}

/**
 * The ternary values of the kernel of a predictor.
 *
 * @param filters - size of the last dimension of the kernel, a multiple of its groups; 1 for a depthwise one, which is one slice
 * @throws RangeError when a kernel that is kept ternary by a constraint is not
 */
export function ternaryKernel(
  { weight, ternary }: KernelUse,
  groups: number,
  filters: number,
  tensors: NamedTensors,
): TernaryKernel {
  const kernel = tensorOf(tensors, weight);
  const signs = new Int8Array(kernel.length);
  const alphas = new Float64Array(groups);
  const width = filters / groups;
  for (let group = 0; group < groups; group++) {
    const places = Array.from(kernel.keys()).filter((at) => Math.floor((at % filters) / width) === group);
    const slice = Float32Array.from(places, (at) => kernel[at] ?? 0);
    const sliceSigns = new Int8Array(slice.length);
    const { alpha } = ternarize(slice, sliceSigns);
    alphas[group] = alpha;
    places.forEach((at, index) => (signs[at] = sliceSigns[index] ?? 0));
    if (ternary === undefined) checkTernary(weight, slice, sliceSigns, alpha);
  }
  return { signs, alphas };
}

/** Rounding of a mean of equal single-precision values. */
const ROUNDING = 1e-6;

function checkTernary(weight: string, slice: Float32Array, signs: Int8Array, alpha: number): void {
  const other = slice.find((value, at) => Math.abs(value - (signs[at] ?? 0) * alpha) > ROUNDING * alpha);
  if (other === undefined) return;
  throw new RangeError(`"${weight}" has the value ${String(other)}; its ternary values are 0 and +-${String(alpha)}`);
}
