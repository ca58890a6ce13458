export { COMPONENT_CLASSES, type ComponentClass } from '@archon-dse/pricing';
export { digestCode, type CodeDigests } from './code-digest.js';
export { choicesIn, NO_CONTENTS, readContents, type Contents } from './contents.js';
export { digestInputs } from './digest-inputs.js';
export { evaluatePoint, type Evaluation } from './evaluate-point.js';
export { createContext, type EvaluationContext, type StageResources } from './evaluation-context.js';
export type { Executor, ExecutorCallbacks } from './executor.js';
export { countPoints, expandSweep, type Expansion, type Job } from './expand.js';
export { ENGINE, pluginsOf, pointId, seedOf } from './identity.js';
export { locate } from './inputs.js';
export { readJournal, type JournalRecords } from './journal.js';
export {
  loadEither,
  loadExperiment,
  loadSweep,
  type Host,
  type LoadedExperiment,
  type LoadedSweep,
} from './load-sweep.js';
export { loadPlugins, type LoadedPlugins } from './loader.js';
export type { PluginSource } from './plugin-source.js';
export { prepareNetwork, type Chain } from './prepare-network.js';
export { guardProcess, type GuardReports } from './process-guard.js';
export type { Progress, StageProgress } from './progress.js';
export type { StageEvent, StageListener } from './stage-event.js';
export { runSweep, type RunSweepOptions, type SweepResult } from './run-sweep.js';
export { serialExecutor } from './serial-executor.js';
export { workerpoolExecutor } from './workerpool-executor.js';
export { readSweepNote, type SweepNote } from './out-dir.js';
