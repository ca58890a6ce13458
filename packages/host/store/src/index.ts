export {
  claimOutDir,
  earlierNote,
  mustBeThere,
  notedIds,
  noteSweep,
  readSweepNote,
  type SweepNote,
} from './out-dir.js';
export { readProgress, writeProgress } from './progress-file.js';
export { openStore, type RecordStore } from './record-store.js';
export { RecordWriter } from './record-writer.js';
export { nextRun, type WriterFamily } from './result-files.js';
export { runState } from './run-state.js';
