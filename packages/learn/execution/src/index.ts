export { MASKS, openModel, type Opening, type OpenModel } from './open-model.js';
export { runBlocks, verifyModel, type ExecutedBlock, type ImageMasks } from './run-blocks.js';
export { countCycles, maskDensities } from './block-figures.js';
export { executedBlocks, executedLayers } from './executed-network.js';
export type { ExecutedLayer } from './run-layers.js';
