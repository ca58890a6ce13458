export * from './batch-plan.js';
export * from './cifar.js';
export * from './cifar-files.js';
export { CIFAR_FORMATS, CIFAR_NAMES, type CifarFormat, type CifarName } from './cifar-format.js';
export * from './dataset.js';
export * from './evaluation-batches.js';
export * from './training-batches.js';
