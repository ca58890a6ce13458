export { formatDiagnostic } from './format.js';
export { describe, type Node } from './nodes.js';
export { resolveOptions } from './options.js';
export { sweepSchema, type JsonSchema } from './schema.js';
export { parseSetValue } from './set-value.js';
export { parseSweep, readPluginList } from './sweep.js';
export { readYaml, type ParsedText } from './yaml-nodes.js';
