/**
 * Which workspace package may import which, by folder. Lint and the ARCHITECTURE.md test read this table.
 * `node`: may use node:* modules, the clock, the console and process; or the one folder of its sources that may, an export of its own
 * that only layers with Node import.
 */
export const LAYERS = {
  'packages/core': { imports: [], node: 'files' },
  'packages/workload': { imports: ['core'], node: false },
  'packages/loop-nest': { imports: [], node: false },
  'packages/pricing': { imports: ['core'], node: false },
  'packages/pe-array': { imports: ['core', 'loop-nest'], node: false },
  'packages/archon-model': { imports: ['core', 'loop-nest', 'pe-array'], node: false },
  'packages/ics21': { imports: ['core', 'loop-nest', 'pe-array', 'archon-model'], node: false },
  'packages/validation': { imports: ['loop-nest', 'pe-array', 'pricing'], node: false },
  'packages/data': { imports: ['core'], node: true },
  'packages/compression': { imports: ['core', 'workload'], node: false },
  'packages/testing': { imports: ['core', 'workload'], node: false },
  'packages/tensor': { imports: ['core', 'workload'], node: false },
  'packages/backend-onnx': { imports: ['core', 'tensor'], node: true },
  'packages/weights': { imports: ['core', 'config', 'tensor'], node: true },
  'packages/backend-tfjs': { imports: ['core', 'tensor'], node: true },
  'packages/training': {
    imports: ['core', 'workload', 'tensor', 'data', 'compression', 'backend-onnx', 'backend-tfjs', 'weights'],
    node: true,
  },
  'packages/config': { imports: ['core'], node: false },
  'packages/report': { imports: ['core'], node: false },
  'packages/runner': { imports: ['core', 'config', 'pricing', 'workload'], node: true },
  'packages/cli': {
    imports: ['core', 'config', 'runner', 'report', 'workload', 'ics21', 'validation', 'data', 'training'],
    node: true,
  },
  'plugins/*': { imports: ['core', 'workload', 'loop-nest', 'pe-array', 'archon-model', 'training'], node: false },
};
