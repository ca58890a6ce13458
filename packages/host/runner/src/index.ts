export { COMPONENT_CLASSES, type ComponentClass } from '@archon-dse/pricing';
export { guardProcess, type GuardReports } from './execute/process-guard.js';
export { serialExecutor } from './execute/serial-executor.js';
export { workerpoolExecutor } from './execute/workerpool-executor.js';
export { countPoints, expandSweep, type Expansion } from './explore/expand.js';
export { choicesIn, readContents } from './files/contents.js';
export { digestInputs } from './files/digest-inputs.js';
export {
  loadEither,
  loadExperiment,
  loadSweep,
  type Host,
  type LoadedExperiment,
  type LoadedSweep,
} from './files/load-sweep.js';
export { nodeContext, nodePlatform } from './node-platform.js';
export { loadPlugins, type LoadedPlugins } from './plugins/loader.js';
export type { PluginSource } from './plugins/source.js';
export type { Progress, RunningStage } from './progress.js';
export { runSweep, type RunSweepOptions, type SweepResult } from './run-sweep.js';
export { readJournal, type JournalRecords } from './store/journal.js';
export { readSweepNote, type SweepNote } from './store/out-dir.js';
