export type { Note } from './input/notes.js';
export type { TimeloopFile } from './input/sections.js';
export { outputFiles } from './output/files.js';
export { loopText, nestLine, reportName } from './output/nest.js';
export type { NamedLoop, Report, ReportLevel } from './output/report.js';
export { resultOf, type ModelResult, type ResultRow } from './output/result.js';
export {
  prepareMapper,
  runModel,
  searchMapspace,
  type MapperEffort,
  type MapperRun,
  type MapperSearch,
  type Mapspace,
  type ShareEffort,
  type ModelRunOptions,
  type Counting,
} from './run.js';
export type { Rank, SearchedShare, Share } from '@archon-dse/loop-nest';
export { exportDesign, type Design } from './export/export-design.js';
