export { createAccelerator, type GuardedAccelerator } from './accelerator-calls.js';
export { Border, mergeDiagnostics } from './border.js';
export { bound } from './bound.js';
export { MOST_SELF_DESCRIPTION, NotPlain, plainCopy } from './plain-copy.js';
export { checkStage } from './stage-calls.js';
export { createStrategy, type AskedPoint, type GuardedStrategy } from './strategy-calls.js';
export { nameOf, stuck, type Culprit, type PluginCall } from './plugin-call.js';
export { excerpt, safeMember } from './safe-text.js';
