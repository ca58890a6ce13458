/**
 * The groups of `packages/`, lowest first, and the groups whose packages each may import beside its own.
 * Plugins may import `contract` and `model`, the one with the stages and those that execute also `learn`; nothing imports a plugin.
 */
export const GROUPS = {
  contract: [],
  model: ['contract'],
  learn: ['contract', 'model'],
  papers: ['contract', 'model'],
  host: ['contract', 'model', 'learn', 'papers'],
};

/**
 * Which workspace package may import which, by folder. Lint and the ARCHITECTURE.md test read this table. The row of a folder wins over a
 * row with `*`.
 * `node`: may use node:* modules, the clock, the console and process; or the one folder of its sources that may, an export of its own
 * that only layers with Node import.
 */
export const LAYERS = {
  'packages/contract/core': { imports: [], node: 'files' },
  'packages/contract/config': { imports: ['core'], node: false },
  'packages/model/workload': { imports: ['core'], node: false },
  'packages/model/network-files': { imports: ['core', 'config', 'workload'], node: 'files' },
  'packages/model/loop-nest': { imports: [], node: false },
  'packages/model/pricing': { imports: ['core'], node: false },
  'packages/model/sparse-features': { imports: ['core', 'loop-nest'], node: false },
  'packages/model/pe-array': { imports: ['core', 'loop-nest', 'sparse-features'], node: false },
  'packages/model/timeloop': { imports: ['core', 'config', 'loop-nest', 'pricing'], node: false },
  'packages/model/architecture': { imports: ['core', 'loop-nest', 'pricing', 'sparse-features'], node: false },
  'packages/model/archon-cycles': { imports: ['core'], node: false },
  'packages/model/archon-model': { imports: ['core', 'loop-nest', 'pe-array'], node: false },
  'packages/learn/data': { imports: ['core'], node: true },
  'packages/learn/compression': { imports: ['core', 'workload'], node: false },
  'packages/learn/tensor': { imports: ['core', 'workload'], node: false },
  'packages/learn/fused-execution': { imports: ['core', 'workload', 'tensor', 'archon-cycles'], node: false },
  'packages/learn/backend-onnx': { imports: ['core', 'tensor', 'network-files'], node: true },
  'packages/learn/weights': { imports: ['core', 'config', 'tensor'], node: true },
  'packages/learn/backend-tfjs': { imports: ['core', 'tensor'], node: true },
  'packages/learn/training': {
    imports: [
      'core',
      'workload',
      'tensor',
      'data',
      'compression',
      'fused-execution',
      'backend-onnx',
      'backend-tfjs',
      'weights',
    ],
    node: true,
  },
  'packages/learn/execution': {
    imports: ['core', 'workload', 'data', 'compression', 'tensor', 'fused-execution', 'archon-cycles', 'training'],
    node: true,
  },
  'packages/papers/ics21': { imports: ['core', 'loop-nest', 'pe-array', 'archon-model'], node: false },
  'packages/papers/validation': {
    imports: ['core', 'loop-nest', 'pe-array', 'pricing', 'sparse-features'],
    node: false,
  },
  'packages/host/testing': { imports: ['core', 'workload', 'engine'], node: 'node' },
  'packages/host/report': { imports: ['core'], node: false },
  'packages/host/create-archon-plugin': { imports: [], node: true },
  'packages/host/engine': { imports: ['core', 'workload', 'pricing'], node: false },
  'packages/host/slurm': { imports: ['core', 'engine'], node: true },
  'packages/host/store': { imports: ['core'], node: true },
  'packages/host/cache': { imports: ['core'], node: true },
  'packages/host/runner': { imports: ['core', 'config', 'pricing', 'engine', 'slurm', 'store', 'cache'], node: true },
  'packages/host/serve': { imports: ['core', 'report', 'store'], node: true },
  'packages/host/cli': {
    imports: [
      'core',
      'config',
      'engine',
      'store',
      'cache',
      'runner',
      'report',
      'serve',
      'workload',
      'timeloop',
      'network-files',
      'ics21',
      'validation',
      'data',
      'fused-execution',
      'training',
      'execution',
    ],
    node: true,
  },
  'plugins/*': { imports: ['core', 'workload', 'loop-nest', 'pe-array', 'archon-model'], node: false },
  'plugins/accel-archon': {
    imports: ['core', 'workload', 'loop-nest', 'pe-array', 'archon-model', 'archon-cycles', 'execution'],
    node: false,
  },
  'plugins/accel-sparse': { imports: ['core', 'loop-nest', 'pe-array', 'execution'], node: false },
  // As packages of other people, which may use whatever is published; these keep to few.
  'docs/examples/*': { imports: ['core', 'workload', 'loop-nest', 'pricing', 'training'], node: false },
  'plugins/accel-spatial': {
    imports: ['core', 'loop-nest', 'pe-array', 'pricing', 'architecture', 'sparse-features'],
    node: false,
  },
  'plugins/net-file': { imports: ['core', 'network-files'], node: false },
  'plugins/stages': { imports: ['core', 'workload', 'training'], node: false },
};
