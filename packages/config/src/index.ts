export { formatDiagnostic } from './format.js';
export { throwMistakes, type OptionMistake } from './option-mistakes.js';
export { resolveOptions } from './options.js';
export { sweepSchema, type JsonSchema } from './schema.js';
export { parseSetValue } from './set-value.js';
export { parseSweep, readPluginList } from './sweep.js';
