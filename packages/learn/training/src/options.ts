/**
 * What the stages' options are and whether a backend is installed, without the code that trains: a plugin's manifest and the command line
 * load no more than this.
 */
export { requireBackend } from './backends/load-backend.js';
export {
  IMPORT_OPTIONS,
  LOAD_OPTIONS,
  PREDICTION_OPTIONS,
  PRUNING_OPTIONS,
  QUANTISATION_OPTIONS,
  TRAINING_OPTIONS,
} from './stages/stage-options.js';
export { ACCURACY_METRICS, IMPORT_METRICS, PREDICTION_METRICS, QUANTISATION_METRICS } from './stages/stage-metrics.js';
