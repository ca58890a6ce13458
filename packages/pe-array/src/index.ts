export * from './actions.js';
export * from './architecture.js';
export * from './array-options.js';
export * from './components.js';
export * from './dense-mapspace.js';
export * from './geometry.js';
export * from './group-problem.js';
export * from './level-names.js';
