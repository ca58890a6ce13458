export { MASKS, openModel, type Opening, type OpenModel } from './open-model.js';
export { runBlocks, verifyModel, type ExecutedBlock, type ImageMasks } from './run-blocks.js';
export { countCycles } from './count-cycles.js';
export type { Densities } from './mask-densities.js';
export { executedBlocks, executedLayers } from './executed-network.js';
export type { ExecutedLayer } from './run-layers.js';
