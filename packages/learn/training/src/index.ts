export { BACKEND_IDS, loadBackend, type BackendOptions } from './backends.js';
export { cacheDir } from './cache-dir.js';
export {
  readCheckpoint,
  writeCheckpoint,
  type Checkpoint,
  type CheckpointInfo,
  type CheckpointOrigin,
} from './checkpoint.js';
export { loadSplit, type DatasetSource } from './dataset-source.js';
export type { EpochResult } from './epoch-result.js';
export { evaluateModel, type EvaluateOptions, type Score } from './evaluate-model.js';
export { measureBackends, type BackendReport } from './measure-backends.js';
export { countWeights, type LayerDensity } from './measure-weights.js';
export { applyImport } from './import-stage.js';
export { importWeights, type Imported, type ImportRequest } from './import-weights.js';
export { scorePredictor, type LayerPredictorScore, type PredictorScores } from './predictor-scores.js';
export { recipeEpochs, type Recipe } from './recipe.js';
export { predictionRecipe } from './recipes.js';
export { listRuns, readRun, type Run, type RunList, type UnreadableFile } from './runs.js';
export * from './options.js';
export { applyPrediction, applyPruning, applyTraining } from './stages.js';
export { trainModel, type TrainOptions, type TrainResult } from './train-model.js';
export { planTraining, type TrainingPlan } from './training-plan.js';
