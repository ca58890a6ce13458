import type { Comparison } from './comparison.js';
import { bandwidthOnly, chipMappings, searchedMappings } from './eyeriss-chip.js';
import { chipDataflow } from './eyeriss-dataflow.js';
import { dualSideCore, dualSideProducts } from './dual-side-core.js';
import { gatedEyeriss } from './gated-eyeriss.js';
import { scnn } from './scnn.js';
import { sparsePe } from './sparse-pe.js';
import { structuredCore } from './structured-core.js';
import { timeloopEyeriss } from './timeloop-eyeriss.js';

/** Every comparison with published figures, computed anew. */
export function validateModels(): readonly Comparison[] {
  return [
    ...chipDataflow(),
    chipMappings(),
    ...searchedMappings(),
    ...bandwidthOnly(),
    timeloopEyeriss(),
    gatedEyeriss(),
    sparsePe(),
    dualSideCore(),
    dualSideProducts(),
    structuredCore(),
    scnn(),
  ];
}
