export { Border, mergeDiagnostics } from './border.js';
export { bound } from './bound.js';
export { createAccelerator } from './create-accelerator.js';
export { listComponents } from './list-components.js';
export { MOST_SELF_DESCRIPTION, NotPlain, plainCopy } from './plain-copy.js';
export { nameOf, stuck, type Culprit, type PluginCall } from './plugin-call.js';
export { excerpt, safeMember } from './safe-text.js';
