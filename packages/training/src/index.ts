export { BACKEND_IDS, loadBackend } from './backends.js';
export { readCheckpoint, writeCheckpoint, type Checkpoint, type CheckpointInfo } from './checkpoint.js';
export type { EpochResult } from './epoch-result.js';
export { evaluateModel, type EvaluateOptions, type Score } from './evaluate-model.js';
export { recipeEpochs, type Recipe } from './recipe.js';
export { trainModel, type TrainOptions, type TrainResult } from './train-model.js';
