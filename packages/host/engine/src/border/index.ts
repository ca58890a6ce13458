export { MOST_SELF_DESCRIPTION, NotPlain, plainCopy } from './plain-copy.js';
export {
  asTask,
  blameRunning,
  enterPlugin,
  failWaitingTasks,
  nameOf,
  stuck,
  type Culprit,
  type PluginCall,
} from './plugin-call.js';
export { copyReturned } from './returned.js';
export { excerpt, isError, safeMember, safeText } from './safe-text.js';
export { accusation, blame, describeThrown, diagnosticsOf, mergeDiagnostics, stackOf } from './thrown.js';
