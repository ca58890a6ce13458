export { MASKS, openModel, openTrained, type Opening, type OpenModel } from './open-model.js';
export { runBlocks, verifyModel, type ExecutedBlock, type ImageMasks } from './run-blocks.js';
export { countCycles, maskDensities } from './block-figures.js';
