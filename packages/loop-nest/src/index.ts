export * from './architecture.js';
export * from './evaluation.js';
export * from './mapping.js';
export * from './mapspace.js';
export * from './problem.js';
