export { BlockRun } from './block/block-run.js';
export { BlockCycles } from './cycles/block-cycles.js';
export { findFusedBlocks, type BlockLayer, type FusedBlock, type Masks } from './block/fused-block.js';
export type { FusedMain } from './main/fused-main.kernel.js';
export { LayerRun } from './layers/layer-run.js';
export { FusedNetwork, type MaskSource } from './network-run.js';
export {
  BlockVerifier,
  TIE,
  TOLERANCE,
  Verifier,
  type BlockCheck,
  type Mismatch,
  type Verification,
} from './verify.js';
