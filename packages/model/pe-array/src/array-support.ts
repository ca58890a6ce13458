import type { Support, Workload } from '@archon-dse/core';
import type { ArrayOptions } from './array-options.js';
import { denseSupport } from './dense-mapspace.js';
import { arrayNest, type DepthwiseInputs } from './depthwise-inputs.js';
import { precisionSupport } from './precision.js';

/** Whether an array can run a layer: its values fit the words of the hardware, and its nest the buffers. */
export function arraySupport(
  workload: Workload,
  options: ArrayOptions & { readonly depthwiseInputs: DepthwiseInputs },
): Support {
  const precise = precisionSupport(workload, options.dataBits);
  return precise.ok ? denseSupport(arrayNest(workload, options.depthwiseInputs).problem, options) : precise;
}
