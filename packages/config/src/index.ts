export { parseExperiment } from './experiment.js';
export { experimentSchema } from './experiment-schema.js';
export { formatDiagnostic } from './format.js';
export { readPluginList } from './head.js';
export { resolveOptions } from './options.js';
export { sweepSchema } from './schema.js';
export type { JsonSchema } from './schema-parts.js';
export { parseSetValue } from './set-value.js';
export { parseSweep } from './sweep.js';
