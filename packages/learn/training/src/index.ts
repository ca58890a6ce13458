export { BACKEND_IDS, type BackendOptions } from './backends/backend-list.js';
export { loadBackend } from './backends/load-backend.js';
export {
  readCheckpoint,
  writeCheckpoint,
  type Checkpoint,
  type CheckpointInfo,
  type CheckpointOrigin,
} from './checkpoints/checkpoint.js';
export { makeMasks, nonZeroWeights, stateMasks, type KernelWeights } from './checkpoints/kernel-masks.js';
export { loadSplit, type DatasetSource } from './stages/dataset-source.js';
export type { EpochResult } from './checkpoints/epoch-result.js';
export type { BatchRule, Position } from './loop/batch-rule.js';
export { checkDataset, evaluateModel, type EvaluateOptions, type Score } from './loop/evaluate-model.js';
export type { HeldOptions } from './loop/held-masks.js';
export { measureBackends, type BackendReport } from './backends/measure-backends.js';
export { countWeights, sumWeights, type LayerDensity } from './checkpoints/measure-weights.js';
export { applyImport } from './stages/import-stage.js';
export { applyLoad } from './stages/load-stage.js';
export { NAMINGS } from './stages/namings.js';
export { importWeights, type Imported, type ImportRequest } from './stages/import-weights.js';
export { scorePredictor, type LayerPredictorScore, type PredictorScores } from './loop/predictor-scores.js';
export { recipeEpochs, type Recipe } from './loop/recipe.js';
export { predictionRecipe, pruningRecipe, trainingRecipe, type BatchRecipe } from './stages/recipes.js';
export { runStage, type StageRun } from './stages/run-stage.js';
export { applyQuantisation } from './stages/quantise-stage.js';
export { listRuns, readRun, type Run, type RunList, type UnreadableFile } from './checkpoints/runs.js';
export * from './options.js';
export { applyPrediction, applyPruning, applyTraining, checkpointOf } from './stages/training-stages.js';
export { trainModel, type TrainOptions, type TrainResult } from './loop/train-model.js';
export { planTraining, type TrainingPlan } from './loop/training-plan.js';
export type { TrainingProgress } from './loop/training-progress.js';
