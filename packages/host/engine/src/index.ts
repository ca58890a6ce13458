// Evaluating a point.
export { evaluatePoint, type Evaluation } from './evaluate-point.js';
export { explainPoint, type PointExplanation, type Refusal } from './explain-point.js';
export { notCosted } from './not-costed.js';
export { prepareNetwork } from './prepare-network.js';
export type { Chain, PreparedNetwork } from './chain.js';
export { failedRecord, recordPoint, type PointOutcome, type TimelessRecord } from './record-point.js';
export type { StageEvent, StageListener } from './stage-event.js';

// What a run is held against.
export type { Task } from './price/check-work.js';
export { runDiagnostics } from './price/run-diagnostics.js';

// What an evaluation needs.
export {
  createContext,
  type Basis,
  type ContextOptions,
  type EvaluationContext,
  type StageResources,
} from './evaluation-context.js';
export type { LayerKeeper } from './layer-results.js';
export { anyPlatform, type Platform } from './platform.js';

// How results are known.
export { chainKey } from './chain.js';
export { NO_CONTENTS, type CodeDigests, type Contents } from './identity/contents.js';
export { Identities, jobOf, type LayerGrounds } from './identity/identities.js';
export { findPricers, type Pricers } from './identity/pricers-of.js';
export { inputKey, locate, wordsOf, type Input, type Inputs } from './identity/inputs.js';
export { namedPaths, type Choices, type NamedPath } from './identity/named-paths.js';

// Who evaluates many.
export type { Executor, ExecutorCallbacks, OpenExecutor } from './executor.js';
export type { Job } from './job.js';
